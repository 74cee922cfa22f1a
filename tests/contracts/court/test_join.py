"""join

├── no case → UnknownCase
├── the case has two deposits, or is decided → WrongStatus
├── the deposit period has passed → TooLate
├── the caller is the depositor, or nobody's side → NotSide
├── more or less coin than the arbitration fee → WrongValue
└── else: the evidence period starts, and a panel is asked for from the weights of the last epoch
    └── randomness that fails keeps nobody from joining (see test_no_panel)
"""

import pytest

from tests.contracts.court.world import DECIDED, EPOCH, EVIDENCE, FEE, JURY, SITTING
from tests.contracts.expect import event, next_at, now, reverts


def test_join(room):
    dispute = room.dispute()
    dispute.open()
    receipt = dispute.join()
    until = receipt.timestamp + JURY.evidence_period
    assert event(receipt, "CaseJoined") == {
        "caseId": dispute.id,
        "deposit": FEE,
        "evidenceUntil": until,
    }
    epoch = (receipt.timestamp - int(room.pool.start())) // EPOCH  # the one before the present
    assert event(receipt, "PanelRequested") == {
        "caseId": dispute.id,
        "round": 0,
        "attempt": 0,
        "requestId": 1,
        "epoch": epoch,
        "jurors": 3,
    }
    assert event(receipt, "PeriodStarted") == {
        "caseId": dispute.id,
        "status": EVIDENCE,
        "round": 0,
        "deadline": until,
    }
    assert (dispute.status, dispute.deadline) == (EVIDENCE, until)
    panel, seats = dispute.panel()
    assert (panel["state"], panel["jurors"], panel["epoch"]) == (SITTING, 3, epoch)
    assert len(seats) == 3
    assert room.court.balance() == 2 * FEE


def test_join_by_the_checker(room):
    dispute = room.dispute()
    dispute.open(dispute.performer)
    dispute.join(dispute.checker)
    assert dispute.status == EVIDENCE


def test_join_no_case(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        dispute.join()


def test_join_twice(room):
    dispute = room.dispute()
    dispute.open()
    dispute.join()
    with reverts("Court_WrongStatus", dispute.id, EVIDENCE):
        dispute.join()


def test_join_a_decided_case(room):
    dispute = room.dispute()
    dispute.open()
    dispute.past()
    with reverts("Court_WrongStatus", dispute.id, DECIDED):
        dispute.join()


@pytest.mark.parametrize("who", ["buyer", "stranger"])
def test_join_by_another(room, who):
    """The buyer is the checker, who opened it."""
    dispute = room.dispute()
    dispute.open()
    with reverts("Court_NotSide", room.people[who]):
        dispute.join(room.people[who])


@pytest.mark.parametrize("value", [0, FEE - 1, FEE + 1])
def test_join_with_another_value(room, value):
    dispute = room.dispute()
    dispute.open()
    with reverts("Court_WrongValue", value, FEE):
        dispute.join(value=value)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_join_around_the_deadline(room, second):
    dispute = room.dispute()
    dispute.open()
    last = now() + JURY.deposit_period
    next_at(last + second)
    if second <= 0:
        dispute.join()
        return
    with reverts("Court_TooLate", dispute.id, last):
        dispute.join()
