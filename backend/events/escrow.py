"""What the Escrow tells. Amounts are base units, times unix seconds, shares basis points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from backend.events.event import Event, Readers
from backend.terms.offer import Offer, Pin


def _offer(value: Any) -> Offer:
    asset, parties, tranches, content_hash, conditions = value
    return Offer.unpack(asset, parties, tranches, bytes.fromhex(content_hash[2:]), conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOpened(Event):
    READ: ClassVar[Readers] = {"offer": _offer, "pin": Pin.unpack}

    trade_id: str
    taker: str
    offer: Offer
    pin: Pin


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheEvent(Event):
    """Something happened to one tranche of a trade."""

    trade_id: str
    tranche: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TranchePerformed(TrancheEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheDisputed(TrancheEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheAccepted(TrancheEvent):
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheRefunded(TrancheEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheLapsed(TrancheEvent):
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheMissed(TrancheEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheSplit(TrancheEvent):
    performer_bps: int
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheRuled(TrancheEvent):
    performer_bps: int
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheDefaulted(TrancheEvent):
    performer_bps: int
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited(Event):
    account: str
    asset: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    account: str
    asset: str
    to: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLocked(Event):
    READ: ClassVar[Readers] = {"offer": _offer}

    offer_hash: str
    sponsor: str
    offer: Offer
    fills: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetUnlocked(Event):
    offer_hash: str
    sponsor: str
    asset: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCancelled(Event):
    offer_hash: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersCancelled(Event):
    party: str
    created_until: int
