"""Leaving: after a delay, and never with what is locked (J7)."""

import pytest

from tests.contracts.expect import event, next_at, plain, reverts
from tests.contracts.jurorpool.conftest import LEAVE, UNIT, after


def test_leaving_is_told_and_weighs_nothing_from_the_next_epoch(pool, people, stake, next_epoch):
    stake(people.alice, 10)
    first = next_epoch()
    receipt = pool.requestLeave(4 * UNIT, {"from": people.alice})
    available = receipt.timestamp + LEAVE
    told = event(receipt, "LeaveRequested")
    assert told == {
        "juror": people.alice.address,
        "amount": 4 * UNIT,
        "availableAt": available,
    }
    assert plain(pool.stakeOf(people.alice)) == (10 * UNIT, 0, 4 * UNIT, available)
    assert pool.totalWeightAt(first) == 10
    assert pool.totalWeightAt(next_epoch()) == 6


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_withdrawal_waits_for_the_delay(pool, people, stake, late):
    stake(people.alice, 10)
    available = pool.requestLeave(4 * UNIT, {"from": people.alice}).timestamp + LEAVE
    before = people.alice.balance()
    next_at(available + late)
    if late < 0:
        with reverts("JurorPool_NotAvailable", available):
            pool.withdraw({"from": people.alice})
        return
    receipt = pool.withdraw({"from": people.alice})
    assert event(receipt, "StakeWithdrawn") == {"juror": people.alice.address, "amount": 4 * UNIT}
    paid = receipt.gas_used * receipt.gas_price
    assert people.alice.balance() == before + 4 * UNIT - paid
    assert plain(pool.stakeOf(people.alice))[:3] == (6 * UNIT, 0, 0)


def test_leaving_again_replaces_what_was_asked_and_starts_anew(pool, people, stake):
    stake(people.alice, 10)
    pool.requestLeave(4 * UNIT, {"from": people.alice})
    after(LEAVE)
    available = pool.requestLeave(2 * UNIT, {"from": people.alice}).timestamp + LEAVE
    assert plain(pool.stakeOf(people.alice)) == (10 * UNIT, 0, 2 * UNIT, available)
    assert pool.weightOf(people.alice) == 8
    with reverts("JurorPool_NotAvailable", available):
        pool.withdraw({"from": people.alice})


def test_leaving_can_be_taken_back(pool, people, stake):
    stake(people.alice, 10)
    pool.requestLeave(10 * UNIT, {"from": people.alice})
    assert pool.weightOf(people.alice) == 0
    pool.requestLeave(0, {"from": people.alice})
    assert plain(pool.stakeOf(people.alice)) == (10 * UNIT, 0, 0, 0)
    assert pool.weightOf(people.alice) == 10
    with reverts("JurorPool_NothingToWithdraw", people.alice):
        pool.withdraw({"from": people.alice})


def test_leaving_with_more_than_the_stake_reverts(pool, people, stake):
    stake(people.alice, 10)
    with reverts("JurorPool_TooMuch", 10 * UNIT + 1, 10 * UNIT):
        pool.requestLeave(10 * UNIT + 1, {"from": people.alice})


def test_J7_stake_stays_while_it_is_locked(pool, people, stake, seat):
    stake(people.alice, 10)
    pool.requestLeave(10 * UNIT, {"from": people.alice})
    seat(people.alice, 4 * UNIT)
    after(LEAVE)
    assert pool.withdraw({"from": people.alice}).return_value == 6 * UNIT
    assert plain(pool.stakeOf(people.alice))[:3] == (4 * UNIT, 4 * UNIT, 4 * UNIT)
    with reverts("JurorPool_NothingToWithdraw", people.alice):
        pool.withdraw({"from": people.alice})
    pool.unlock(people.alice, 4 * UNIT, {"from": people.court})
    assert pool.withdraw({"from": people.alice}).return_value == 4 * UNIT
    assert pool.balance() == 0


def test_J7_stake_asked_back_after_the_draw_can_be_locked_until_it_is_out(
    pool, people, stake, seat, next_epoch
):
    """Who sees that it was drawn cannot run: the delay outlasts the draw."""
    stake(people.alice, 10)
    epoch = next_epoch()
    pool.requestLeave(10 * UNIT, {"from": people.alice})
    assert plain(pool.draw(epoch, 7)) == (people.alice.address, 0)
    assert seat(people.alice, 10 * UNIT).return_value
    after(LEAVE)
    with reverts("JurorPool_NothingToWithdraw", people.alice):
        pool.withdraw({"from": people.alice})


def test_withdrawing_everything_frees_the_position(pool, people, stake, next_epoch):
    stake(people.alice, 10)
    epoch = next_epoch()
    pool.requestLeave(10 * UNIT, {"from": people.alice})
    after(LEAVE)
    pool.withdraw({"from": people.alice})
    with reverts("JurorPool_NoPosition", people.alice):
        pool.positionOf(people.alice)
    assert plain(pool.draw(epoch, 3)) == (people.alice.address, 0)
    assert not pool.lock.call(people.alice, 1, {"from": people.court})


def test_who_is_locked_keeps_its_position(pool, people, stake, seat):
    """Though it weighs nothing any more."""
    stake(people.alice, 10)
    pool.requestLeave(10 * UNIT, {"from": people.alice})
    seat(people.alice, 4 * UNIT)
    after(LEAVE)
    pool.withdraw({"from": people.alice})
    pool.refresh(people.alice, {"from": people.bob})
    assert pool.positionOf(people.alice) == 0
    pool.unlock(people.alice, 4 * UNIT, {"from": people.court})
    pool.refresh(people.alice, {"from": people.bob})
    with reverts("JurorPool_NoPosition", people.alice):
        pool.positionOf(people.alice)
