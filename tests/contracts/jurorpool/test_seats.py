"""What listed contracts do with stakes: lock, unlock, slash, award."""

import pytest

from tests.contracts.expect import ZERO, event, plain, reverts
from tests.contracts.jurorpool.conftest import CLOSING, LISTED, NONE, UNIT


def test_lock_and_unlock_are_told(pool, people, stake, seat):
    stake(people.alice, 10)
    receipt = seat(people.alice, 4 * UNIT)
    assert receipt.return_value
    told = {"juror": people.alice.address, "by": people.court.address, "amount": 4 * UNIT}
    assert event(receipt, "StakeLocked") == told
    assert pool.stakeOf(people.alice)[1] == 4 * UNIT
    receipt = pool.unlock(people.alice, 4 * UNIT, {"from": people.court})
    assert event(receipt, "StakeUnlocked") == told
    assert pool.stakeOf(people.alice)[1] == 0


def test_lock_of_more_than_is_free_does_nothing(pool, people, stake, seat):
    stake(people.alice, 10)
    seat(people.alice, 4 * UNIT)
    receipt = seat(people.alice, 6 * UNIT + 1)
    assert not receipt.return_value
    assert not receipt.events
    assert pool.stakeOf(people.alice)[1] == 4 * UNIT
    assert seat(people.alice, 6 * UNIT).return_value


def test_lock_does_not_change_the_weight(pool, people, stake, seat):
    stake(people.alice, 10)
    assert "WeightSet" not in seat(people.alice, 4 * UNIT).events
    assert pool.weightOf(people.alice) == 10


@pytest.mark.parametrize("act", ["unlock", "slash"])
def test_unlocking_and_slashing_more_than_is_locked_reverts(pool, people, stake, seat, act):
    stake(people.alice, 10)
    seat(people.alice, 4 * UNIT)
    with reverts("JurorPool_NotLocked", people.alice, 4 * UNIT, 4 * UNIT + 1):
        getattr(pool, act)(people.alice, 4 * UNIT + 1, {"from": people.court})


def test_slash_takes_locked_stake_and_weight(pool, people, stake, seat, next_epoch):
    stake(people.alice, 10)
    first = next_epoch()
    seat(people.alice, 4 * UNIT)
    receipt = pool.slash(people.alice, 3 * UNIT, {"from": people.court})
    told = {"juror": people.alice.address, "by": people.court.address, "amount": 3 * UNIT}
    assert event(receipt, "StakeSlashed") == told
    assert plain(pool.stakeOf(people.alice))[:2] == (7 * UNIT, UNIT)
    assert pool.slashedBy(people.court) == 3 * UNIT
    assert pool.totalWeightAt(first) == 10
    assert pool.totalWeightAt(next_epoch()) == 7


def test_slash_takes_stake_that_is_leaving_too(pool, people, stake, seat):
    stake(people.alice, 10)
    pool.requestLeave(9 * UNIT, {"from": people.alice})
    seat(people.alice, 10 * UNIT)
    pool.slash(people.alice, 4 * UNIT, {"from": people.court})
    assert plain(pool.stakeOf(people.alice))[:3] == (6 * UNIT, 6 * UNIT, 6 * UNIT)
    assert pool.weightOf(people.alice) == 0


def test_slash_leaves_the_tier_as_it_was_read_last(pool, people, points, stake, seat):
    stake(people.carol, 10)
    seat(people.carol, 4 * UNIT)
    points.set([people.carol], 0, {"from": people.deployer})
    pool.slash(people.carol, UNIT, {"from": people.court})
    assert pool.weightOf(people.carol) == 18
    pool.refresh(people.carol, {"from": people.stranger})
    assert pool.weightOf(people.carol) == 0


def test_award_adds_to_a_stake_and_weighs_after_a_refresh(pool, people, stake, seat):
    stake(people.alice, 10)
    stake(people.bob, 5)
    seat(people.alice, 4 * UNIT)
    pool.slash(people.alice, 4 * UNIT, {"from": people.court})
    receipt = pool.award(people.bob, 3 * UNIT, {"from": people.court})
    told = {"juror": people.bob.address, "by": people.court.address, "amount": 3 * UNIT}
    assert event(receipt, "StakeAwarded") == told
    assert "Credited" not in receipt.events
    assert pool.stakeOf(people.bob)[0] == 8 * UNIT
    assert pool.slashedBy(people.court) == UNIT
    assert pool.weightOf(people.bob) == 5
    pool.refresh(people.bob, {"from": people.stranger})
    assert pool.weightOf(people.bob) == 8


def test_award_to_who_has_no_stake_becomes_a_credit(pool, people, stake, seat):
    stake(people.alice, 10)
    seat(people.alice, 4 * UNIT)
    pool.slash(people.alice, 4 * UNIT, {"from": people.court})
    receipt = pool.award(people.timelock, 4 * UNIT, {"from": people.court})
    assert event(receipt, "Credited") == {
        "account": people.timelock.address,
        "amount": 4 * UNIT,
    }
    assert pool.creditOf(people.timelock) == 4 * UNIT
    assert pool.stakeOf(people.timelock)[0] == 0


def test_award_of_more_than_was_slashed_reverts(pool, people, stake, seat):
    stake(people.alice, 10)
    seat(people.alice, 4 * UNIT)
    pool.slash(people.alice, 4 * UNIT, {"from": people.court})
    with reverts("JurorPool_NotSlashed", people.court, 4 * UNIT, 4 * UNIT + 1):
        pool.award(people.bob, 4 * UNIT + 1, {"from": people.court})
    with reverts("JurorPool_NotSlashed", people.seeds, 0, 1):
        pool.award(people.bob, 1, {"from": people.seeds})


def test_award_to_nobody_reverts(pool, people):
    with reverts("JurorPool_ZeroAddress"):
        pool.award(ZERO, 0, {"from": people.court})


@pytest.mark.parametrize("act", ["lock", "unlock", "slash", "award"])
def test_strangers_cannot_touch_stakes(pool, people, stake, act):
    stake(people.alice, 10)
    with reverts("JurorPool_NotListed", people.stranger):
        getattr(pool, act)(people.alice, 1, {"from": people.stranger})


@pytest.mark.parametrize("status", [NONE, CLOSING, LISTED])
def test_timelock_lists_callers_and_lets_them_finish(pool, people, stake, seat, status):
    stake(people.alice, 10)
    seat(people.alice, 4 * UNIT)
    receipt = pool.setCaller(people.court, status, {"from": people.timelock})
    assert event(receipt, "CallerSet") == {"caller": people.court.address, "status": status}
    assert pool.statusOf(people.court) == status
    if status == LISTED:
        assert seat(people.alice, 1).return_value
    else:
        with reverts("JurorPool_NotListed", people.court):
            seat(people.alice, 1)
    if status == NONE:
        with reverts("JurorPool_NotListed", people.court):
            pool.unlock(people.alice, UNIT, {"from": people.court})
        return
    pool.unlock(people.alice, UNIT, {"from": people.court})
    pool.slash(people.alice, UNIT, {"from": people.court})
    pool.award(people.bob, UNIT, {"from": people.court})


def test_only_the_timelock_lists_callers(pool, people):
    with reverts("JurorPool_NotTimelock", people.court):
        pool.setCaller(people.stranger, LISTED, {"from": people.court})
    with reverts("JurorPool_ZeroAddress"):
        pool.setCaller(ZERO, LISTED, {"from": people.timelock})
