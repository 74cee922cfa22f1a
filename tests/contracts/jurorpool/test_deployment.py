"""What a pool is deployed with, and what it refuses."""

import pytest

from tests.contracts.expect import DAY, ZERO, plain, reverts
from tests.contracts.jurorpool.conftest import CAP, EPOCH, LEAVE, LISTED, POINT, TIERS, UNIT


def test_deployment_keeps_what_it_was_given(pool, people, points):
    assert pool.asset() == ZERO
    assert (pool.stakeUnit(), pool.cap()) == (UNIT, CAP)
    assert (pool.epochLength(), pool.leaveDelay()) == (EPOCH, LEAVE)
    assert (pool.reputation(), pool.timelock()) == (points, people.timelock)
    assert plain(pool.tiers()) == TIERS
    assert pool.start() == pool.tx.timestamp
    assert pool.currentEpoch() == 1


def test_deployment_lists_the_first_callers(pool, people):
    assert pool.statusOf(people.court) == pool.statusOf(people.seeds) == LISTED
    told = [plain(dict(found)) for found in pool.tx.events["CallerSet"]]
    assert told == [
        {"caller": who.address, "status": LISTED} for who in (people.court, people.seeds)
    ]


@pytest.mark.parametrize("missing", ["reputation", "timelock"])
def test_deployment_without_an_address_reverts(JurorPool, people, setup, missing):
    with reverts("JurorPool_ZeroAddress"):
        people.deployer.deploy(JurorPool, setup(**{missing: ZERO}))


def test_deployment_with_no_caller_at_an_address_reverts(JurorPool, people, setup):
    with reverts("JurorPool_ZeroAddress"):
        people.deployer.deploy(JurorPool, setup(callers=[ZERO]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"stake_unit": 0},
        {"cap": 0},
        {"epoch_length": 0},
        {"leave_delay": EPOCH},
        {"cap": 16_384},
        {"cap": 65_535, "tiers": ((0, 1), (POINT, 2))},
    ],
)
def test_deployment_with_a_bad_number_reverts(JurorPool, people, setup, wrong):
    with reverts("JurorPool_BadSetup"):
        people.deployer.deploy(JurorPool, setup(**wrong))


@pytest.mark.parametrize(
    "edge",
    [{"cap": 16_383}, {"cap": 65_535, "tiers": ((0, 1),)}, {"leave_delay": EPOCH + 1}],
)
def test_deployment_at_the_edge_of_what_is_allowed_holds(JurorPool, people, setup, edge):
    people.deployer.deploy(JurorPool, setup(**edge))


@pytest.mark.parametrize(
    "tiers",
    [
        (),
        ((0, 1), (1, 1), (2, 1), (3, 1), (4, 1)),
        ((0, 0),),
        ((0, 5),),
        ((0, 2), (1, 1)),
        ((5, 1), (5, 2)),
        ((5, 1), (4, 2)),
    ],
)
def test_deployment_with_bad_tiers_reverts(JurorPool, people, setup, tiers):
    with reverts("JurorPool_BadTiers"):
        people.deployer.deploy(JurorPool, setup(tiers=tiers))


def test_deployment_takes_one_tier_and_four(JurorPool, people, setup):
    for tiers in (((0, 1),), ((0, 1), (1, 2), (2, 3), (2**56 - 1, 4))):
        made = people.deployer.deploy(JurorPool, setup(tiers=tiers, epoch_length=DAY))
        assert plain(made.tiers()) == tiers
