"""strike (J10)

├── no case → UnknownCase
├── neither evidence nor commit period → WrongStatus
├── the seat is empty, void already, or there is none → WrongSeat
├── the trade proves no conflict (see test_conflicts)
└── else: the stake is unlocked
    ├── in the evidence period: the seat is drawn again, the juror never
    └── in the commit period: the seat is void, its commitment too
"""

import pytest

from tests.contracts.court.striking import strike, trade_between
from tests.contracts.court.world import (
    COMMIT,
    DECIDED,
    DENOUNCED,
    DEPOSITS,
    EMPTY,
    EVIDENCE,
    FEE,
    JURY,
    REVEAL,
    SALT,
    SEATED,
    STAKE,
    STRUCK,
)
from tests.contracts.expect import event, next_at, reverts


def test_strike_in_the_evidence_period_J10(room, dispute, conflicts):
    juror = dispute.seated()[1]
    receipt = strike(dispute, 1, conflicts[juror.address])
    assert event(receipt, "JurorStruck") == {
        "caseId": dispute.id,
        "juror": juror.address,
        "round": 0,
        "seat": 1,
        "tradeId": conflicts[juror.address].id,
    }
    assert room.stake(juror) == (STAKE, 0)
    panel, seats = dispute.panel()
    assert (panel["seated"], seats[1]["state"]) == (2, EMPTY)
    drawn = event(dispute.draw(), "JurorDrawn")
    assert drawn["seat"] == 1
    assert len({one.address for one in dispute.seated()}) == 3
    assert juror not in dispute.seated()


def test_a_struck_juror_is_not_drawn_again_J10(room, dispute, conflicts):
    """Though nearly all that is left weighs nothing."""
    juror = dispute.seated()[0]
    for _ in range(6):
        seat = next(i for i, one in enumerate(dispute.panel()[1]) if one["state"] == SEATED)
        struck = dispute.seated()[seat]
        strike(dispute, seat, conflicts[struck.address])
        dispute.draw()
        assert juror not in dispute.seated()


def test_strike_by_a_trade_with_the_checker_J10(room, jurors):
    """The juror sold to the buyer, who is the checker."""
    trades = {one.address: trade_between(room, one, room.people["buyer"]) for one in jurors}
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    dispute.draw()
    strike(dispute, 0, trades[dispute.seated()[0].address])
    assert dispute.panel()[1][0]["state"] == EMPTY


def test_strike_in_the_commit_period(room, dispute, conflicts):
    juror = dispute.seated()[2]
    dispute.past()
    assert dispute.status == COMMIT
    strike(dispute, 2, conflicts[juror.address])
    assert room.stake(juror) == (STAKE, 0)
    panel, seats = dispute.panel()
    assert (panel["seated"], panel["voids"], seats[2]["state"]) == (3, 1, STRUCK)
    with reverts("Court_WrongSeat", 2, STRUCK):
        room.court.commit(dispute.id, 2, SALT, {"from": juror.account})
    dispute.commit(0, 1_000)
    dispute.commit(1, 3_000)
    assert dispute.status == REVEAL  # nobody is left to wait for
    dispute.reveal(0, 1_000)
    dispute.reveal(1, 3_000)
    assert dispute.case["performerBps"] == 2_000


def test_strike_of_one_who_has_committed_J10(room, dispute, conflicts):
    dispute.past()
    dispute.commit(1, 5_000)
    strike(dispute, 1, conflicts[dispute.seated()[1].address])
    panel, seats = dispute.panel()
    assert (panel["commits"], panel["voids"], seats[1]["state"]) == (0, 1, STRUCK)
    with reverts("Court_WrongSeat", 1, STRUCK):
        room.court.denounce(dispute.id, 1, 5_000, SALT, {"from": room.stranger})


def test_strike_of_the_last_who_is_waited_for(room, dispute, conflicts):
    dispute.past()
    dispute.commit(0, 5_000)
    dispute.commit(1, 5_000)
    receipt = strike(dispute, 2, conflicts[dispute.seated()[2].address])
    assert dispute.status == REVEAL
    assert dispute.deadline == receipt.timestamp + JURY.reveal_period


def test_strike_of_all_fails_the_panel(room, dispute, conflicts):
    """Too few can reveal: another is drawn."""
    dispute.past()
    for seat, juror in enumerate(dispute.seated()):
        strike(dispute, seat, conflicts[juror.address])
    assert dispute.status == EVIDENCE
    dispute.attempt = 1
    assert dispute.panel()[0]["requestId"] == 2


def test_strike_twice(room, dispute, conflicts):
    juror = dispute.seated()[0]
    strike(dispute, 0, conflicts[juror.address])
    with reverts("Court_WrongSeat", 0, EMPTY):
        strike(dispute, 0, conflicts[juror.address])
    dispute.draw()
    dispute.past()
    juror = dispute.seated()[0]
    strike(dispute, 0, conflicts[juror.address])
    with reverts("Court_WrongSeat", 0, STRUCK):
        strike(dispute, 0, conflicts[juror.address])


@pytest.mark.parametrize("seat", [3, 15, 16, 31, 32, 2**255])
def test_strike_of_no_seat(room, dispute, conflicts, seat):
    with reverts("Court_WrongSeat", seat, EMPTY):
        strike(dispute, seat, next(iter(conflicts.values())))


def test_strike_of_a_denounced_seat(room, dispute, conflicts):
    dispute.past()
    dispute.commit(0, 7)
    room.court.denounce(dispute.id, 0, 7, SALT, {"from": room.stranger})
    with reverts("Court_WrongSeat", 0, DENOUNCED):
        strike(dispute, 0, conflicts[dispute.seated()[0].address])


def test_strike_without_a_panel_at_work(room, conflicts, jurors):
    trade = conflicts[jurors[0].address]
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        strike(dispute, 0, trade)
    dispute.open()
    with reverts("Court_WrongStatus", dispute.id, DEPOSITS):
        strike(dispute, 0, trade)
    dispute.join()
    dispute.to_reveal(0, 0, 0)
    with reverts("Court_WrongStatus", dispute.id, REVEAL):
        strike(dispute, 0, trade)


@pytest.mark.parametrize("second", [0, 1])
def test_strike_around_the_end_of_the_commit_period(room, dispute, conflicts, second):
    dispute.past()
    for seat in (0, 1):
        dispute.commit(seat, 0)
    next_at(dispute.deadline + second)
    trade = conflicts[dispute.seated()[2].address]
    if not second:
        strike(dispute, 2, trade)
        return
    with reverts("Court_WrongStatus", dispute.id, REVEAL):
        strike(dispute, 2, trade)


def test_strike_when_decided(room, conflicts, jurors):
    dispute = room.dispute()
    dispute.open()
    dispute.past()
    assert room.credit(dispute.checker) == FEE
    with reverts("Court_WrongStatus", dispute.id, DECIDED):
        strike(dispute, 0, conflicts[jurors[0].address])
