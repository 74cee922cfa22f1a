"""What reputation is deployed with, and what it refuses."""

import pytest

from tests.contracts.expect import ZERO, event, plain, reverts
from tests.contracts.reputation.conftest import CAPS, GENESIS, INDEX, PER_ACCOUNT, POINT


def test_deployment_allots_to_the_genesis_members(reputation, people):
    for name, points in GENESIS.items():
        account = getattr(people, name)
        assert reputation.unitsOf(account) == points * INDEX
        assert reputation.pointsOf(account) == points
        assert reputation.heldOf(account) == 0
    assert reputation.totalUnits() == 1_000 * POINT * INDEX


def test_deployment_makes_genesis_members_their_own_delegates(reputation, people):
    for name, points in GENESIS.items():
        account = getattr(people, name)
        assert reputation.delegates(account) == account
        assert reputation.getVotes(account) == points * INDEX


def test_deployment_tells_of_every_allotment_and_escrow(reputation, people, escrow):
    events = reputation.tx.events
    assert [plain(dict(found)) for found in events["GenesisAllotted"]] == [
        {
            "account": getattr(people, name).address,
            "points": points,
            "units": points * INDEX,
        }
        for name, points in GENESIS.items()
    ]
    assert event(reputation.tx, "EscrowListed") == {"escrow": escrow.address, "listed": True}
    assert "ReputationMinted" not in events


def test_deployment_fixes_what_no_vote_changes(reputation, people, book):
    assert reputation.timelock() == people.timelock
    assert reputation.ruleBook() == book
    assert plain(reputation.caps()) == CAPS
    assert reputation.start() == reputation.tx.timestamp


def test_deployment_gives_the_deployer_nothing(reputation, people, escrow):
    assert reputation.unitsOf(people.deployer) == 0
    with reverts("Reputation_NotTimelock", people.deployer):
        reputation.setEscrow(escrow, False, {"from": people.deployer})


def test_deployment_without_escrows_lists_none(deploy, escrow):
    assert not deploy(escrows=[]).isListed(escrow)


def test_deployment_adds_up_what_one_account_is_allotted_twice(deploy, people):
    made = deploy(accounts=[people.alice, people.bob, people.alice], points=[1, 2, 3])
    assert made.unitsOf(people.alice) == made.getVotes(people.alice) == 4 * INDEX
    assert made.totalUnits() == 6 * INDEX


@pytest.mark.parametrize(
    "zero",
    [{"timelock": ZERO}, {"book": ZERO}, {"escrows": [ZERO]}, {"genesis": {ZERO: 1}}],
    ids=str,
)
def test_deployment_refuses_a_zero_address(deploy, zero):
    with reverts("Reputation_ZeroAddress"):
        deploy(**zero)


@pytest.mark.parametrize("points", [[], [1, 2]], ids=len)
def test_deployment_refuses_accounts_without_points(deploy, people, points):
    with reverts("Reputation_LengthMismatch", 1, len(points)):
        deploy(accounts=[people.alice], points=points)


@pytest.mark.parametrize("genesis", [{}, {"alice": 0}], ids=len)
def test_deployment_refuses_to_begin_with_nothing(deploy, genesis):
    with reverts("Reputation_NoGenesis"):
        deploy(genesis=genesis)


@pytest.mark.parametrize(
    "caps",
    [
        (0, PER_ACCOUNT, 1_000),
        (0, 0, 1_000),
        (PER_ACCOUNT + 1, PER_ACCOUNT, 1_000),
        (1, PER_ACCOUNT, 0),
        (1, PER_ACCOUNT, 10_001),
    ],
    ids=str,
)
def test_deployment_refuses_caps_that_make_no_sense(deploy, caps):
    with reverts("Reputation_BadCaps"):
        deploy(caps=caps)


@pytest.mark.parametrize("caps", [(1, 1, 1), (2**96 - 1, 2**96 - 1, 10_000)], ids=str)
def test_deployment_takes_caps_at_their_limits(deploy, caps):
    assert plain(deploy(caps=caps).caps()) == caps
