"""Offers with a sponsor: the buyer pays for work that anyone may do."""

from __future__ import annotations

from typing import Any

from backend.terms.offer import ZERO_ADDRESS, Offer, Tranche
from backend.terms.typed_data import hash_listing, hash_offer
from tests.contracts.escrow.market import AMOUNT, DUE_IN, REVIEW, Market, Opened, Person

SPONSOR, WORKER = 0, 1
BOND = 1_001
FILLS = 5


def reward(amount: int = AMOUNT) -> Tranche:
    return Tranche(SPONSOR, WORKER, SPONSOR, amount, DUE_IN, REVIEW)


def bond(amount: int = BOND) -> Tranche:
    return Tranche(WORKER, WORKER, SPONSOR, amount, DUE_IN, REVIEW)


def campaign(market: Market, *tranches: Tranche, **changed: Any) -> Offer:
    """The buyer's offer of rewards, and by default of a bond that the worker puts in."""
    terms = {"parties": (market.buyer, None), "fills": FILLS, "sponsor": 1, "max_fee_bps": 1_000}
    return market.offer(*(tranches or (reward(), bond())), **(terms | changed))


def hash_of(offer: Offer) -> bytes:
    return hash_offer(offer.terms, hash_listing(offer.listing))


def budget_of(market: Market, offer: Offer) -> int:
    return int(market.escrow.budgetOf(hash_of(offer)))


def lock(
    market: Market,
    offer: Offer,
    fills: int = FILLS,
    *,
    sender: Person | None = None,
    value: int | None = None,
) -> Any:
    """The sponsor locks what so many fills take of it."""
    place = offer.listing.sponsor - 1
    amount = fills * sum(t.amount for t in offer.terms.tranches if t.funder == place)
    if value is None:
        value = amount if offer.terms.asset == ZERO_ADDRESS else 0
    who = {"from": (sender or market.buyer).account, "value": value}
    return market.escrow.lockBudget(offer.pack(), fills, who)


def unlock(market: Market, offer: Offer, sender: Person | None = None) -> Any:
    return market.escrow.unlockBudget(
        offer.pack(), {"from": (sender or market.people["stranger"]).account}
    )


def work(market: Market, offer: Offer, fill: int = 0, worker: Person | None = None) -> Opened:
    """A worker takes a reward."""
    return market.open(
        offer=offer, fill=fill, taker=worker or market.seller, signers=[market.buyer]
    )
