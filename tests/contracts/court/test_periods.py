"""advance: every period, a second before its end, at its end, and after

├── no case → UnknownCase
├── nothing is due → NotDue
├── deposits → decided for the depositor
├── evidence, full panel → commit, from the end of the evidence however late
├── commit → reveal
├── reveal, most have revealed → appeal; after the last appeal → decided
├── appeal, nobody funded in the first half → decided
├── several periods at once, where nobody did anything
└── nothing after the decision
"""

import pytest

from tests.contracts.court.world import (
    APPEAL,
    BY_JURY,
    CHECKER,
    COMMIT,
    DECIDED,
    FEE,
    JURY,
    MISSING_DEPOSIT,
    PERFORMER,
    REVEAL,
    SILENT,
)
from tests.contracts.expect import event, next_at, now, reverts, until

SECONDS = [-1, 0, 1]


def due(dispute, last, second):
    """Advances this far from the last second of a period: whether it was due."""
    next_at(last + second)
    if second > 0:
        dispute.advance()
        return True
    with reverts("Court_NotDue", dispute.id, last + 1):
        dispute.advance()
    return False


@pytest.mark.parametrize("second", SECONDS)
@pytest.mark.parametrize(("role", "bps"), [("performer", 10_000), ("checker", 0)])
def test_deposits(room, role, bps, second):
    dispute = room.dispute()
    opened = dispute.open(getattr(dispute, role))
    if not due(dispute, opened.timestamp + JURY.deposit_period, second):
        return
    case = dispute.case
    assert (case["status"], case["decision"]) == (DECIDED, MISSING_DEPOSIT)
    assert case["performerBps"] == bps
    assert room.credit(getattr(dispute, role)) == FEE
    other = dispute.checker if role == "performer" else dispute.performer
    assert room.credit(other) == 0


@pytest.mark.parametrize("second", SECONDS)
def test_evidence(room, second):
    dispute = room.dispute()
    dispute.open()
    joined = dispute.join()
    dispute.seed()
    dispute.draw()
    last = joined.timestamp + JURY.evidence_period
    if due(dispute, last, second):
        assert (dispute.status, dispute.deadline) == (COMMIT, last + JURY.commit_period)


@pytest.mark.parametrize("second", SECONDS)
def test_commit(room, second):
    dispute = room.dispute()
    dispute.to_commit()
    dispute.commit(0, 0)
    last = dispute.deadline
    if due(dispute, last, second):
        assert (dispute.status, dispute.deadline) == (REVEAL, last + JURY.reveal_period)


@pytest.mark.parametrize("second", SECONDS)
def test_reveal(room, second):
    dispute = room.dispute()
    dispute.to_reveal(1, 1, 1)
    dispute.reveal(0, 1)
    dispute.reveal(1, 1)
    last = dispute.deadline
    if due(dispute, last, second):
        assert (dispute.status, dispute.deadline) == (APPEAL, last + JURY.appeal_period)


@pytest.mark.parametrize("second", SECONDS)
def test_appeal_that_nobody_funds(room, second):
    dispute = room.dispute()
    dispute.to_ruling(1, 1, 1)
    ruled = now()
    half = JURY.appeal_period // 2  # the odd second is the second half's
    if due(dispute, ruled + half, second):
        case = dispute.case
        assert (case["status"], case["decision"], case["performerBps"]) == (DECIDED, BY_JURY, 1)


@pytest.mark.parametrize("second", SECONDS)
@pytest.mark.parametrize("side", [PERFORMER, CHECKER])
def test_appeal_of_one_side(room, side, second):
    dispute = room.dispute()
    dispute.to_ruling(1, 1, 1)
    ruled = now()
    dispute.fund(side)
    if due(dispute, ruled + JURY.appeal_period, second):
        assert dispute.status == DECIDED
        assert dispute.case["performerBps"] == (10_000 if side == PERFORMER else 0)


def test_no_appeal_after_the_last_one(room, jurors):
    """Panels of 3 and 7, and of 15 who are not there; but a rule of one appeal ends at once."""
    dispute = room.dispute()
    dispute.to_ruling(1, 1, 1)
    dispute.appeal()
    dispute.to_ruling(*[2] * 7)
    assert dispute.status == APPEAL
    dispute.past()
    assert dispute.status == DECIDED


def test_many_periods_at_once(room):
    """Nobody committed, nobody moved the case on: the panel is found silent."""
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    dispute.draw()
    until(dispute.deadline + JURY.commit_period + 10)
    receipt = dispute.advance()
    told = [(int(one["status"]), int(one["round"])) for one in receipt.events["PeriodStarted"]]
    assert told == [(COMMIT, 0), (REVEAL, 0), (2, 0)]
    assert event(receipt, "PanelFailed")["state"] == SILENT
    assert dispute.deadline == receipt.timestamp + JURY.evidence_period


def test_a_whole_case_in_one_go(room):
    """All that follows from one reveal too few, years later."""
    dispute = room.dispute()
    dispute.to_reveal(5, 6, 7)
    dispute.reveal(0, 5)
    dispute.reveal(1, 6)
    until(now() + 700 * 86_400)
    dispute.advance()
    assert dispute.case["decision"] == BY_JURY
    assert dispute.case["performerBps"] == 5


def test_advance_a_decided_case(room):
    dispute = room.dispute()
    dispute.open()
    dispute.past()
    with reverts("Court_NotDue", dispute.id, 0):
        dispute.advance()


def test_advance_no_case(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        dispute.advance()
