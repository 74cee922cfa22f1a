"""What a BondedSeed is deployed with, and what it refuses."""

import pytest

from tests.contracts.expect import ZERO, reverts
from tests.contracts.seed.conftest import (
    BOND,
    COMMIT,
    DEPTH,
    EPOCH,
    GIVERS,
    LEAVE,
    REVEAL,
)


def test_deployment_keeps_what_it_was_given(seeds, pool, people):
    assert (seeds.pool(), seeds.treasury()) == (pool, people.treasury)
    assert (seeds.giversPerRound(), seeds.bond(), seeds.depth()) == (GIVERS, BOND, DEPTH)
    assert (seeds.commitPeriod(), seeds.revealPeriod()) == (COMMIT, REVEAL)
    assert seeds.currentRound() == 0


@pytest.mark.parametrize("missing", ["pool", "treasury"])
def test_deployment_without_an_address_reverts(BondedSeed, people, setup, empty_pool, missing):
    with reverts("BondedSeed_ZeroAddress"):
        people.deployer.deploy(BondedSeed, setup(**({"pool": empty_pool} | {missing: ZERO})))


@pytest.mark.parametrize(
    "wrong",
    [
        {"givers": 0},
        {"givers": 6},
        {"bond": 0},
        {"commit_period": 0},
        {"reveal_period": 0},
        {"depth": 0},
        {"depth": 201},
    ],
)
def test_deployment_with_a_bad_number_reverts(BondedSeed, people, setup, empty_pool, wrong):
    with reverts("BondedSeed_BadSetup"):
        people.deployer.deploy(BondedSeed, setup(empty_pool, **wrong))


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_deployment_needs_a_pool_that_nobody_leaves_within_a_round(
    BondedSeed, people, setup, empty_pool, late
):
    commit = LEAVE - EPOCH - REVEAL + late
    if late < 0:
        people.deployer.deploy(BondedSeed, setup(empty_pool, commit_period=commit))
        return
    with reverts("BondedSeed_LeaveTooSoon", LEAVE, LEAVE + late):
        people.deployer.deploy(BondedSeed, setup(empty_pool, commit_period=commit))
