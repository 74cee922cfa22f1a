"""execute

├── no case → UnknownCase
├── another trade → WrongTrade
├── not decided, and the Escrow says disputed → WrongStatus
├── closed before → WrongStatus
├── decided: the Escrow carries it out
│   ├── whatever was due is counted first
│   └── after the ruling period it cannot: the Escrow's default, then the case closes as settled
├── declined: see test_no_panel
└── closed without the court: see test_settled_by_the_parties
"""

import pytest

from tests.contracts.court.world import (
    APPEAL,
    CLOSED,
    DECIDED,
    FEE,
    RULED,
    RULING_PERIOD,
    SETTLED,
)
from tests.contracts.escrow.actions import expire
from tests.contracts.escrow.market import AMOUNT, DEFAULTED
from tests.contracts.escrow.market import RULED as TRANCHE_RULED
from tests.contracts.expect import event, reverts, until


@pytest.mark.parametrize("bps", [0, 1, 3_333, 10_000])
def test_execute(room, bps):
    dispute = room.dispute()
    dispute.to_decision(bps, bps, bps)
    receipt = dispute.execute()
    assert event(receipt, "CaseClosed") == {"caseId": dispute.id, "how": RULED}
    share = AMOUNT * bps // 10_000
    fee = share * 250 // 10_000
    room.market.assert_closed(
        dispute.opened,
        receipt,
        TRANCHE_RULED,
        performer=share - fee,
        checker=AMOUNT - share,
        fee=fee,
    )
    assert dispute.status == CLOSED
    assert room.credit(dispute.performer) == FEE * bps // 10_000
    assert room.credit(dispute.checker) == FEE - FEE * bps // 10_000


def test_execute_moves_the_case_on(room):
    dispute = room.dispute()
    dispute.to_ruling(7, 7, 7)
    until(dispute.deadline + 1)
    dispute.execute()
    assert room.market.status(dispute.opened) == TRANCHE_RULED


@pytest.mark.parametrize(("role", "performer"), [("performer", AMOUNT - 25_000), ("checker", 0)])
def test_execute_for_a_side_that_was_alone(room, role, performer):
    dispute = room.dispute()
    dispute.open(getattr(dispute, role))
    until(dispute.deadline + 1)
    receipt = dispute.execute()
    fee = 25_000 if performer else 0
    room.market.assert_closed(
        dispute.opened,
        receipt,
        TRANCHE_RULED,
        performer=performer,
        checker=AMOUNT - performer - fee,
        fee=fee,
    )
    assert room.credit(getattr(dispute, role)) == FEE


def test_execute_before_the_decision(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        dispute.execute()
    dispute.to_ruling(7, 7, 7)
    with reverts("Court_WrongStatus", dispute.id, APPEAL):
        dispute.execute()


def test_execute_twice(room):
    dispute = room.dispute()
    dispute.to_decision(7, 7, 7)
    dispute.execute()
    with reverts("Court_WrongStatus", dispute.id, CLOSED):
        dispute.execute()


def test_execute_another_trade(room):
    dispute, other = room.dispute(), room.dispute()
    dispute.to_decision(7, 7, 7)
    with reverts("Court_WrongTrade", other.opened.id):
        room.court.execute(dispute.id, other.opened.packed, {"from": room.stranger})


def test_execute_after_the_ruling_period(room):
    """The Escrow's default holds; jurors and deposits are as the court decided."""
    dispute = room.dispute()
    disputed_at = int(room.market.escrow.tranchesOf(dispute.opened.packed)[1][0][1])
    dispute.to_decision(9_000, 9_000, 9_000)
    last = disputed_at + RULING_PERIOD
    until(last + 1)
    with reverts("Escrow_TooLate", dispute.opened.id, 0, last):
        dispute.execute()
    assert dispute.status == DECIDED
    expire(room.market, dispute.opened)
    assert event(dispute.execute(), "CaseClosed")["how"] == SETTLED
    assert room.market.status(dispute.opened) == DEFAULTED
    assert room.credit(dispute.performer) == FEE * 9 // 10
    assert event(dispute.settle(), "RoundSettled")["paid"] == 0b111
