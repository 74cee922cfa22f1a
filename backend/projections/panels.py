"""Panels: asked for, failed, ruled, and paid."""

from __future__ import annotations

from backend.db.rows import Row, Rows
from backend.db.tables import panels, seats, settlements
from backend.events.court import CaseEvent, PanelFailed, PanelRequested, PanelRuled, RoundSettled
from backend.projections.disputes import attempt_in, case_of, change_case
from backend.projections.registry import origin, projects
from backend.terms.court import PanelState, SeatState

# Whose stake is not locked any more, whatever became of the panel.
GONE = (SeatState.STRUCK, SeatState.REPLACED)


@projects(PanelRequested)
def panel_requested(event: PanelRequested, rows: Rows) -> None:
    key = {"case_id": event.case_id, "round": event.round, "attempt": event.attempt}
    rows.change(panels, key, request_id=event.request_id, epoch=event.epoch)


@projects(PanelFailed)
def panel_failed(event: PanelFailed, rows: Rows) -> None:
    """The first that fails is drawn again."""
    key = {"case_id": event.case_id, "round": event.round, "attempt": event.attempt}
    rows.change(panels, key, state=event.state, ended_at=event.at.block_time)
    if case_of(event, rows)["redrawn"] is None:
        change_case(event, rows, redrawn=event.round)


@projects(PanelRuled)
def panel_ruled(event: PanelRuled, rows: Rows) -> None:
    change_panel(
        event,
        rows,
        event.round,
        state=PanelState.RULED,
        performer_bps=event.performer_bps,
        ended_at=event.at.block_time,
    )
    ruled = case_of(event, rows)["ruled_rounds"] + 1
    change_case(event, rows, performer_bps=event.performer_bps, ruled_rounds=ruled)


@projects(RoundSettled)
def round_settled(event: RoundSettled, rows: Rows) -> None:
    """What each seat got and lost. A denounced one had lost its whole stake before."""
    key = {"case_id": event.case_id, "round": event.round, "attempt": event.attempt}
    rows.add(
        settlements,
        **key,
        paid=event.paid,
        slashed=event.slashed,
        fee_share=event.fee_share,
        stake_share=event.stake_share,
        slash=event.slash,
        fee_to_treasury=event.fee_to_treasury,
        stake_to_treasury=event.stake_to_treasury,
        **origin(event),
    )
    rows.change(panels, key, settled_at=event.at.block_time)
    for seat in rows.where(seats, **key):
        if seat["state"] in GONE:
            continue
        paid = event.paid >> seat["seat"] & 1
        slashed = event.slashed >> seat["seat"] & 1
        rows.change(
            seats,
            {**key, "juror": seat["juror"]},
            fee_paid=event.fee_share * paid,
            stake_won=event.stake_share * paid,
            stake_lost=seat["stake_lost"] or event.slash * slashed,
            **origin(event),
        )


def panel_of(event: CaseEvent, rows: Rows, round_: int) -> Row:
    """The panel of a round that counts."""
    attempt = attempt_in(case_of(event, rows), round_)
    return rows.need(panels, case_id=event.case_id, round=round_, attempt=attempt)


def change_panel(event: CaseEvent, rows: Rows, round_: int, **values: object) -> None:
    panel = panel_of(event, rows, round_)
    key = {"case_id": event.case_id, "round": round_, "attempt": panel["attempt"]}
    rows.change(panels, key, **values)
