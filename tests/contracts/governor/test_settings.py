"""Settings change by vote only, within bounds and in steps, and lock nobody out (D7)."""

import brownie
import pytest

from tests.contracts.expect import reverts, word
from tests.contracts.governor.conftest import BOUNDS, DAY, SETTINGS, ZERO

SETTERS = {
    "votingDelay": "setVotingDelay",
    "votingPeriod": "setVotingPeriod",
    "proposalThreshold": "setProposalThreshold",
    "lateQuorumVoteExtension": "setLateQuorumVoteExtension",
}
GETTERS = {name: name for name in SETTERS} | {"proposalThreshold": "proposalThresholdPoints"}
EVENTS = {
    "votingDelay": ("VotingDelaySet", "oldVotingDelay", "newVotingDelay"),
    "votingPeriod": ("VotingPeriodSet", "oldVotingPeriod", "newVotingPeriod"),
    "proposalThreshold": ("ProposalThresholdSet", "oldProposalThreshold", "newProposalThreshold"),
    "lateQuorumVoteExtension": (
        "LateQuorumVoteExtensionSet",
        "oldVoteExtension",
        "newVoteExtension",
    ),
}


@pytest.fixture
def change(drive, governor):
    """Changes a setting through a proposal of its own."""

    def to(name, value):
        setter = getattr(governor, SETTERS[name])
        return drive.executed((governor, setter.encode_input(value)))

    return to


@pytest.mark.parametrize("name", SETTERS)
def test_setting_by_the_largest_step_D7(change, governor, name):
    old, step = SETTINGS[name], BOUNDS[name][2]
    receipt = change(name, old + step)
    event, before, after = EVENTS[name]
    assert receipt.events[event][before] == old
    assert receipt.events[event][after] == old + step
    assert getattr(governor, GETTERS[name])() == old + step


@pytest.mark.parametrize(
    ("name", "direction"),
    # the smallest delay is nearer than a step
    [(name, 1) for name in SETTERS] + [(name, -1) for name in SETTERS if name != "votingDelay"],
)
def test_setting_by_more_than_a_step_D7(change, governor, name, direction):
    step, old = BOUNDS[name][2], SETTINGS[name]
    new = old + direction * (step + 1)
    with reverts("MarketGovernor_StepTooLarge", word(name), old, new, step):
        change(name, new)
    assert getattr(governor, GETTERS[name])() == old


@pytest.mark.parametrize("name", SETTERS)
def test_setting_out_of_bounds_D7(drive, governor, members, name):
    """Far beyond and just beyond; below zero there is nothing."""
    smallest, largest, _, _ = BOUNDS[name]
    for value in (smallest - 1, largest + 1, 0):
        data = getattr(governor, SETTERS[name]).encode_input(value)
        proposal = drive.ready((governor, data))
        error = "MarketGovernor_OutOfBounds"
        if name == "votingPeriod" and value == 0:
            expected = reverts("GovernorInvalidVotingPeriod", 0)
        else:
            expected = reverts(error, word(name), value, smallest, largest)
        with expected:
            governor.execute(*proposal.calls, {"from": members.stranger})


def test_setting_beyond_what_the_library_allows(drive, governor, members):
    """OpenZeppelin's own limits still stand in front of the bounds."""
    extension = SETTINGS["votingPeriod"] + 1
    data = governor.setLateQuorumVoteExtension.encode_input(extension)
    proposal = drive.ready((governor, data))
    largest = SETTINGS["votingPeriod"]
    error = "GovernorPreventLateQuorumVoteExtensionTooLarge"
    with reverts(error, extension, largest):
        governor.execute(*proposal.calls, {"from": members.stranger})


def test_setting_reaches_its_smallest_value(change, governor):
    change("votingDelay", BOUNDS["votingDelay"][0])
    assert governor.votingDelay() == BOUNDS["votingDelay"][0]


def test_setting_reaches_its_largest_value_in_steps(change, governor):
    smallest, largest = BOUNDS["votingPeriod"][:2]
    for days in (7, 9, 11, 13, 14):
        change("votingPeriod", days * DAY)
    assert governor.votingPeriod() == largest == 14 * DAY
    name = word("votingPeriod")
    with reverts("MarketGovernor_OutOfBounds", name, largest + 1, smallest, largest):
        change("votingPeriod", largest + 1)


def test_setting_twice_in_one_proposal(drive, governor):
    """Two steps in one proposal are two steps: the notice is one, and both are seen."""
    data = governor.setVotingPeriod.encode_input
    drive.executed((governor, data(7 * DAY)), (governor, data(9 * DAY)))
    assert governor.votingPeriod() == 9 * DAY


@pytest.mark.parametrize("name", SETTERS)
def test_setting_by_anyone_D7(governor, members, name):
    for account in (members.stranger, members.guardian, members.alice, members.deployer):
        with reverts("GovernorOnlyExecutor", account):
            getattr(governor, SETTERS[name])(SETTINGS[name], {"from": account})


def test_setting_by_the_timelock_without_a_proposal_D7(governor, timelock, members, accounts):
    """What an extra proposer of the timelock could schedule, the governor still refuses."""
    members.stranger.transfer(governor.timelock(), 10**18)
    as_timelock = accounts.at(timelock.address, force=True)
    with brownie.reverts():
        governor.setVotingDelay(SETTINGS["votingDelay"], {"from": as_timelock})


def test_setVotingPeriod_leaves_open_votes_alone(drive, governor, members):
    change = drive.ready((governor, governor.setVotingPeriod.encode_input(6 * DAY)))
    proposal = drive.pending()
    deadline = governor.proposalDeadline(proposal.id)
    governor.execute(*change.calls, {"from": members.stranger})
    assert governor.votingPeriod() == 6 * DAY
    assert governor.proposalDeadline(proposal.id) == deadline


def test_updateTimelock_D7(drive, governor, members, timelock):
    with reverts("MarketGovernor_TimelockIsFixed"):
        governor.updateTimelock(members.stranger, {"from": members.stranger})
    proposal = drive.ready((governor, governor.updateTimelock.encode_input(members.stranger)))
    with reverts("MarketGovernor_TimelockIsFixed"):
        governor.execute(*proposal.calls, {"from": members.stranger})
    assert governor.timelock() == timelock


def test_relay(drive, governor, votes, members):
    """By vote, the governor calls anything; by nobody else, nothing."""
    mint = votes.mint.encode_input(members.stranger, 7)
    for account in (members.stranger, members.guardian, members.alice):
        with reverts("GovernorOnlyExecutor", account):
            governor.relay(votes, 0, mint, {"from": account})
    drive.executed((governor, governor.relay.encode_input(votes, 0, mint)))
    assert votes.getVotes(members.stranger) > 0


def test_relay_to_itself_D7(drive, governor, members):
    """No way around the bounds: relayed, the caller is not the timelock."""
    inner = governor.setVotingDelay.encode_input(0)
    proposal = drive.ready((governor, governor.relay.encode_input(governor, 0, inner)))
    with reverts("GovernorOnlyExecutor", governor):
        governor.execute(*proposal.calls, {"from": members.stranger})


def test_governor_takes_no_coin(governor, members):
    with reverts("GovernorDisabledDeposit"):
        members.stranger.transfer(governor, 1)


def test_supportsInterface(governor):
    assert governor.supportsInterface("0x01ffc9a7")
    assert not governor.supportsInterface("0xffffffff")
    assert (
        governor.COUNTING_MODE() == "support=bravo,fractional&quorum=for,abstain&params=fractional"
    )
    assert governor.timelock() != ZERO
