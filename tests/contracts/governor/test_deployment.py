"""What the governor and the timelock refuse to be deployed with, and the wiring (D6)."""

import pytest
from eth_utils import keccak

from tests.contracts.expect import reverts, word
from tests.contracts.governor.conftest import (
    BOUNDS,
    DAY,
    DELAY,
    FLOOR,
    GRACE,
    HOUR,
    NOTICE,
    SETTINGS,
    ZERO,
    parameters,
    types_setup,
)


@pytest.fixture
def deploy(MarketGovernor, members, votes, timelock, types, guardian_until):
    def with_(votes=votes, timelock=timelock, types=types, **changed):
        given = parameters(members.guardian, guardian_until, **changed)
        return members.deployer.deploy(MarketGovernor, votes, timelock, types, given)

    return with_


def test_constructor_keeps_what_it_is_given(
    governor, votes, timelock, types, members, guardian_until
):
    assert governor.token() == votes
    assert governor.timelock() == timelock
    assert governor.proposalTypes() == types
    assert governor.guardian() == members.guardian
    assert governor.guardianUntil() == guardian_until
    assert governor.guardianDismissed() is False
    assert governor.grace() == GRACE
    assert governor.quorumFloor() == FLOOR
    assert governor.votingDelay() == SETTINGS["votingDelay"]
    assert governor.votingPeriod() == SETTINGS["votingPeriod"]
    assert governor.proposalThresholdPoints() == SETTINGS["proposalThreshold"]
    assert governor.lateQuorumVoteExtension() == SETTINGS["lateQuorumVoteExtension"]
    assert governor.name() == "MarketGovernor"
    assert governor.CLOCK_MODE() == "mode=timestamp"
    for name, bounds in BOUNDS.items():
        assert tuple(map(int, governor.boundsOf(word(name)))) == bounds


def test_boundsOf_unknown_field(governor):
    with reverts("MarketGovernor_BadBounds", word("quorum")):
        governor.boundsOf(word("quorum"))


@pytest.mark.parametrize("name", BOUNDS)
def test_constructor_value_outside_its_bounds(deploy, name):
    first = SETTINGS[name]
    _, largest, step, _ = BOUNDS[name]
    wrong = (
        (first + 1, largest, step, 0),
        (0, first - 1, step, 0),
        (0, 2**80, step, 0),
        (0, largest, 2**80, 0),
        (0, largest, step, 1),
    )
    for bounds in wrong:
        with reverts("MarketGovernor_BadBounds", word(name)):
            deploy(**{f"{name}_bounds": bounds})
    deploy(**{f"{name}_bounds": (first, first, 0, 0)})


@pytest.mark.parametrize(("name", "key"), [("quorumFloor", "floor"), ("grace", "grace")])
def test_constructor_zero(deploy, name, key):
    with reverts("MarketGovernor_BadBounds", word(name)):
        deploy(**{key: 0})


def test_constructor_no_timelock(deploy, types):
    with reverts("MarketGovernor_UnfitTypes", types):
        deploy(timelock=ZERO)


def test_constructor_types_of_another_timelock(deploy, ProposalTypes, members, rule_book, escrow):
    setup = types_setup(members.stranger, rule_book, escrow)
    foreign = members.deployer.deploy(ProposalTypes, setup)
    with reverts("MarketGovernor_UnfitTypes", foreign):
        deploy(types=foreign)


def test_constructor_types_whose_notice_is_too_short(deploy, types):
    """New terms must come later than any snapshot of a proposal that exists."""
    longest = (HOUR, NOTICE, DAY, 0)
    with reverts("MarketGovernor_UnfitTypes", types):
        deploy(votingDelay_bounds=longest)
    deploy(votingDelay_bounds=(HOUR, NOTICE - 1, DAY, 0))


def test_constructor_votes_that_count_blocks(deploy, StubBlockVotes, members):
    with reverts("MarketGovernor_NotTimestampMode"):
        deploy(votes=members.deployer.deploy(StubBlockVotes))


@pytest.mark.parametrize(
    "bounds",
    [(0, DAY * 9, DAY, 0), (DELAY + 1, DAY * 9, DAY, 0), (1, DELAY - 1, DAY, 0), (1, DELAY, 1, 1)],
)
def test_timelock_constructor_bad_bounds(MarketTimelock, members, bounds):
    with reverts("MarketTimelock_BadBounds"):
        members.deployer.deploy(MarketTimelock, DELAY, [], [], members.deployer, bounds)


def test_timelock_delayBounds(timelock):
    assert tuple(map(int, timelock.delayBounds())) == (DAY, 14 * DAY, 2 * DAY, 0)
    assert timelock.getMinDelay() == DELAY


def test_roles_are_the_governors_alone_D6(governor, timelock, web3):
    """Held against every role ever granted, as the logs tell it, not against a list."""
    granted = web3.eth.get_logs(
        {
            "address": timelock.address,
            "fromBlock": 0,
            "topics": [keccak(text="RoleGranted(bytes32,address,address)")],
        }
    )
    ever = {(log["topics"][1].hex(), "0x" + log["topics"][2].hex()[-40:]) for log in granted}
    names = {
        "DEFAULT_ADMIN_ROLE": timelock,
        "PROPOSER_ROLE": governor,
        "CANCELLER_ROLE": governor,
        "EXECUTOR_ROLE": governor,
    }
    expected = {(bytes(getattr(timelock, n)()).hex(), a.address.lower()) for n, a in names.items()}
    held = {(role, account) for role, account in ever if timelock.hasRole("0x" + role, account)}
    assert {(role.removeprefix("0x"), account.lower()) for role, account in held} == expected
