"""Cases before the Court: how they begin, their periods, their evidence, and how they end."""

from __future__ import annotations

from backend.db.rows import Row, Rows
from backend.db.tables import dispute_periods, disputes, evidence, panels, rules, tranches
from backend.events import readable
from backend.events.court import (
    CaseClosed,
    CaseDecided,
    CaseEvent,
    CaseJoined,
    CaseOpened,
    Evidence,
    EvidenceSubmitted,
    PeriodStarted,
)
from backend.projections.registry import origin, projects
from backend.terms.court import CaseStatus, Decision, PanelState, Side
from backend.terms.payout import BPS
from backend.terms.status import TrancheStatus

# The rule that tells how long each period is.
LENGTHS = {
    CaseStatus.DEPOSITS: "deposit_period",
    CaseStatus.EVIDENCE: "evidence_period",
    CaseStatus.COMMIT: "commit_period",
    CaseStatus.REVEAL: "reveal_period",
    CaseStatus.APPEAL: "appeal_period",
}


@projects(CaseOpened)
def case_opened(event: CaseOpened, rows: Rows) -> None:
    rows.add(
        disputes,
        case_id=event.case_id,
        trade_id=event.trade_id,
        tranche=event.tranche,
        performer=event.performer,
        checker=event.checker,
        rules_version=event.rules_version,
        depositor=event.depositor,
        deposit=event.deposit,
        opened_at=event.at.block_time,
        joined_at=None,
        status=CaseStatus.DEPOSITS,
        deadline=event.deadline,
        round=0,
        redrawn=None,
        ruled_rounds=0,
        performer_bps=None,
        decision=None,
        decided_at=None,
        closing=None,
        closed_at=None,
        returned_to_performer=None,
        returned_to_checker=None,
        **origin(event),
    )
    _begin(event, rows, CaseStatus.DEPOSITS, 0, event.deadline)


@projects(CaseJoined)
def case_joined(event: CaseJoined, rows: Rows) -> None:
    """When the evidence period ends, the period itself tells."""
    change_case(event, rows, joined_at=event.at.block_time)


@projects(PeriodStarted)
def period_started(event: PeriodStarted, rows: Rows) -> None:
    """With the evidence of a round, or of a panel drawn again, begins a panel."""
    change_case(event, rows, status=event.status, round=event.round, deadline=event.deadline)
    _begin(event, rows, event.status, event.round, event.deadline)
    if event.status != CaseStatus.EVIDENCE:
        return
    case = case_of(event, rows)
    rows.add(
        panels,
        case_id=event.case_id,
        round=event.round,
        attempt=attempt_in(case, event.round),
        state=PanelState.SITTING,
        jurors=(rules_of(case, rows)["jurors"] + 1 << event.round) - 1,
        request_id=None,
        epoch=None,
        seated=0,
        voids=0,
        commits=0,
        reveals=0,
        performer_bps=None,
        ended_at=None,
        settled_at=None,
        **origin(event),
    )


@projects(EvidenceSubmitted)
def evidence_submitted(event: EvidenceSubmitted, rows: Rows) -> None:
    rows.add(
        evidence,
        case_id=event.case_id,
        party=event.party,
        content_hash=event.content_hash,
        uri=readable(event.uri),
        **origin(event),
    )


@projects(Evidence)
def evidence_told_again(_event: Evidence, _rows: Rows) -> None:
    """Told in `events` only: `EvidenceSubmitted` says the same, and the hash."""


@projects(CaseDecided)
def case_decided(event: CaseDecided, rows: Rows) -> None:
    """The deposits: one fee goes to the first jury, and by the decision the other comes back."""
    case = case_of(event, rows)
    fee = case["deposit"]
    share = fee * event.performer_bps // BPS
    returned = (share, fee - share)
    if event.decision == Decision.NO_PANEL:
        returned = (fee, fee)
    change_case(
        event,
        rows,
        status=CaseStatus.DECIDED,
        decision=event.decision,
        performer_bps=None if event.decision == Decision.NO_PANEL else event.performer_bps,
        decided_at=event.at.block_time,
        returned_to_performer=returned[0],
        returned_to_checker=returned[1],
    )


@projects(CaseClosed)
def case_closed(event: CaseClosed, rows: Rows) -> None:
    """One that is not decided was settled without the court: what is left of the deposits goes
    back."""
    case = case_of(event, rows)
    if case["status"] != CaseStatus.DECIDED:
        _dismiss(event, rows, case)
    change_case(
        event, rows, status=CaseStatus.CLOSED, closing=event.how, closed_at=event.at.block_time
    )


def case_of(event: CaseEvent, rows: Rows) -> Row:
    return rows.need(disputes, case_id=event.case_id)


def rules_of(case: Row, rows: Rows) -> Row:
    """The rules that bind a case: those that its trade pinned."""
    return rows.need(rules, version=case["rules_version"])


def attempt_in(case: Row, round_: int) -> int:
    """Which attempt at a round's panel counts."""
    return 1 if case["redrawn"] == round_ else 0


def change_case(event: CaseEvent, rows: Rows, **values: object) -> None:
    rows.change(disputes, {"case_id": event.case_id}, **values)


def _begin(event: CaseEvent, rows: Rows, status: CaseStatus, round_: int, deadline: int) -> None:
    case = case_of(event, rows)
    rows.add(
        dispute_periods,
        case_id=event.case_id,
        status=status,
        round=round_,
        attempt=attempt_in(case, round_),
        started_at=deadline - rules_of(case, rows)[LENGTHS[status]],
        deadline=deadline,
        **origin(event),
    )


def _dismiss(event: CaseClosed, rows: Rows, case: Row) -> None:
    """Jurors who had ruled or committed are paid out of the deposits: by the side that gave up at
    the Escrow, else by both alike."""
    fee = case["deposit"]
    if case["status"] == CaseStatus.DEPOSITS:
        opened_by_performer = case["depositor"] == Side.PERFORMER
        _give_back(
            event, rows, fee if opened_by_performer else 0, 0 if opened_by_performer else fee
        )
        return
    key = {
        "case_id": case["case_id"],
        "round": case["round"],
        "attempt": attempt_in(case, case["round"]),
    }
    panel = rows.need(panels, **key)
    if panel["state"] == PanelState.SITTING:
        rows.change(panels, key, state=PanelState.DISMISSED, ended_at=event.at.block_time)
    left = fee
    if case["ruled_rounds"] == 0:
        left = 2 * fee - rules_of(case, rows)["juror_fee"] * panel["commits"]
    outcome = rows.need(tranches, trade_id=case["trade_id"], tranche=case["tranche"])["status"]
    to_performer = left // 2
    if outcome == TrancheStatus.ACCEPTED:
        to_performer = fee
    elif outcome == TrancheStatus.REFUNDED:
        to_performer = left - fee
    _give_back(event, rows, to_performer, left - to_performer)


def _give_back(event: CaseEvent, rows: Rows, to_performer: int, to_checker: int) -> None:
    change_case(event, rows, returned_to_performer=to_performer, returned_to_checker=to_checker)
