"""The list of escrows whose trades earn reputation."""

import pytest

from tests.contracts.expect import ZERO, event, reverts
from tests.contracts.reputation.conftest import POINT, Tranche


@pytest.fixture
def set_escrow(reputation, people):
    return lambda escrow, listed: reputation.setEscrow(escrow, listed, {"from": people.timelock})


def test_set_escrow_takes_an_escrow_off_and_on(
    reputation, escrow, set_escrow, market, claim, units, start
):
    trade = market.trade(Tranche("dave", "erin", start))
    receipt = set_escrow(escrow, False)
    assert event(receipt, "EscrowListed") == {"escrow": escrow.address, "listed": False}
    assert not reputation.isListed(escrow)
    with reverts("Reputation_EscrowNotListed", escrow):
        claim(trade)

    receipt = set_escrow(escrow, True)
    assert event(receipt, "EscrowListed") == {"escrow": escrow.address, "listed": True}
    claim(trade)
    assert units("dave") > 0


def test_set_escrow_keeps_what_was_earned(
    reputation, people, escrow, set_escrow, market, claim, start
):
    claim(market.trade(Tranche("dave", "erin", start)))
    set_escrow(escrow, False)
    assert reputation.pointsOf(people.dave) == POINT


def test_set_escrow_lists_a_further_escrow_with_trades_of_its_own(
    reputation, people, escrow, set_escrow, market, claim, StubEscrow, start
):
    trade = market.trade(Tranche("dave", "erin", start))
    claim(trade)
    other = people.deployer.deploy(StubEscrow)
    set_escrow(other, True)
    other.set(trade[3], [(4, start, 0, 0, 0, 2 * POINT)])
    assert not reputation.isClaimed(other, trade[3])
    reputation.claim(other, [trade])
    assert reputation.isClaimed(other, trade[3])
    assert reputation.pointsOf(people.dave) == 2 * POINT


@pytest.mark.parametrize("who", ["deployer", "guardian", "stranger", "alice"])
def test_set_escrow_is_for_the_timelock(reputation, people, escrow, who):
    account = getattr(people, who)
    with reverts("Reputation_NotTimelock", account):
        reputation.setEscrow(escrow, False, {"from": account})


def test_set_escrow_refuses_the_zero_address(set_escrow):
    with reverts("Reputation_ZeroAddress"):
        set_escrow(ZERO, True)
