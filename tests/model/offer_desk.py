"""Signed offers in plain Python: who may take them, until when, and whether terms make sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.terms.offer import NO_SEAT, ZERO_ADDRESS, Listing, Offer, Tranche
from backend.terms.typed_data import hash_listing, hash_offer
from tests.model.escrow_errors import (
    Escrow_BadFill,
    Escrow_BadParties,
    Escrow_BadPeriod,
    Escrow_BadRole,
    Escrow_BadSignature,
    Escrow_BadStart,
    Escrow_FunderNotCaller,
    Escrow_NoBudget,
    Escrow_NotAParty,
    Escrow_OfferExpired,
    Escrow_OfferIsCancelled,
    Escrow_OfferNotYetValid,
    Escrow_PartyCount,
    Escrow_SignatureCount,
    Escrow_TrancheCount,
    Escrow_WrongValue,
    Escrow_ZeroAmount,
)

MOST_PARTIES = 4
MOST_TRANCHES = 20
LONGEST_PERIOD = 730 * 86_400


@dataclass
class OfferDesk:
    """Which offers hold: those not cancelled, one by one (by hash) or all up to a time."""

    cancelled: set[bytes] = field(default_factory=set)
    cancelled_until: dict[str, int] = field(default_factory=dict)

    def cancel_offer(self, caller: str, offer: Offer) -> None:
        if caller not in offer.terms.parties:
            raise Escrow_NotAParty(caller)
        offer_hash = hash_offer(offer.terms, hash_listing(offer.listing))
        if offer_hash in self.cancelled:
            raise Escrow_OfferIsCancelled(offer_hash, ZERO_ADDRESS)
        self.cancelled.add(offer_hash)

    def cancel_all_offers(self, now: int, caller: str) -> None:
        self.cancelled_until[caller] = now

    def is_over(self, now: int, offer: Offer, sponsor: str) -> bool:
        """Whether nobody but perhaps its sponsor can take an offer any more."""
        listing = offer.listing
        return (
            now > listing.expires_at
            or 0 < listing.starts_at < now
            or hash_offer(offer.terms, hash_listing(listing)) in self.cancelled
            or listing.created_at <= self.cancelled_until.get(sponsor, 0)
        )

    def check_parties(
        self, caller: str, offer: Offer, offer_hash: bytes, signed_by: Sequence[str]
    ) -> int:
        parties = offer.terms.parties
        if not 2 <= len(parties) <= MOST_PARTIES:
            raise Escrow_PartyCount(len(parties))
        if len(signed_by) != len(parties) - 1:
            raise Escrow_SignatureCount(len(signed_by), len(parties) - 1)
        if offer_hash in self.cancelled:
            raise Escrow_OfferIsCancelled(offer_hash, ZERO_ADDRESS)
        signers = iter(signed_by)
        open_seat, seated = NO_SEAT, False
        for place, party in enumerate(parties):
            if party in parties[place + 1 :]:
                raise Escrow_BadParties()
            if party in (ZERO_ADDRESS, caller):
                if seated:
                    raise Escrow_BadParties()
                seated = True
                if party == ZERO_ADDRESS:
                    open_seat = place
                continue
            signer = next(signers, None)
            if signer is None:
                break
            if offer.listing.created_at <= self.cancelled_until.get(party, 0):
                raise Escrow_OfferIsCancelled(offer_hash, party)
            if signer != party:
                raise Escrow_BadSignature(party)
        if not seated:
            raise Escrow_NotAParty(caller)
        return open_seat


def check_listing(listing: Listing, fill: int, now: int) -> None:
    if not 0 <= fill < listing.fills:
        raise Escrow_BadFill(fill, listing.fills)
    if now > listing.expires_at:
        raise Escrow_OfferExpired(listing.expires_at)
    if now < listing.created_at:
        raise Escrow_OfferNotYetValid(listing.created_at)
    if listing.starts_at and not now <= listing.starts_at <= now + LONGEST_PERIOD:
        raise Escrow_BadStart(listing.starts_at)


def check_money(caller: str, offer: Offer, value: int, budget: int) -> int:
    """Checks every tranche and who pays it; returns what comes out of the offer's budget."""
    parties, tranches = offer.terms.parties, offer.terms.tranches
    coin, sponsor = offer.terms.asset == ZERO_ADDRESS, offer.listing.sponsor - 1
    if not 1 <= len(tranches) <= MOST_TRANCHES:
        raise Escrow_TrancheCount(len(tranches))
    for index, tranche in enumerate(tranches):
        _check_tranche(tranche, index, len(parties))
        if coin and not offer.listing.sponsor:
            _check_funder(caller, parties[tranche.funder])
    drawn = sum(t.amount for t in tranches if t.funder == sponsor)
    if drawn > budget:
        offer_hash = hash_offer(offer.terms, hash_listing(offer.listing))
        raise Escrow_NoBudget(offer_hash, budget, drawn)
    if coin and offer.listing.sponsor:
        for place in sorted({tranche.funder for tranche in tranches} - {sponsor}):
            _check_funder(caller, parties[place])
    needed = sum(tranche.amount for tranche in tranches) - drawn if coin else 0
    if value != needed:
        raise Escrow_WrongValue(value, needed)
    return drawn


def _check_funder(caller: str, funder: str) -> None:
    if funder not in (caller, ZERO_ADDRESS):
        raise Escrow_FunderNotCaller(funder)


def _check_tranche(tranche: Tranche, index: int, parties: int) -> None:
    roles = (tranche.funder, tranche.performer, tranche.checker)
    if max(roles) >= parties or tranche.performer == tranche.checker:
        raise Escrow_BadRole(index)
    if tranche.amount == 0:
        raise Escrow_ZeroAmount(index)
    if not 0 < tranche.due_in <= LONGEST_PERIOD or tranche.review_period > LONGEST_PERIOD:
        raise Escrow_BadPeriod(index)
