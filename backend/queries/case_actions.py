"""What can be done in a case now, by whom, and up to when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.queries.case_money import owed_on_appeals
from backend.queries.disputes import CaseParts, CaseRows
from backend.terms.case_steps import appeal_needs, first_until, next_step
from backend.terms.court import CaseStatus, PanelState, SeatState, Side

DONE = (CaseStatus.DECIDED, CaseStatus.CLOSED)
FAILED = (PanelState.SILENT, PanelState.MISSING, PanelState.DISMISSED)


@dataclass(frozen=True, slots=True)
class Action:
    """A call of the Court. `by` is None where anyone may; `until` (unix seconds) is None where it
    can be done at any later time; `value` is the coin to send at most, in wei."""

    function: str
    by: Sequence[str] | None
    until: int | None
    words: str
    value: int | None = None
    side: str | None = None
    round: int | None = None
    attempt: int | None = None


def actions_of(found: CaseRows, parts: CaseParts, now: int) -> list[Action]:
    """At a time; what only moves the case on is among them once it is due."""
    case = found.case
    step = next_step(found.facts)
    if step is not None and parts.tranche.closed_at is not None:
        words = "Close the case: the tranche was closed without it"
        return [Action("execute", None, None, words), *_settling(found)]
    if step is not None and step.at is not None and now >= step.at:
        moved = Action("advance", None, None, f"Move the case on: {case.status} is over")
        return [moved, *_settling(found)]
    open_ = [one for one in _in_period(found, parts) if one.until is None or now <= one.until]
    return [*open_, *_settling(found), *_claiming(found, parts)]


def _in_period(found: CaseRows, parts: CaseParts) -> Iterator[Action]:
    case, until = found.case, found.case.deadline
    sides = [case.performer, case.checker]
    if case.status == CaseStatus.DEPOSITS:
        opener = Side(case.depositor)
        other = case.checker if opener == Side.PERFORMER else case.performer
        words = "Deposit the arbitration fee, or lose without a jury"
        yield Action("join", [other], until, words, case.deposit, opener.other)
    if case.status in (CaseStatus.DEPOSITS, CaseStatus.EVIDENCE, CaseStatus.APPEAL):
        yield Action("submitEvidence", sides, until, "Show evidence")
    if case.status == CaseStatus.EVIDENCE:
        yield from _drawing(found)
    if case.status == CaseStatus.COMMIT:
        yield from _voting(parts, found, SeatState.SEATED, "commit", "Commit to a choice")
        words = "Denounce a juror who showed its vote, for its stake"
        yield Action("denounce", None, until, words)
        yield Action("strike", None, until, "Strike a juror who traded with a side")
    if case.status == CaseStatus.REVEAL:
        yield from _voting(parts, found, SeatState.COMMITTED, "reveal", "Reveal the choice")
    if case.status == CaseStatus.APPEAL:
        yield from _appealing(found)
    if case.status == CaseStatus.DECIDED:
        words = "Carry the decision out at the Escrow"
        yield Action("execute", None, parts.tranche.default_due_at, words)


def _drawing(found: CaseRows) -> Iterator[Action]:
    """A panel that is late may be drawn for a commit period more."""
    panel = found.panel
    assert panel is not None
    until = found.case.deadline
    if panel.seated < panel.jurors:
        until += found.jury.commit_period
        missing = panel.jurors - panel.seated
        words = f"Draw {missing} of {panel.jurors} jurors, once the seed is known"
        yield Action("draw", None, until, words)
    if panel.seated:
        yield Action("strike", None, until, "Strike a juror who traded with a side")


def _voting(
    parts: CaseParts, found: CaseRows, state: SeatState, function: str, words: str
) -> Iterator[Action]:
    panel = found.panel
    assert panel is not None
    at = (panel.round, panel.attempt)
    waiting = [
        row.juror for row in parts.seats if (row.round, row.attempt) == at and row.state == state
    ]
    if waiting:
        yield Action(function, waiting, found.case.deadline, words)


def _appealing(found: CaseRows) -> Iterator[Action]:
    case, appeal = found.case, found.appeal
    needed = appeal_needs(found.jury, case.round)
    for side in (Side.PERFORMER, Side.CHECKER):
        raised = getattr(appeal, f"{side}_raised") if appeal else 0
        if raised == needed:
            continue
        first = appeal is None or appeal.appellant is None
        until = first_until(case.deadline, found.jury) if first else case.deadline
        words = f"Fund the appeal for the {side}"
        if not first:
            words += ", or that side loses"
        yield Action("fundAppeal", None, until, words, needed - raised, side, case.round)


def _settling(found: CaseRows) -> Iterator[Action]:
    done = found.case.status in DONE
    for panel in found.panels:
        ready = panel.state in FAILED or (done and panel.state == PanelState.RULED)
        if ready and panel.settled_at is None:
            words = "Pay the jurors, and let their stakes go"
            yield Action("settleRound", None, None, words, round=panel.round, attempt=panel.attempt)


def _claiming(found: CaseRows, parts: CaseParts) -> Iterator[Action]:
    for item in owed_on_appeals(found, parts):
        words = f"Credit {item.account} for the appeal"
        yield Action("claimAppeal", None, None, words, side=item.side, round=item.round)
