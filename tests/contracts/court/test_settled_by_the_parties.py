"""execute, of a case whose tranche was closed without the court

├── with one deposit: it comes back
├── before anybody committed: both come back
├── jurors have committed: each of them gets its fee, in equal parts from both deposits
│   ├── one side gave up at the Escrow (accept, refund): from its deposit alone
│   └── all stakes are unlocked, nobody is slashed
├── a panel has ruled: it is paid; the other fee comes back half and half
├── the panel of an appeal is at work: the same, but out of the contributions
└── what was due before counts first
"""

import pytest

from tests.contracts.court.world import (
    CHECKER,
    CLOSED,
    DISMISSED,
    FEE,
    JURY,
    PERFORMER,
    RULING_PERIOD,
    SALT,
    SETTLED,
    SLASH,
    STAKE,
)
from tests.contracts.escrow.actions import accept, expire, refund, split
from tests.contracts.expect import event, until

ONE = JURY.juror_fee
ENDINGS = {"split": split, "accept": accept, "refund": refund}


def end(dispute, how=split):
    how(dispute.room.market, dispute.opened, dispute.index)
    receipt = dispute.execute()
    assert event(receipt, "CaseClosed")["how"] == SETTLED
    assert dispute.status == CLOSED


def credits(dispute):
    return tuple(dispute.room.credit(who) for who in (dispute.performer, dispute.checker))


def assert_all_is_owed(room):
    assert room.court.balance() == sum(room.credit(one) for one in room.people.values())


@pytest.mark.parametrize("how", ENDINGS)
def test_with_one_deposit(room, how):
    dispute = room.dispute()
    dispute.open()
    end(dispute, ENDINGS[how])
    assert credits(dispute) == (0, FEE)


@pytest.mark.parametrize("how", ENDINGS)
def test_before_anybody_committed(room, how):
    dispute = room.dispute()
    dispute.to_commit()
    end(dispute, ENDINGS[how])
    assert credits(dispute) == (FEE, FEE)
    told = event(dispute.settle(), "RoundSettled")
    assert (told["paid"], told["slashed"]) == (0, 0)
    assert [room.stake(juror) for juror in dispute.seated()] == [(STAKE, 0)] * 3
    assert_all_is_owed(room)


@pytest.mark.parametrize(
    ("how", "performer", "checker"),
    [
        ("split", FEE - ONE, FEE - ONE),
        ("accept", FEE, FEE - 2 * ONE),
        ("refund", FEE - 2 * ONE, FEE),
    ],
)
def test_after_two_have_committed(room, how, performer, checker):
    dispute = room.dispute()
    dispute.to_commit()
    dispute.commit(0, 1)
    dispute.commit(2, 9_999)
    end(dispute, ENDINGS[how])
    assert credits(dispute) == (performer, checker)
    assert dispute.panel()[0]["state"] == DISMISSED
    told = event(dispute.settle(), "RoundSettled")
    assert (told["paid"], told["slashed"], told["feeShare"]) == (0b101, 0, ONE)
    assert [room.credit(juror) for juror in dispute.seated()] == [ONE, 0, ONE]
    assert [room.stake(juror) for juror in dispute.seated()] == [(STAKE, 0)] * 3
    assert_all_is_owed(room)


def test_while_jurors_reveal(room):
    """What is left of both deposits is split half and half, the odd unit to the checker."""
    dispute = room.dispute()
    dispute.to_reveal(1, 2, 3)
    dispute.reveal(0, 1)
    end(dispute)
    left = 2 * FEE - 3 * ONE
    assert left % 2 == 1
    assert credits(dispute) == (left // 2, left - left // 2)
    assert event(dispute.settle(), "RoundSettled")["paid"] == 0b111
    assert_all_is_owed(room)


def test_after_a_denouncement(room):
    """What the denounced lost goes to those who committed."""
    dispute = room.dispute()
    dispute.to_commit()
    dispute.commit(0, 1)
    dispute.commit(1, 1)
    room.court.denounce(dispute.id, 0, 1, SALT, {"from": room.stranger})
    end(dispute)
    told = event(dispute.settle(), "RoundSettled")
    assert (told["paid"], told["slashed"]) == (0b010, 0b001)
    assert (told["feeShare"], told["stakeShare"]) == (ONE, SLASH)
    assert room.pool.slashedBy(room.court) == 0
    assert_all_is_owed(room)


def test_while_an_appeal_may_be_funded(room):
    dispute = room.dispute()
    dispute.to_ruling(1, 1, 1)
    dispute.fund(PERFORMER)
    end(dispute)
    assert credits(dispute) == (FEE // 2, FEE - FEE // 2)
    dispute.claim(0, PERFORMER, dispute.performer)
    assert room.credit(dispute.performer) == FEE // 2 + dispute.needed()
    assert event(dispute.settle(), "RoundSettled")["feeShare"] == ONE
    assert_all_is_owed(room)


@pytest.mark.parametrize("committed", [0, 4])
def test_while_the_panel_of_an_appeal_is_at_work(room, committed):
    dispute = room.dispute()
    dispute.to_ruling(1, 1, 1)
    needed = dispute.needed()
    dispute.appeal()
    dispute.to_commit()
    for seat in range(committed):
        dispute.commit(seat, 1)
    end(dispute)
    for side, who in ((PERFORMER, dispute.performer), (CHECKER, dispute.checker)):
        told = event(dispute.claim(0, side, who), "AppealClaimed")
        assert told["amount"] == needed - committed * ONE // 2
    assert event(dispute.settle(0), "RoundSettled")["feeShare"] == ONE
    assert event(dispute.settle(1), "RoundSettled")["paid"] == 2**committed - 1
    assert_all_is_owed(room)


def test_what_was_due_counts_first(room):
    """Most had revealed, and the time to appeal had passed, before the parties split."""
    dispute = room.dispute()
    dispute.to_reveal(5, 5, 5)
    for seat in range(2):
        dispute.reveal(seat, 5)
    until(dispute.deadline + JURY.appeal_period + 2)
    end(dispute)
    assert dispute.case["performerBps"] == 5
    told = event(dispute.settle(), "RoundSettled")
    assert (told["paid"], told["slashed"]) == (0b011, 0b100)


def test_when_the_ruling_is_overdue(room):
    """Nobody moved the case on for so long that the Escrow's default holds."""
    dispute = room.dispute()
    dispute.to_commit()
    dispute.commit(0, 1)
    since = int(room.market.escrow.tranchesOf(dispute.opened.packed)[1][0][1])
    until(since + RULING_PERIOD + 1)
    end(dispute, expire)
    told = event(dispute.settle(0, 0), "RoundSettled")
    assert (told["paid"], told["slashed"]) == (0, 0b111)  # it had been silent
    assert credits(dispute) == (FEE, FEE)
    assert_all_is_owed(room)
