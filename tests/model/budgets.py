"""Budgets and gates of offers in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from backend.terms.offer import ZERO_ADDRESS, Offer
from backend.terms.typed_data import hash_listing, hash_offer
from tests.model.escrow_errors import (
    Escrow_BadBudget,
    Escrow_BadSponsor,
    Escrow_MissingLabels,
    Escrow_NoBudget,
    Escrow_NotSponsor,
    Escrow_OfferIsOver,
    Escrow_OfferStillHolds,
    Escrow_ReceivedLess,
    Escrow_TooFewPoints,
    Escrow_WrongValue,
)
from tests.model.offer_desk import OfferDesk
from tests.model.rulebook import RuleBook

POINT = 10**6  # base units


def sponsor_of(offer: Offer) -> str:
    """Whose amounts come out of the budget."""
    place, parties = offer.listing.sponsor, offer.terms.parties
    if not 0 < place <= len(parties) or parties[place - 1] == ZERO_ADDRESS:
        raise Escrow_BadSponsor(place)
    return parties[place - 1]


def per_fill(offer: Offer) -> int:
    """Base units that a fill takes of the sponsor."""
    seat = offer.listing.sponsor - 1
    return sum(tranche.amount for tranche in offer.terms.tranches if tranche.funder == seat)


@dataclass
class Gate:
    """Who has which labels, and how the reputation of an account at a time is found."""

    points_of: Callable[[str, int], int]
    labels: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def check(self, now: int, caller: str, offer: Offer) -> None:
        missing = offer.listing.labels & ~self.labels.get(caller, 0)
        if missing:
            raise Escrow_MissingLabels(caller, missing)
        needed = offer.listing.least_points * POINT
        points = self.points_of(caller, now) if needed else 0
        if points < needed:
            raise Escrow_TooFewPoints(caller, points, needed)


@dataclass
class Budgets:
    """What is left for fills, in base units by the hash of the offer, and by asset."""

    left: dict[bytes, int] = field(default_factory=lambda: defaultdict(int))
    assets: dict[bytes, str] = field(default_factory=dict)

    def lock(self, offer: Offer, fills: int, value: int, received: int | None) -> int:
        offer_hash = hash_offer(offer.terms, hash_listing(offer.listing))
        amount, most = per_fill(offer) * fills, per_fill(offer) * offer.listing.fills
        budget = self.left.get(offer_hash, 0) + amount
        if amount == 0 or budget > most:
            raise Escrow_BadBudget(budget, most)
        coin = offer.terms.asset == ZERO_ADDRESS
        if value != (amount if coin else 0):
            raise Escrow_WrongValue(value, amount if coin else 0)
        if not coin and received is not None and received < amount:
            raise Escrow_ReceivedLess(offer.terms.asset, received, amount)
        self.left[offer_hash] = budget
        self.assets[offer_hash] = offer.terms.asset
        return amount

    def unlock(self, offer: Offer, is_over: Callable[[str], bool]) -> int:
        offer_hash = hash_offer(offer.terms, hash_listing(offer.listing))
        amount = self.left.get(offer_hash, 0)
        if amount == 0:
            raise Escrow_NoBudget(offer_hash, 0, 0)
        if not is_over(sponsor_of(offer)):
            raise Escrow_OfferStillHolds(offer_hash)
        self.left[offer_hash] = 0
        return amount

    def of(self, asset: str) -> int:
        """All that is left in an asset."""
        return sum(left for name, left in self.left.items() if self.assets.get(name) == asset)


class Sponsored:
    """The part of the Escrow that is about budgets."""

    rule_book: RuleBook
    desk: OfferDesk
    budgets: Budgets
    held: dict[str, int]

    def lock_budget(
        self,
        now: int,
        caller: str,
        offer: Offer,
        fills: int,
        value: int,
        received: int | None = None,
    ) -> int:
        """`received` is what came in of a token, if not all that was asked for."""
        if caller != sponsor_of(offer):
            raise Escrow_NotSponsor(caller)
        if self.desk.is_over(now, offer, caller):
            raise Escrow_OfferIsOver(hash_offer(offer.terms, hash_listing(offer.listing)))
        self.rule_book.quote(now, offer.listing.kind, offer.terms.asset)
        amount = self.budgets.lock(offer, fills, value, received)
        self.held[offer.terms.asset] += amount
        return amount

    def unlock_budget(self, now: int, offer: Offer) -> int:
        amount = self.budgets.unlock(offer, lambda sponsor: self.desk.is_over(now, offer, sponsor))
        self._push(sponsor_of(offer), offer.terms.asset, amount)
        return amount

    def _push(self, to: str, asset: str, amount: int) -> None:
        raise NotImplementedError
