"""reveal (J3, J5)

├── no reveal period: early or late → WrongStatus
├── the seat has not committed, has revealed, or is none → WrongSeat
├── another choice, another salt → WrongOpening
├── a choice above 10,000 → BadSplit
└── else, by anybody
    ├── the last one ends the period, and the panel rules
    └── the ruling is the median; of an even number, the mean of the middle two, rounded down (J5)
"""

from itertools import permutations

import pytest

from tests.contracts.court.world import (
    APPEAL,
    COMMIT,
    COMMITTED,
    EMPTY,
    JURY,
    PANEL_RULED,
    REVEAL,
    REVEALED,
    SALT,
    SEATED,
)
from tests.contracts.expect import event, next_at, reverts


@pytest.fixture
def dispute(room):
    """Choices of 1,000, 2,000 and 4,001, committed."""
    made = room.dispute()
    made.to_reveal(1_000, 2_000, 4_001)
    return made


def test_reveal(room, dispute):
    receipt = dispute.reveal(1, 2_000)
    assert event(receipt, "VoteRevealed") == {
        "caseId": dispute.id,
        "juror": dispute.seated()[1].address,
        "round": 0,
        "seat": 1,
        "performerBps": 2_000,
        "salt": SALT,
    }
    panel, seats = dispute.panel()
    assert (panel["reveals"], seats[1]["state"], seats[1]["performerBps"]) == (1, REVEALED, 2_000)
    assert bytes(seats[1]["commitment"]) == bytes(32)


def test_reveal_by_another(room, dispute):
    receipt = room.court.reveal(dispute.id, 0, 1_000, SALT, {"from": room.stranger})
    assert event(receipt, "VoteRevealed")["juror"] == dispute.seated()[0].address


def test_the_last_reveal_makes_the_panel_rule(room, dispute):
    for seat, bps in ((2, 4_001), (0, 1_000)):
        dispute.reveal(seat, bps)
        assert dispute.status == REVEAL
    receipt = dispute.reveal(1, 2_000)
    assert event(receipt, "PanelRuled") == {
        "caseId": dispute.id,
        "round": 0,
        "performerBps": 2_000,
        "reveals": 3,
    }
    assert dispute.status == APPEAL
    assert dispute.deadline == receipt.timestamp + JURY.appeal_period
    assert dispute.case["performerBps"] == 2_000
    panel, _ = dispute.panel()
    assert (panel["state"], panel["performerBps"]) == (PANEL_RULED, 2_000)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_the_median_of_two_J5(room, dispute, missing):
    """Middle two of 1,000, 2,000 and 4,001 less one."""
    choices = {0: 1_000, 1: 2_000, 2: 4_001}
    del choices[missing]
    for seat, bps in choices.items():
        dispute.reveal(seat, bps)
    dispute.past()
    assert dispute.case["performerBps"] == {0: 3_000, 1: 2_500, 2: 1_500}[missing]


@pytest.mark.parametrize("choices", list(permutations((0, 4_999, 10_000))))
def test_the_median_in_any_order_J5(room, choices):
    dispute = room.dispute()
    dispute.to_ruling(*choices)
    assert dispute.case["performerBps"] == 4_999


@pytest.mark.parametrize(
    ("choices", "median"), [((7, 7, 9_000), 7), ((0, 0, 0), 0), ((10_000, 0, 10_000), 10_000)]
)
def test_ties_J5(room, choices, median):
    dispute = room.dispute()
    dispute.to_ruling(*choices)
    assert dispute.case["performerBps"] == median


def test_the_median_of_seven_J5(room):
    dispute = room.dispute()
    dispute.to_ruling(0, 0, 0)
    dispute.appeal()
    dispute.to_ruling(9, 10_000, 3, 5_000, 4, 9_999, 10)
    assert dispute.case["performerBps"] == 10


def test_early_reveal_J3(room):
    dispute = room.dispute()
    dispute.to_commit()
    dispute.commit(0, 0)
    with reverts("Court_WrongStatus", dispute.id, COMMIT):
        dispute.reveal(0, 0)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_late_reveal_J3(room, dispute, second):
    dispute.reveal(0, 1_000)
    dispute.reveal(1, 2_000)
    next_at(dispute.deadline + second)
    if second <= 0:
        dispute.reveal(2, 4_001)
        return
    with reverts("Court_WrongStatus", dispute.id, APPEAL):
        dispute.reveal(2, 4_001)


def test_reveal_around_the_end_of_the_commit_period(room):
    dispute = room.dispute()
    dispute.to_commit()
    dispute.commit(0, 0)
    dispute.commit(1, 0)
    last = dispute.deadline
    next_at(last)
    with reverts("Court_WrongStatus", dispute.id, COMMIT):
        dispute.reveal(0, 0)
    next_at(last + 1)
    dispute.reveal(0, 0)
    assert dispute.deadline == last + JURY.reveal_period


def test_double_reveal_J3(room, dispute):
    dispute.reveal(0, 1_000)
    with reverts("Court_WrongSeat", 0, REVEALED):
        dispute.reveal(0, 1_000)
    with reverts("Court_WrongSeat", 0, REVEALED):
        dispute.reveal(0, 10_000)


def test_reveal_of_another_choice_or_salt_J3(room, dispute):
    with reverts("Court_WrongOpening", 0):
        dispute.reveal(0, 1_001)
    with reverts("Court_WrongOpening", 0):
        dispute.reveal(0, 1_000, bytes(32))
    with reverts("Court_WrongOpening", 0):
        dispute.reveal(0, 2_000)


def test_reveal_of_nothing(room):
    dispute = room.dispute()
    dispute.to_reveal(1, 1, None)
    with reverts("Court_WrongSeat", 2, SEATED):
        dispute.reveal(2, 1)
    with reverts("Court_WrongSeat", 3, EMPTY):
        room.court.reveal(dispute.id, 3, 1, SALT, {"from": room.stranger})
    assert dispute.panel()[1][0]["state"] == COMMITTED


@pytest.mark.parametrize("bps", [10_001, 2**16, 2**256 - 1])
def test_reveal_of_more_than_all(room, bps):
    dispute = room.dispute()
    dispute.to_reveal(bps, 0, 0)
    with reverts("Court_BadSplit", bps):
        dispute.reveal(0, bps)


def test_reveal_in_no_case(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        room.court.reveal(dispute.id, 0, 0, SALT, {"from": room.stranger})
