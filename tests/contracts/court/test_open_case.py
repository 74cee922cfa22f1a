"""openCase

├── the trade is unknown to the Escrow → UnknownTrade
├── there is no such tranche → NotDisputed
├── the tranche is not disputed → NotDisputed
├── it has a case → CaseExists
├── the pinned rules name another arbitrator → NotArbitrator (see test_rules_change)
├── a whole case does not fit before the ruling is due → NoTimeLeft
├── the caller is neither performer nor checker → NotSide
├── more or less coin than the arbitration fee → WrongValue
└── else
    ├── either side's deposit opens the case
    └── each tranche has its own
"""

import pytest

from tests.contracts.court.world import CHECKER, DEPOSITS, FEE, JURY, PERFORMER, RULING_PERIOD
from tests.contracts.escrow.actions import in_status
from tests.contracts.escrow.market import (
    ACCEPTED,
    DISPUTED,
    OPEN,
    PERFORMED,
    bond,
    goods,
)
from tests.contracts.expect import event, next_at, now, reverts


@pytest.mark.parametrize(("role", "side"), [("performer", PERFORMER), ("checker", CHECKER)])
def test_open_case(room, role, side):
    dispute = room.dispute()
    who = getattr(dispute, role)
    receipt = dispute.open(who)
    told = event(receipt, "CaseOpened")
    assert told == {
        "caseId": dispute.id,
        "tradeId": dispute.opened.id,
        "tranche": 0,
        "performer": dispute.performer.address,
        "checker": dispute.checker.address,
        "rulesVersion": 1,
        "depositor": side,
        "deposit": FEE,
        "deadline": receipt.timestamp + JURY.deposit_period,
    }
    case = dispute.case
    assert (case["status"], case["depositor"], case["tranche"]) == (DEPOSITS, side, 0)
    assert case["performer"] == dispute.performer.address
    assert case["checker"] == dispute.checker.address
    assert (case["openedAt"], case["rulesVersion"]) == (receipt.timestamp, 1)
    assert case["deadline"] == receipt.timestamp + JURY.deposit_period
    assert room.court.balance() == FEE
    assert receipt.return_value == "0x" + dispute.id.hex()


def test_open_case_of_a_later_tranche_and_of_a_bond(room):
    """Of the bond the buyer is the performer."""
    opened = in_status(room.market, DISPUTED, goods(), bond())
    room.market.escrow.perform(opened.packed, 1, {"from": room.market.buyer.account})
    room.market.escrow.dispute(opened.packed, 1, {"from": room.market.seller.account})
    first = type(room.dispute())(room, opened, 0)
    second = type(first)(room, opened, 1)
    first.open()
    second.open()
    assert first.id != second.id
    assert second.case["performer"] == room.market.buyer.address
    assert second.case["tranche"] == 1


def test_open_case_of_an_unknown_trade(room):
    dispute = room.dispute()
    other = dispute.opened.altered(fill=7)
    with reverts(
        "Escrow_UnknownTrade",
        room.market.escrow.tradeIdOf(room.market.escrow.hashOffer(dispute.opened.offer.pack()), 7),
    ):
        room.court.openCase(other, 0, {"from": dispute.checker.account, "value": FEE})


def test_open_case_of_no_tranche(room):
    dispute = room.dispute()
    with reverts("Court_NotDisputed", dispute.opened.id, 1, 0):
        room.court.openCase(dispute.opened.packed, 1, {"from": dispute.checker.account})


@pytest.mark.parametrize("status", [OPEN, PERFORMED, ACCEPTED])
def test_open_case_without_a_dispute(room, status):
    opened = in_status(room.market, status)
    with reverts("Court_NotDisputed", opened.id, 0, status):
        room.court.openCase(opened.packed, 0, {"from": room.market.buyer.account, "value": FEE})


@pytest.mark.parametrize("role", ["performer", "checker"])
def test_open_case_twice(room, role):
    dispute = room.dispute()
    dispute.open()
    with reverts("Court_CaseExists", dispute.id):
        dispute.open(getattr(dispute, role))


@pytest.mark.parametrize("who", ["stranger", "courier", "timelock", "juror 0"])
def test_open_case_by_another(room, who):
    dispute = room.dispute()
    with reverts("Court_NotSide", room.people[who]):
        dispute.open(room.people[who])


@pytest.mark.parametrize("value", [0, FEE - 1, FEE + 1])
def test_open_case_with_another_value(room, value):
    with reverts("Court_WrongValue", value, FEE):
        room.dispute().open(value=value)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_open_case_around_the_last_second_with_time_for_all_of_it(room, second):
    """From then on: one deposit period, four panels, three appeal periods."""
    dispute = room.dispute()
    from_opening = (
        JURY.deposit_period
        + 4 * (JURY.evidence_period + 2 * JURY.commit_period + JURY.reveal_period)
        + 3 * JURY.appeal_period
    )
    assert from_opening == JURY.longest_case() - JURY.deposit_period
    last = now() + RULING_PERIOD - from_opening
    next_at(last + second)
    if second <= 0:
        dispute.open()
        return
    with reverts("Court_NoTimeLeft", dispute.id, last):
        dispute.open()
