"""Staking: what is taken, what it weighs, and from when on."""

import pytest

from tests.contracts.expect import ZERO, event, plain, reverts
from tests.contracts.jurorpool.conftest import CAP, POINT, UNIT


def test_stake_is_taken_and_told(pool, people, stake):
    receipt = stake(people.alice, 10)
    assert plain(pool.stakeOf(people.alice)) == (10 * UNIT, 0, 0, 0)
    assert pool.balance() == 10 * UNIT
    told = event(receipt, "Staked")
    assert told == {"juror": people.alice.address, "amount": 10 * UNIT, "stake": 10 * UNIT}
    told = event(receipt, "WeightSet")
    assert told == {"juror": people.alice.address, "position": 0, "weight": 10, "epoch": 1}


def test_stake_adds_up(pool, people, stake):
    stake(people.alice, 10)
    receipt = stake(people.alice, 5)
    assert event(receipt, "Staked")["stake"] == 15 * UNIT
    assert pool.weightOf(people.alice) == 15
    assert pool.positionOf(people.alice) == 0


def test_stake_counts_whole_units(pool, people, stake):
    stake(people.alice, amount=2 * UNIT - 1)
    assert pool.weightOf(people.alice) == 1


def test_stake_below_a_unit_reverts(people, stake):
    with reverts("JurorPool_StakeTooSmall", UNIT - 1, UNIT):
        stake(people.alice, amount=UNIT - 1)


def test_stake_of_no_more_than_is_leaving_reverts(pool, people, stake):
    stake(people.alice, 3)
    pool.requestLeave(3 * UNIT, {"from": people.alice})
    with reverts("JurorPool_StakeTooSmall", 4 * UNIT - 1, 4 * UNIT):
        stake(people.alice, amount=UNIT - 1)
    stake(people.alice, 1)
    assert pool.weightOf(people.alice) == 1


def test_stake_beyond_the_cap_weighs_nothing(pool, people, stake):
    stake(people.alice, CAP)
    stake(people.alice, 10)
    assert pool.weightOf(people.alice) == CAP
    assert pool.stakeOf(people.alice)[0] == (CAP + 10) * UNIT


def test_stake_counts_by_the_tier(pool, people, points, stake):
    stake(people.carol, 10)
    assert pool.weightOf(people.carol) == 20
    points.set([people.carol], 1_000 * POINT, {"from": people.deployer})
    assert pool.weightOf(people.carol) == 20
    pool.refresh(people.carol, {"from": people.stranger})
    assert pool.weightOf(people.carol) == 40


def test_stake_below_the_first_tier_weighs_nothing_and_takes_no_position(
    pool, people, points, stake
):
    stake(people.dave, 10)
    assert pool.weightOf(people.dave) == 0
    with reverts("JurorPool_NoPosition", people.dave):
        pool.positionOf(people.dave)
    points.set([people.dave], 10 * POINT, {"from": people.deployer})
    pool.refresh(people.dave, {"from": people.stranger})
    assert pool.weightOf(people.dave) == 10
    assert pool.positionOf(people.dave) == 0


def test_stake_with_another_value_reverts(pool, people):
    for value in (UNIT - 1, UNIT + 1, 0):
        with reverts("JurorPool_WrongValue", value, UNIT):
            pool.stake(UNIT, {"from": people.alice, "value": value})


def test_stake_beyond_its_width_reverts(pool, people, stake):
    stake(people.alice, 1)
    with reverts("JurorPool_TooMuch", 2**96 - UNIT, 2**96 - 1 - UNIT):
        pool.stake(2**96 - UNIT, {"from": people.alice})


def test_stake_counts_from_the_next_epoch_on(pool, people, stake, next_epoch):
    """Flash stake: whatever comes in the epoch of a request is not in the weights it is drawn by.

    A request in epoch 2 is drawn from the weights at the end of epoch 1.
    """
    stake(people.alice, 1)
    first = next_epoch()
    stake(people.bob, CAP)
    assert pool.totalWeightAt(first) == 1
    for number in (0, 1, 2**256 - 1):
        assert plain(pool.draw(first, number)) == (people.alice.address, 0)
    second = next_epoch()
    assert pool.totalWeightAt(second) == 1 + CAP
    assert pool.totalWeightAt(first) == 1


def test_draw_of_the_present_epoch_reverts(pool, people, stake, next_epoch):
    stake(people.alice, 1)
    next_epoch()
    for epoch in (2, 3, 2**256 - 1):
        with reverts("JurorPool_EpochNotOver", epoch):
            pool.draw(epoch, 0)
    with reverts("JurorPool_EpochNotOver", 2):
        pool.totalWeightAt(2)
    with reverts("JurorPool_EpochNotOver", 2):
        pool.jurorAt(0, 2)


def test_draw_when_nobody_weighs_finds_nobody(pool, people, next_epoch):
    assert plain(pool.draw(0, 5)) == (ZERO, 0)
    assert pool.totalWeightAt(next_epoch()) == 0


@pytest.mark.parametrize("times", [1, 2])
def test_opting_out_and_in_is_told_and_weighs_from_the_next_epoch(pool, people, stake, times):
    stake(people.alice, 10)
    for _ in range(times):
        receipt = pool.setDrawable(False, {"from": people.alice})
    assert event(receipt, "DrawableSet") == {"juror": people.alice.address, "drawable": False}
    assert not pool.isDrawable(people.alice)
    assert pool.weightOf(people.alice) == 0
    pool.setDrawable(True, {"from": people.alice})
    assert pool.isDrawable(people.alice)
    assert pool.weightOf(people.alice) == 10


def test_refresh_frees_the_position_of_who_no_longer_weighs(pool, people, stake, next_epoch):
    stake(people.alice, 10)
    first = next_epoch()
    pool.setDrawable(False, {"from": people.alice})
    pool.refresh(people.alice, {"from": people.stranger})
    with reverts("JurorPool_NoPosition", people.alice):
        pool.positionOf(people.alice)
    stake(people.bob, 3)
    assert pool.positionOf(people.bob) == 0
    second = next_epoch()
    assert pool.jurorAt(0, first) == people.alice
    assert plain(pool.draw(first, 0)) == (people.alice.address, 0)
    assert pool.jurorAt(0, second) == people.bob
    assert plain(pool.draw(second, 0)) == (people.bob.address, 0)


def test_position_is_not_freed_while_its_juror_is_seated(pool, people, stake, seat):
    stake(people.alice, 10)
    seat(people.alice, UNIT)
    pool.setDrawable(False, {"from": people.alice})
    pool.refresh(people.alice, {"from": people.stranger})
    assert pool.positionOf(people.alice) == 0
