"""Where the units end: claims revert, and everything else goes on."""

import brownie
import pytest

from tests.contracts.expect import until
from tests.contracts.reputation.conftest import INDEX, POINT, WEEK, Tranche

MOST = 2**208 - 1  # units, of all together
WIDE = (2**96 - 1, 2**96 - 1, 10_000)


@pytest.fixture
def deploy_full(deploy):
    """A reputation that has room for so many points more."""
    return lambda room: deploy(caps=WIDE, genesis={"alice": MOST // INDEX - room})


@pytest.mark.parametrize("room", [2 * POINT, 2 * POINT - 1])
def test_horizon_is_reached_by_the_last_unit(deploy_full, people, escrow, market, room):
    reputation = deploy_full(room)
    trade = market.trade(Tranche("dave", "erin", int(reputation.start())))
    if room == 2 * POINT:
        reputation.claim(escrow, [trade])
        assert MOST - INDEX < reputation.totalUnits() <= MOST
        return
    with brownie.reverts():
        reputation.claim(escrow, [trade])
    assert reputation.unitsOf(people.dave) == 0
    assert not reputation.isClaimed(escrow, trade[3])


def test_horizon_refuses_an_allotment_beyond_it(deploy):
    with brownie.reverts():
        deploy(caps=WIDE, genesis={"alice": MOST // INDEX + 1})


def test_horizon_leaves_votes_and_delegation_alone(deploy_full, people):
    reputation = deploy_full(0)
    votes = reputation.getVotes(people.alice)
    reputation.delegate(people.bob, {"from": people.alice})
    assert reputation.getVotes(people.bob) == votes


def test_a_billion_points_last_31_years(reputation, start):
    """1e15 base units of points reach 2^208 units in week 1,640."""
    points = 10**15
    assert points * int(reputation.indexAt(start + 1_640 * WEEK)) < 2**208
    assert points * int(reputation.indexAt(start + 1_641 * WEEK)) >= 2**208
    assert 31 < 1_640 * 7 / 365.25 < 32


def test_points_can_be_read_after_a_hundred_years(reputation, people, start):
    until(start + 5_200 * WEEK)
    assert reputation.pointsOf(people.alice) == 0
    assert reputation.getVotes(people.alice) > 0
