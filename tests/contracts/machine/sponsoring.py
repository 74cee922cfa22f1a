"""Rules of the machine: budgets that are locked and go back, labels that are given and taken."""

from __future__ import annotations

from hypothesis.stateful import precondition, rule

from backend.terms.offer import ZERO_ADDRESS, Offer
from backend.terms.typed_data import hash_listing, hash_offer
from tests.contracts.machine.drafts import (
    OfferDraft,
    masks,
    numbers,
    rarely,
    sponsored_drafts,
)
from tests.contracts.machine.trading import Trading
from tests.model.budgets import per_fill


class Sponsoring(Trading):
    """What sponsors do, and what attestors would."""

    @rule(draft=sponsored_drafts, fills=numbers)
    def sponsor(self, draft: OfferDraft, fills: int) -> None:
        """An offer, a budget for some of its fills, and the first of them."""
        offer, taker = self.offer_of(draft)
        self.offers.append(offer)
        self.lock(offer, fills % (offer.listing.fills + 1))
        self.take(offer, 0, taker, draft.mistake)

    @precondition(lambda self: self.sponsored())
    @rule(which=numbers, fills=numbers, wrong=rarely, cheap=rarely)
    def lock_budget(self, which: int, fills: int, wrong: bool, cheap: bool) -> None:
        """Mostly by the sponsor and for as many fills as there are, or one too many."""
        offers = self.sponsored()
        offer = offers[which % len(offers)]
        self.lock(offer, fills % (offer.listing.fills + 2), wrong, cheap)

    def lock(self, offer: Offer, fills: int, wrong: bool = False, cheap: bool = False) -> None:
        """By the sponsor, or by somebody else; `cheap` sends a unit that nobody asked for."""
        parties, asset = offer.terms.parties, offer.terms.asset
        caller = self.keeper if wrong else parties[offer.listing.sponsor - 1]
        if caller == ZERO_ADDRESS:
            caller = self.keeper
        self.allow_funders(offer, caller)
        amount = per_fill(offer) * fills
        value = amount * (asset == ZERO_ADDRESS) + cheap
        call = self.world.escrow.lockBudget(offer.pack(), fills)
        model = self.models.escrow
        locked = self.both(
            "lock budget",
            caller,
            call,
            lambda: model.lock_budget(self.world.now, caller, offer, fills, value),
            value,
        )
        if locked is not None:
            self.funded[caller, asset] += amount

    @precondition(lambda self: self.sponsored())
    @rule(which=numbers, patient=rarely)
    def unlock_budget(self, which: int, patient: bool) -> None:
        offers = self.sponsored()
        offer = offers[which % len(offers)]
        if patient:
            self.world.now = max(self.world.now, offer.listing.expires_at - which % 2)
        self.unlock("unlock budget", offer)

    @rule(who=numbers, mask=masks)
    def set_labels(self, who: int, mask: int) -> None:
        account = self.world.traders[who % 5]
        self.send(self.keeper, self.world.labels.set(account, mask))
        self.models.escrow.labels[account] = mask

    def unlock(self, name: str, offer: Offer) -> None:
        """Anyone may; it goes back to the sponsor, or becomes its credit."""
        call, model = self.world.escrow.unlockBudget(offer.pack()), self.models.escrow
        self.both(name, self.keeper, call, lambda: model.unlock_budget(self.world.now, offer))

    def unlock_all(self) -> None:
        """Once nothing can be opened any more."""
        for offer in self.offers:
            if self.models.escrow.budgets.left.get(name_of(offer), 0):
                self.world.now = max(self.world.now, offer.listing.expires_at)
                self.unlock("end", offer)

    def sponsored(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.listing.sponsor]


def name_of(offer: Offer) -> bytes:
    return hash_offer(offer.terms, hash_listing(offer.listing))
