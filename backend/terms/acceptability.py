"""Offers that no block could ever open: the Escrow's own checks, before anything is signed or sent.

Twin of `OfferDesk.sol` and `Opening.sol` in `contracts/market`; a test holds them together.
What depends on the moment (expiry, fee, pause, balances) is not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator

from backend.terms.attestations import LABELS
from backend.terms.offer import ZERO_ADDRESS, Offer, Tranche

KINDS = 10
MAX_PARTIES = 4
MAX_TRANCHES = 20
MAX_PERIOD = 730 * 24 * 3600


def refusal(offer: Offer) -> str | None:
    """The custom error with which opening this offer would always revert; None if it need not."""
    return next(_refusals(offer), None)


def _refusals(offer: Offer) -> Iterator[str]:
    terms, listing = offer.terms, offer.listing
    if listing.fills == 0:
        yield "Escrow_BadFill(0, 0)"
    if listing.expires_at < listing.created_at:
        yield f"Escrow_OfferExpired({listing.expires_at})"
    if not 2 <= len(terms.parties) <= MAX_PARTIES:
        yield f"Escrow_PartyCount({len(terms.parties)})"
    if len({party.lower() for party in terms.parties}) != len(terms.parties):
        yield "Escrow_BadParties()"
    if listing.starts_at and listing.starts_at < listing.created_at:
        yield f"Escrow_BadStart({listing.starts_at})"
    if listing.sponsor and _sponsor_is_nobody(offer):
        yield f"Escrow_BadSponsor({listing.sponsor})"
    if not 1 <= listing.kind <= KINDS:
        yield f"RuleBook_UnknownKind({listing.kind})"
    if not 1 <= len(terms.tranches) <= MAX_TRANCHES:
        yield f"Escrow_TrancheCount({len(terms.tranches)})"
    for index, tranche in enumerate(terms.tranches):
        yield from _refusals_of_tranche(tranche, index, len(terms.parties))
    takers, sponsor = seats_of_takers(offer), listing.sponsor - 1
    for tranche in terms.tranches:
        if terms.asset == ZERO_ADDRESS and tranche.funder not in (*takers, sponsor):
            yield f"Escrow_FunderNotCaller({terms.parties[tranche.funder]})"
    unknown = sum(1 << label for label in unknown_labels(offer))
    if unknown:
        yield f"Escrow_MissingLabels(msg.sender, {unknown})"


def unknown_labels(offer: Offer) -> tuple[int, ...]:
    """What the offer asks of its taker that no attestor can ever give."""
    asked = offer.listing.labels >> len(LABELS)
    return tuple(bit + len(LABELS) for bit in range(asked.bit_length()) if asked >> bit & 1)


def _sponsor_is_nobody(offer: Offer) -> bool:
    place, parties = offer.listing.sponsor, offer.terms.parties
    return place > len(parties) or parties[place - 1] == ZERO_ADDRESS


def _refusals_of_tranche(tranche: Tranche, index: int, parties: int) -> Iterator[str]:
    seats = (tranche.funder, tranche.performer, tranche.checker)
    if max(seats) >= parties or tranche.performer == tranche.checker:
        yield f"Escrow_BadRole({index})"
    if tranche.amount == 0:
        yield f"Escrow_ZeroAmount({index})"
    if not 1 <= tranche.due_in <= MAX_PERIOD or tranche.review_period > MAX_PERIOD:
        yield f"Escrow_BadPeriod({index})"


def seats_of_takers(offer: Offer) -> tuple[int, ...]:
    """The indexes of the parties that may send the opening: the open one, or else any.

    For coin, only who funds every tranche that no budget pays for.
    """
    parties = offer.terms.parties
    seats = tuple(i for i, party in enumerate(parties) if party == ZERO_ADDRESS)
    seats = seats or tuple(range(len(parties)))
    if offer.terms.asset != ZERO_ADDRESS:
        return seats
    funders = {tranche.funder for tranche in offer.terms.tranches} - {offer.listing.sponsor - 1}
    return tuple(seat for seat in seats if funders <= {seat})


def funding(offer: Offer) -> tuple[int, ...]:
    """What each party puts in at the opening of one fill, in base units, by index; what comes out
    of a budget is not counted."""
    owed = [0] * len(offer.terms.parties)
    for tranche in offer.terms.tranches:
        if tranche.funder != offer.listing.sponsor - 1:
            owed[tranche.funder] += tranche.amount
    return tuple(owed)


def budget_per_fill(offer: Offer) -> int:
    """What one fill takes out of the offer's budget, in base units; zero if it has no sponsor."""
    sponsor = offer.listing.sponsor - 1
    return sum(t.amount for t in offer.terms.tranches if t.funder == sponsor)
