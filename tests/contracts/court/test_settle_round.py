"""settleRound

├── no case → UnknownCase
├── never asked for, at work, or ruled and the case not decided → PanelNotDone
├── settled before → AlreadySettled
├── a panel that ruled
│   ├── near the last ruling, inclusive: an equal share of the fee and of what others lose
│   ├── further: the slashed share is lost
│   ├── not revealed: the same
│   └── what cannot be shared equally goes to the treasury; so does all, where nobody is coherent
├── silent, missing: see test_no_panel; dismissed: see test_settled_by_the_parties
└── every unit of stake and coin is somebody's
"""

import pytest

from tests.contracts.court.world import (
    FEE,
    JURY,
    PERFORMER,
    SLASH,
    STAKE,
)
from tests.contracts.expect import event, reverts, until


@pytest.mark.parametrize(
    ("choices", "paid"),
    [
        ((5_000, 5_000, 5_000), 0b111),
        ((4_500, 5_000, 5_500), 0b111),  # 500 from the median, inclusive
        ((4_499, 5_000, 5_500), 0b110),
        ((4_500, 5_000, 5_501), 0b011),
        ((0, 5_000, 10_000), 0b010),
        ((5_000, 5_400, None), 0b011),
        ((5_000, 6_000, None), 0b011),  # the ruling is 5,500: both are 500 away
        ((5_000, 6_002, None), 0b000),  # 5,501: neither is near
        ((None, 10_000, 10_000), 0b110),
    ],
)
def test_settle_round(room, choices, paid):
    dispute = room.dispute()
    dispute.to_decision(*choices)
    owed = {one.address: room.credit(one) for one in room.people.values()}
    told = event(dispute.settle(), "RoundSettled")
    slashed = 0b111 ^ paid
    count, lost = bin(paid).count("1"), bin(slashed).count("1") * SLASH
    fee_share, stake_share = (FEE // count, lost // count) if count else (0, 0)
    assert told == {
        "caseId": dispute.id,
        "round": 0,
        "attempt": 0,
        "paid": paid,
        "slashed": slashed,
        "feeShare": fee_share,
        "stakeShare": stake_share,
        "slash": SLASH,
        "feeToTreasury": FEE - count * fee_share,
        "stakeToTreasury": lost - count * stake_share,
    }
    for seat, juror in enumerate(dispute.seated()):
        won = bool(paid >> seat & 1)
        assert room.stake(juror) == (STAKE + stake_share if won else STAKE - SLASH, 0)
        assert room.credit(juror) - owed[juror.address] == (fee_share if won else 0)
    treasury = room.people["treasury"]
    assert room.credit(treasury) == FEE - count * fee_share
    assert room.pool.creditOf(treasury.address) == lost - count * stake_share
    assert room.pool.slashedBy(room.court) == 0
    assert room.court.balance() == sum(room.credit(one) for one in room.people.values())


def test_all_rounds_are_measured_by_the_last_ruling(room):
    dispute = room.dispute()
    dispute.to_ruling(1_000, 1_500, 2_000)
    dispute.appeal()
    dispute.to_ruling(1_900, 1_950, 2_000, 2_000, 2_400, 2_600, 9_000)
    dispute.past()
    first = event(dispute.settle(0), "RoundSettled")
    assert first["paid"] == 0b110
    second = event(dispute.settle(1), "RoundSettled")
    assert second["paid"] == 0b0011111
    assert second["feeShare"] == 7 * JURY.juror_fee // 5
    assert second["stakeShare"] == 2 * SLASH // 5


def test_a_ruling_that_a_missing_appeal_replaced_is_still_the_measure(room):
    dispute = room.dispute()
    dispute.to_ruling(1_000, 1_500, 2_000)
    dispute.fund(PERFORMER)
    dispute.past()
    assert dispute.case["performerBps"] == 10_000
    assert event(dispute.settle(), "RoundSettled")["paid"] == 0b111


def test_settle_after_the_execution(room):
    dispute = room.dispute()
    dispute.to_decision(1, 1, 1)
    dispute.execute()
    assert event(dispute.settle(), "RoundSettled")["paid"] == 0b111


def test_settle_too_early(room):
    dispute = room.dispute()
    with reverts("Court_UnknownCase", dispute.id):
        dispute.settle()
    dispute.open()
    with reverts("Court_PanelNotDone", dispute.id, 0, 0):
        dispute.settle()
    dispute.join()
    with reverts("Court_PanelNotDone", dispute.id, 0, 0):
        dispute.settle()
    dispute.to_ruling(1, 1, 1)
    with reverts("Court_PanelNotDone", dispute.id, 0, 0):
        dispute.settle()
    dispute.past()
    dispute.settle()


def test_settle_no_panel(room):
    """Nor one by another name, as a large number would be."""
    dispute = room.dispute()
    dispute.to_decision(1, 1, 1)
    for round_, attempt in ((1, 0), (0, 1), (0, 2), (2**254, 0)):
        with reverts("Court_PanelNotDone", dispute.id, round_, attempt):
            dispute.settle(round_, attempt)


def test_settle_twice(room):
    dispute = room.dispute()
    dispute.to_decision(1, 1, 1)
    dispute.settle()
    with reverts("Court_AlreadySettled", dispute.id, 0, 0):
        dispute.settle()


def test_no_juror_loses_more_than_its_seats_J4(room):
    """Seats in two cases: each locks its own, and costs its own."""
    cases = [room.dispute() for _ in range(2)]
    for dispute in cases:
        dispute.to_evidence()
        dispute.seed()
        dispute.draw()
    first, second = ({one.address for one in dispute.seated()} for dispute in cases)
    for juror in room.jurors:
        seats = (juror.address in first) + (juror.address in second)
        assert room.stake(juror) == (STAKE, seats * JURY.seat_stake)
    for dispute in cases:
        until(dispute.deadline + JURY.commit_period + 1)
        dispute.advance()
        dispute.settle(0, 0)
    for juror in room.jurors:
        seats = (juror.address in first) + (juror.address in second)
        assert room.stake(juror) == (STAKE - seats * SLASH, 0)
