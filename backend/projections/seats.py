"""Jurors on panels: drawn, struck, and what they voted."""

from __future__ import annotations

from typing import Any

from backend.db.rows import Row, Rows
from backend.db.tables import seats
from backend.events.court import (
    JurorDrawn,
    JurorStruck,
    SeatEvent,
    VoteCommitted,
    VoteDenounced,
    VoteRevealed,
)
from backend.projections.disputes import case_of, rules_of
from backend.projections.panels import change_panel, panel_of
from backend.projections.registry import origin, projects
from backend.terms.court import CaseStatus, SeatState


@projects(JurorDrawn)
def juror_drawn(event: JurorDrawn, rows: Rows) -> None:
    panel = panel_of(event, rows, event.round)
    rows.add(
        seats,
        **_key(event, panel),
        seat=event.seat,
        draw=event.draw,
        state=SeatState.SEATED,
        drawn_at=event.at.block_time,
        committed_at=None,
        commitment=None,
        revealed_at=None,
        performer_bps=None,
        salt=None,
        struck_by=None,
        struck_at=None,
        denounced_by=None,
        denounced_reward=None,
        denounced_at=None,
        fee_paid=None,
        stake_won=None,
        stake_lost=None,
        **origin(event),
    )
    _count(event, rows, panel, seated=1)


@projects(JurorStruck)
def juror_struck(event: JurorStruck, rows: Rows) -> None:
    """In the evidence period the seat is free again; later it is void."""
    panel = panel_of(event, rows, event.round)
    before = rows.need(seats, **_key(event, panel))["state"]
    state = SeatState.STRUCK
    if case_of(event, rows)["status"] == CaseStatus.EVIDENCE:
        state = SeatState.REPLACED
        _count(event, rows, panel, seated=-1)
    else:
        _count(event, rows, panel, voids=1, commits=-1 if before == SeatState.COMMITTED else 0)
    _change(event, rows, state, struck_by=event.trade_id, struck_at=event.at.block_time)


@projects(VoteCommitted)
def vote_committed(event: VoteCommitted, rows: Rows) -> None:
    now = event.at.block_time
    _change(event, rows, SeatState.COMMITTED, commitment=event.commitment, committed_at=now)
    _count(event, rows, panel_of(event, rows, event.round), commits=1)


@projects(VoteRevealed)
def vote_revealed(event: VoteRevealed, rows: Rows) -> None:
    _change(
        event,
        rows,
        SeatState.REVEALED,
        performer_bps=event.performer_bps,
        salt=event.salt,
        revealed_at=event.at.block_time,
    )
    _count(event, rows, panel_of(event, rows, event.round), reveals=1)


@projects(VoteDenounced)
def vote_denounced(event: VoteDenounced, rows: Rows) -> None:
    """The whole stake of the seat is lost."""
    _change(
        event,
        rows,
        SeatState.DENOUNCED,
        denounced_by=event.by,
        denounced_reward=event.amount,
        denounced_at=event.at.block_time,
        stake_lost=rules_of(case_of(event, rows), rows)["seat_stake"],
    )
    _count(event, rows, panel_of(event, rows, event.round), voids=1, commits=-1)


def _key(event: SeatEvent, panel: Row) -> dict[str, Any]:
    return {
        "case_id": event.case_id,
        "round": event.round,
        "attempt": panel["attempt"],
        "juror": event.juror,
    }


def _change(event: SeatEvent, rows: Rows, state: SeatState, **values: Any) -> None:
    key = _key(event, panel_of(event, rows, event.round))
    rows.change(seats, key, state=state, **values, **origin(event))


def _count(event: SeatEvent, rows: Rows, panel: Row, **steps: int) -> None:
    counts = {name: panel[name] + step for name, step in steps.items()}
    change_panel(event, rows, event.round, **counts)
