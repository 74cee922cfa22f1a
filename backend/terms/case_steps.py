"""What follows in a case if nobody acts, and what can be done in it: twin of `nextStep` in
``contracts/court/Progress.sol``.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.terms.court import CaseStatus, Side
from backend.terms.jury import JuryRules
from backend.terms.payout import BPS


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as it stands; the panel's numbers are those of the present round, zero before there is
    one. `appellant` is the side that has raised all it needs against the present ruling."""

    status: CaseStatus
    deadline: int
    round: int
    redrawn: bool
    jury: JuryRules
    jurors: int = 0
    seated: int = 0
    reveals: int = 0
    appellant: Side | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The status that follows, and the first second (unix) in which anyone brings it about; None
    for a decided case: at once."""

    next: CaseStatus
    at: int | None


def next_step(case: CaseFacts) -> Step | None:
    """None for a closed case."""
    if case.status == CaseStatus.CLOSED:
        return None
    if case.status == CaseStatus.DECIDED:
        return Step(CaseStatus.CLOSED, None)
    at = case.deadline + 1
    follows = CaseStatus.DECIDED
    failed = CaseStatus.DECIDED if case.redrawn else CaseStatus.EVIDENCE
    if case.status == CaseStatus.COMMIT:
        follows = CaseStatus.REVEAL
    elif case.status == CaseStatus.EVIDENCE:
        full = case.seated == case.jurors
        follows = CaseStatus.COMMIT if full else failed
        at += 0 if full else case.jury.commit_period
    elif case.status == CaseStatus.REVEAL:
        if case.reveals < majority(case.jurors):
            follows = failed
        elif case.round < case.jury.max_appeals:
            follows = CaseStatus.APPEAL
    elif case.status == CaseStatus.APPEAL and case.appellant is None:
        at = first_until(case.deadline, case.jury) + 1
    return Step(follows, at)


def majority(jurors: int) -> int:
    """How many of a panel must reveal for it to rule."""
    return jurors // 2 + 1


def first_until(deadline: int, jury: JuryRules) -> int:
    """The last second of an appeal period in which either side may be funded."""
    return deadline - jury.appeal_period + jury.appeal_period // 2


def panel_size(jury: JuryRules, round_: int) -> int:
    return (jury.jurors + 1 << round_) - 1


def appeal_needs(jury: JuryRules, round_: int) -> int:
    """What each side has to raise against the ruling of a round, in wei."""
    return jury.juror_fee * panel_size(jury, round_ + 1) * jury.appeal_multiplier_bps // BPS
