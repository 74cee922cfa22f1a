"""Tokens and coin as they have been seen to behave."""

import pytest
from brownie import web3

from tests.contracts.expect import ZERO, event, reverts
from tests.contracts.jurorpool.conftest import COIN, LEAVE, POINT, UNIT, after

TAKE, REFUSE = 0, 1
MOVE, FEE = 0, 1
TRUE, NOTHING, FALSE = 0, 1, 2


@pytest.fixture(scope="module")
def token(StubOddToken, people):
    made = people.deployer.deploy(StubOddToken)
    for who in (people.alice, people.bob):
        made.mint(who, 100 * UNIT, {"from": people.deployer})
    return made


@pytest.fixture(scope="module")
def staked_in_tokens(JurorPool, people, setup, token):
    made = people.deployer.deploy(JurorPool, setup(asset=token))
    for who in (people.alice, people.bob):
        token.approve(made, 2**256 - 1, {"from": who})
    return made


@pytest.fixture
def wallet(StubPayee, people, points, pool):
    """A contract that stakes for Alice."""
    made = people.alice.deploy(StubPayee, people.alice)
    points.set([made], 10 * POINT, {"from": people.deployer})
    web3.provider.make_request("anvil_impersonateAccount", [made.address])
    people.stranger.transfer(made, COIN + 10 * UNIT)
    pool.stake(10 * UNIT, {"from": made.address, "value": 10 * UNIT})
    return made


def test_tokens_are_staked_and_paid_back(staked_in_tokens, people, token):
    pool = staked_in_tokens
    pool.stake(10 * UNIT, {"from": people.alice})
    assert token.balanceOf(pool) == 10 * UNIT
    pool.requestLeave(10 * UNIT, {"from": people.alice})
    after(LEAVE)
    pool.withdraw({"from": people.alice})
    assert token.balanceOf(people.alice) == 100 * UNIT


def test_tokens_that_return_nothing_work(staked_in_tokens, people, token):
    pool = staked_in_tokens
    token.setAnswer(NOTHING, {"from": people.deployer})
    pool.stake(10 * UNIT, {"from": people.alice})
    pool.requestLeave(10 * UNIT, {"from": people.alice})
    after(LEAVE)
    pool.withdraw({"from": people.alice})
    assert token.balanceOf(people.alice) == 100 * UNIT


def test_tokens_that_take_a_fee_are_refused(staked_in_tokens, people, token):
    token.setAct(FEE, {"from": people.deployer})
    with reverts("JurorPool_ReceivedLess", 10 * UNIT * 99 // 100, 10 * UNIT):
        staked_in_tokens.stake(10 * UNIT, {"from": people.alice})


def test_coin_sent_along_with_tokens_reverts(staked_in_tokens, people):
    with reverts("JurorPool_WrongValue", 1, 0):
        staked_in_tokens.stake(10 * UNIT, {"from": people.alice, "value": 1})


def test_token_that_refuses_leaves_a_credit(staked_in_tokens, people, token):
    pool = staked_in_tokens
    pool.stake(10 * UNIT, {"from": people.alice})
    pool.requestLeave(10 * UNIT, {"from": people.alice})
    after(LEAVE)
    token.setDenied(people.alice, True, {"from": people.deployer})
    receipt = pool.withdraw({"from": people.alice})
    assert event(receipt, "Credited") == {
        "account": people.alice.address,
        "amount": 10 * UNIT,
    }
    with reverts("JurorPool_PayoutFailed", people.alice):
        pool.withdrawCredit(people.alice, people.alice, {"from": people.stranger})
    assert pool.creditOf(people.alice) == 10 * UNIT
    receipt = pool.withdrawCredit(people.alice, people.bob, {"from": people.alice})
    assert event(receipt, "CreditWithdrawn") == {
        "account": people.alice.address,
        "to": people.bob.address,
        "amount": 10 * UNIT,
    }
    assert token.balanceOf(people.bob) == 110 * UNIT


def test_wallet_that_refuses_coin_gets_a_credit(pool, people, wallet):
    me = {"from": wallet.address}
    pool.requestLeave(10 * UNIT, me)
    after(LEAVE)
    wallet.setMood(REFUSE, {"from": people.alice})
    pool.withdraw(me)
    assert pool.creditOf(wallet) == 10 * UNIT
    with reverts("JurorPool_PayoutFailed", wallet):
        pool.withdrawCredit(wallet, wallet, {"from": people.stranger})
    wallet.setMood(TAKE, {"from": people.alice})
    before = wallet.balance()
    pool.withdrawCredit(wallet, wallet, {"from": people.stranger})
    assert wallet.balance() == before + 10 * UNIT
    assert pool.balance() == 0


@pytest.mark.parametrize("again", ["withdraw", "withdrawCredit", "stake"])
def test_wallet_cannot_come_back_while_it_is_paid(pool, people, wallet, stake, again):
    stake(people.bob, 10)
    me = {"from": wallet.address}
    pool.requestLeave(10 * UNIT, me)
    after(LEAVE)
    inputs = {
        "withdraw": pool.withdraw.encode_input(),
        "withdrawCredit": pool.withdrawCredit.encode_input(wallet, wallet),
        "stake": pool.stake.encode_input(0),
    }
    wallet.setCall(pool, inputs[again], {"from": people.alice})
    receipt = pool.withdraw(me)
    reacted = event(receipt, "Reacted")
    assert not reacted["success"]
    assert pool.balance() == 10 * UNIT == pool.stakeOf(people.bob)[0]


def test_credit_goes_elsewhere_by_its_owner_only(pool, people, stake, seat):
    stake(people.alice, 10)
    seat(people.alice, UNIT)
    pool.slash(people.alice, UNIT, {"from": people.court})
    pool.award(people.timelock, UNIT, {"from": people.court})
    with reverts("JurorPool_NotOwner", people.timelock):
        pool.withdrawCredit(people.timelock, people.stranger, {"from": people.stranger})
    with reverts("JurorPool_ZeroAddress"):
        pool.withdrawCredit(people.timelock, ZERO, {"from": people.timelock})
    pool.withdrawCredit(people.timelock, people.stranger, {"from": people.timelock})
    with reverts("JurorPool_NoCredit", people.timelock):
        pool.withdrawCredit(people.timelock, people.timelock, {"from": people.stranger})


def test_award_beyond_the_width_of_a_stake_becomes_a_credit(JurorPool, people, setup, token):
    pool = people.deployer.deploy(JurorPool, setup(asset=token))
    for who in (people.alice, people.bob):
        token.mint(who, 2**96, {"from": people.deployer})
        token.approve(pool, 2**256 - 1, {"from": who})
        pool.stake(2**96 - 1, {"from": who})
    pool.lock(people.alice, 5, {"from": people.court})
    pool.slash(people.alice, 5, {"from": people.court})
    pool.award(people.bob, 5, {"from": people.court})
    assert pool.creditOf(people.bob) == 5
    assert pool.stakeOf(people.bob)[0] == 2**96 - 1
