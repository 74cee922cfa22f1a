"""Everything that can be done to a tranche, each by the one who may, and trades in every status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backend.terms.offer import Tranche
from tests.contracts.escrow.market import (
    ACCEPTED,
    DEFAULTED,
    DISPUTED,
    LAPSED,
    MISSED,
    OPEN,
    PERFORMED,
    REFUNDED,
    RULED,
    RULING_PERIOD,
    SPLIT,
    Market,
    Opened,
)

FOR_EVER = 2**40 - 1
HALF = 5_000  # bps, of a split and of a ruling


def perform(market: Market, opened: Opened, index: int = 0, trade: Any = None) -> Any:
    sender = {"from": market.party(opened, index, "performer")}
    return market.escrow.perform(trade or opened.packed, index, sender)


def accept(market: Market, opened: Opened, index: int = 0, trade: Any = None) -> Any:
    sender = {"from": market.party(opened, index, "checker")}
    return market.escrow.accept(trade or opened.packed, index, sender)


def refund(market: Market, opened: Opened, index: int = 0, trade: Any = None) -> Any:
    sender = {"from": market.party(opened, index, "performer")}
    return market.escrow.refund(trade or opened.packed, index, sender)


def dispute(market: Market, opened: Opened, index: int = 0, trade: Any = None) -> Any:
    sender = {"from": market.party(opened, index, "checker")}
    return market.escrow.dispute(trade or opened.packed, index, sender)


def rule(market: Market, opened: Opened, index: int = 0, trade: Any = None, bps: int = HALF) -> Any:
    sender = {"from": market.people["arbitrator"].account}
    return market.escrow.rule(trade or opened.packed, index, bps, sender)


def decline(market: Market, opened: Opened, index: int = 0, trade: Any = None) -> Any:
    sender = {"from": market.people["arbitrator"].account}
    return market.escrow.decline(trade or opened.packed, index, sender)


def split(
    market: Market, opened: Opened, index: int = 0, trade: Any = None, bps: int = HALF
) -> Any:
    """Signed by both sides, sent by a stranger."""
    deadline = FOR_EVER
    sides = [market.whoever(opened, index, role) for role in ("performer", "checker")]
    signatures = [market.sign_split(opened.id, side, bps, deadline, index) for side in sides]
    sender = {"from": market.people["stranger"].account}
    return market.escrow.split(trade or opened.packed, index, bps, deadline, *signatures, sender)


def expire(market: Market, opened: Opened, index: int = 0, trade: Any = None) -> Any:
    sender = {"from": market.people["stranger"].account}
    return market.escrow.expire(trade or opened.packed, index, sender)


def expire_batch(market: Market, opened: Opened, index: int = 0, trade: Any = None) -> Any:
    sender = {"from": market.people["stranger"].account}
    return market.escrow.expireBatch([trade or opened.packed], [index], sender)


ACTIONS: dict[str, Callable[..., Any]] = {
    "perform": perform,
    "accept": accept,
    "refund": refund,
    "dispute": dispute,
    "rule": rule,
    "decline": decline,
    "split": split,
    "expire": expire,
    "expireBatch": expire_batch,
}


def due_at(market: Market, opened: Opened, index: int = 0) -> int:
    """The last second before silence decides, as terms and rules have it (not asked of a view)."""
    tranche = opened.tranche(index)
    status = market.status(opened, index)
    if status == OPEN:
        return opened.opened_at + tranche.due_in
    since = int(market.escrow.tranchesOf(opened.packed)[1][index][1])
    return since + (tranche.review_period if status == PERFORMED else RULING_PERIOD)


def past_due(market: Market, opened: Opened, index: int = 0) -> None:
    market.mine_at(due_at(market, opened, index) + 1)


def advance(market: Market, opened: Opened, status: int, index: int = 0) -> None:
    """Takes an open tranche to another status, on the way that is usual."""
    if status in (PERFORMED, DISPUTED, ACCEPTED, LAPSED, RULED, DEFAULTED):
        perform(market, opened, index)
    if status in (DISPUTED, RULED, DEFAULTED):
        dispute(market, opened, index)
    if status in (LAPSED, MISSED, DEFAULTED):
        past_due(market, opened, index)
    ending = {
        ACCEPTED: accept,
        REFUNDED: refund,
        LAPSED: expire,
        MISSED: expire,
        SPLIT: split,
        RULED: rule,
        DEFAULTED: expire,
    }
    if status in ending:
        ending[status](market, opened, index)


def in_status(market: Market, status: int, *tranches: Tranche, **made: Any) -> Opened:
    """A trade whose first tranche is in this status."""
    opened = market.open(*tranches, **made)
    advance(market, opened, status)
    assert market.status(opened) == status
    return opened
