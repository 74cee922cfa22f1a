"""The pool of jurors: stakes, locks, weights, and what the pool owes.

What a juror has follows the contract step by step: what a slash leaves of what is leaving, and
whether an award is stake or a credit.
"""

from __future__ import annotations

from typing import Any

from backend.db.rows import Rows
from backend.db.tables import juror_credits, jurors, pool_callers
from backend.events.juror_pool import (
    CallerEvent,
    CallerSet,
    Credited,
    CreditWithdrawn,
    DrawableSet,
    JurorEvent,
    LeaveRequested,
    StakeAwarded,
    Staked,
    StakeLocked,
    StakeSlashed,
    StakeUnlocked,
    StakeWithdrawn,
    WeightSet,
)
from backend.projections.registry import origin, projects
from backend.terms.jurors import LARGEST_STAKE, CallerStatus

NOBODY: dict[str, Any] = {
    "stake": 0,
    "locked": 0,
    "leaving": 0,
    "available_at": 0,
    "drawable": True,
    "position": None,
    "weight": 0,
    "weight_epoch": 0,
    "slashed": 0,
    "awarded": 0,
}


@projects(Staked)
def staked(event: Staked, rows: Rows) -> None:
    _change(event, rows, stake=event.stake)


@projects(LeaveRequested)
def leave_requested(event: LeaveRequested, rows: Rows) -> None:
    _change(event, rows, leaving=event.amount, available_at=event.available_at)


@projects(StakeWithdrawn)
def stake_withdrawn(event: StakeWithdrawn, rows: Rows) -> None:
    known = _juror(event, rows)
    left = {name: known[name] - event.amount for name in ("stake", "leaving")}
    _change(event, rows, **left)


@projects(DrawableSet)
def drawable_set(event: DrawableSet, rows: Rows) -> None:
    _change(event, rows, drawable=event.drawable)


@projects(WeightSet)
def weight_set(event: WeightSet, rows: Rows) -> None:
    """Who weighs nothing may lose its position at any time, and nothing is told of it."""
    position = event.position if event.weight else None
    _change(event, rows, position=position, weight=event.weight, weight_epoch=event.epoch)


@projects(StakeLocked)
def stake_locked(event: StakeLocked, rows: Rows) -> None:
    _change(event, rows, locked=_juror(event, rows)["locked"] + event.amount)


@projects(StakeUnlocked)
def stake_unlocked(event: StakeUnlocked, rows: Rows) -> None:
    _change(event, rows, locked=_juror(event, rows)["locked"] - event.amount)


@projects(StakeSlashed)
def stake_slashed(event: StakeSlashed, rows: Rows) -> None:
    known = _juror(event, rows)
    left = known["stake"] - event.amount
    _change(
        event,
        rows,
        stake=left,
        locked=known["locked"] - event.amount,
        leaving=min(known["leaving"], left),
        slashed=known["slashed"] + event.amount,
    )
    _hold(event, rows, event.amount)


@projects(StakeAwarded)
def stake_awarded(event: StakeAwarded, rows: Rows) -> None:
    """Who never staked is no juror for it."""
    _hold(event, rows, -event.amount)
    known = rows.get(jurors, juror=event.juror)
    if known is None:
        return
    stake = known["stake"] + event.amount
    if known["stake"] == 0 or stake > LARGEST_STAKE:
        stake = known["stake"]
    _change(event, rows, stake=stake, awarded=known["awarded"] + event.amount)


@projects(Credited)
def juror_credited(event: Credited, rows: Rows) -> None:
    found = rows.get(juror_credits, account=event.account)
    owed = event.amount + (found["amount"] if found else 0)
    rows.put(juror_credits, account=event.account, amount=owed, settled=False, **origin(event))


@projects(CreditWithdrawn)
def juror_credit_withdrawn(event: CreditWithdrawn, rows: Rows) -> None:
    rows.put(juror_credits, account=event.account, amount=0, settled=True, **origin(event))


@projects(CallerSet)
def caller_set(event: CallerSet, rows: Rows) -> None:
    found = rows.get(pool_callers, caller=event.caller)
    slashed = found["slashed"] if found else 0
    status: CallerStatus = event.status
    rows.put(pool_callers, caller=event.caller, status=status, slashed=slashed, **origin(event))


def _juror(event: JurorEvent, rows: Rows) -> dict[str, Any]:
    found = rows.get(jurors, juror=event.juror)
    return dict(found) if found else {"juror": event.juror, **NOBODY}


def _change(event: JurorEvent, rows: Rows, **values: Any) -> None:
    rows.put(jurors, **(_juror(event, rows) | values | origin(event)))


def _hold(event: CallerEvent, rows: Rows, amount: int) -> None:
    """What a contract slashed and has not awarded."""
    held = rows.need(pool_callers, caller=event.by)["slashed"] + amount
    rows.change(pool_callers, {"caller": event.by}, slashed=held, **origin(event))
