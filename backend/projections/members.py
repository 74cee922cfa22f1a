"""Members: what they earned, what they were minted, and who votes with it."""

from __future__ import annotations

from typing import Any

from backend.db.rows import Rows
from backend.db.tables import (
    claims,
    earnings,
    forfeits,
    listed_escrows,
    members,
    supply_checkpoints,
    vote_checkpoints,
)
from backend.events import Event
from backend.events.reputation import (
    DelegateChanged,
    DelegateVotesChanged,
    EscrowListed,
    GenesisAllotted,
    ReputationBurned,
    ReputationEarned,
    ReputationForfeited,
    ReputationMinted,
    TradeClaimed,
)
from backend.projections.registry import origin, projects
from backend.terms.offer import ZERO_ADDRESS

NOBODY: dict[str, Any] = {
    "units": 0,
    "held": 0,
    "owed": 0,
    "allotted_points": 0,
    "delegate": None,
    "votes": 0,
}


@projects(GenesisAllotted)
def genesis_allotted(event: GenesisAllotted, rows: Rows) -> None:
    known = _member(rows, event.account)
    _change(
        event,
        rows,
        event.account,
        units=known["units"] + event.units,
        allotted_points=known["allotted_points"] + event.points,
    )
    _grow(event, rows, event.units)


@projects(ReputationEarned)
def reputation_earned(event: ReputationEarned, rows: Rows) -> None:
    rows.add(
        earnings,
        escrow=event.escrow,
        trade_id=event.trade_id,
        tranche=event.tranche,
        account=event.account,
        counterparty=event.counterparty,
        points=event.points,
        units=event.units,
        **origin(event),
    )


@projects(ReputationForfeited)
def reputation_forfeited(event: ReputationForfeited, rows: Rows) -> None:
    rows.add(
        forfeits,
        escrow=event.escrow,
        trade_id=event.trade_id,
        tranche=event.tranche,
        account=event.account,
        counterparty=event.counterparty,
        points=event.points,
        units=event.units,
        **origin(event),
    )


@projects(ReputationMinted)
def reputation_minted(event: ReputationMinted, rows: Rows) -> None:
    """`held` is all that is held now; nothing is owed."""
    units = _member(rows, event.account)["units"] + event.units
    _change(event, rows, event.account, units=units, held=event.held, owed=0)
    _grow(event, rows, event.units)


@projects(ReputationBurned)
def reputation_burned(event: ReputationBurned, rows: Rows) -> None:
    """`owed` is all that is owed now; nothing is held."""
    units = _member(rows, event.account)["units"] - event.units
    _change(event, rows, event.account, units=units, held=0, owed=event.owed)
    _grow(event, rows, -event.units)


@projects(TradeClaimed)
def trade_claimed(event: TradeClaimed, rows: Rows) -> None:
    rows.add(claims, escrow=event.escrow, trade_id=event.trade_id, **origin(event))


@projects(EscrowListed)
def escrow_listed(event: EscrowListed, rows: Rows) -> None:
    rows.put(listed_escrows, escrow=event.escrow, listed=event.listed, **origin(event))


@projects(DelegateChanged)
def delegate_changed(event: DelegateChanged, rows: Rows) -> None:
    delegate = None if event.to_delegate == ZERO_ADDRESS else event.to_delegate
    _change(event, rows, event.delegator, delegate=delegate)


@projects(DelegateVotesChanged)
def delegate_votes_changed(event: DelegateVotesChanged, rows: Rows) -> None:
    """Votes as of the end of this second: a later change in it takes the place of this one."""
    _change(event, rows, event.delegate, votes=event.new_votes)
    rows.put(
        vote_checkpoints,
        account=event.delegate,
        since=event.at.block_time,
        votes=event.new_votes,
        **origin(event),
    )


def _member(rows: Rows, account: str) -> dict[str, Any]:
    found = rows.get(members, account=account)
    return dict(found) if found else {"account": account, **NOBODY}


def _change(event: Event, rows: Rows, account: str, **values: Any) -> None:
    rows.put(members, **(_member(rows, account) | values | origin(event)))


def _grow(event: Event, rows: Rows, units: int) -> None:
    """More units in all (fewer below zero), from this block's time on."""
    if units == 0:
        return
    last = rows.newest(supply_checkpoints, by="since")
    total = units + (last["units"] if last else 0)
    rows.put(supply_checkpoints, since=event.at.block_time, units=total, **origin(event))
