"""The delay, and that only the governor uses the timelock (D6, D7)."""

import pytest

from tests.contracts.expect import reverts
from tests.contracts.governor.conftest import (
    DAY,
    DELAY,
    EXECUTED,
    QUEUED,
    SUCCEEDED,
    bitmap,
    salt_of,
)


def test_queue_schedules_for_the_delay(drive, governor, timelock, chain):
    proposal = drive.queued()
    eta = chain[-1].timestamp + DELAY
    assert governor.proposalEta(proposal.id) == eta
    operation = timelock.hashOperationBatch(*proposal.operation, salt_of(governor, proposal))
    assert timelock.getTimestamp(operation) == eta
    assert drive.state(proposal) == QUEUED


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_execute_around_the_eta(drive, governor, members, second):
    proposal = drive.queued()
    before = members.stranger.balance()
    drive.next_at(governor.proposalEta(proposal.id) + second)
    if second < 0:
        with reverts("MarketGovernor_NotDue", proposal.id, governor.proposalEta(proposal.id)):
            governor.execute(*proposal.calls, {"from": members.bob})
        return
    receipt = governor.execute(*proposal.calls, {"from": members.bob})
    assert receipt.events["ProposalExecuted"]["proposalId"] == proposal.id
    assert members.stranger.balance() == before + 1
    assert drive.state(proposal) == EXECUTED


def test_execute_twice_D13(drive, governor, members):
    proposal = drive.ready()
    governor.execute(*proposal.calls, {"from": members.bob})
    error = ("GovernorUnexpectedProposalState", proposal.id, EXECUTED, bitmap(QUEUED))
    with reverts(*error):
        governor.execute(*proposal.calls, {"from": members.bob})


def test_execute_not_queued(drive, governor, members):
    proposal = drive.succeeded()
    error = ("GovernorUnexpectedProposalState", proposal.id, SUCCEEDED, bitmap(QUEUED))
    with reverts(*error):
        governor.execute(*proposal.calls, {"from": members.bob})


def test_queue_twice(drive, governor, members):
    proposal = drive.queued()
    error = ("GovernorUnexpectedProposalState", proposal.id, QUEUED, bitmap(SUCCEEDED))
    with reverts(*error):
        governor.queue(*proposal.calls, {"from": members.bob})


def test_timelock_direct_use_D6(drive, governor, timelock, members):
    """Whoever it is, and with a proposal that is ready."""
    proposal = drive.ready()
    salt = salt_of(governor, proposal)
    operation = timelock.hashOperationBatch(*proposal.operation, salt)
    target, empty = members.stranger, b"\0" * 32
    roles = {name: timelock.__getattribute__(name)() for name in ("PROPOSER_ROLE", "EXECUTOR_ROLE")}
    canceller = timelock.CANCELLER_ROLE()
    denied = "AccessControlUnauthorizedAccount"
    for account in (members.deployer, members.alice, members.guardian, members.stranger):
        sender = {"from": account}
        with reverts(denied, account, roles["PROPOSER_ROLE"]):
            timelock.schedule(target, 1, "0x", empty, empty, DELAY, sender)
        with reverts(denied, account, roles["PROPOSER_ROLE"]):
            timelock.scheduleBatch(*proposal.operation, empty, DELAY, sender)
        with reverts(denied, account, roles["EXECUTOR_ROLE"]):
            timelock.execute(target, 1, "0x", empty, empty, sender)
        with reverts(denied, account, roles["EXECUTOR_ROLE"]):
            timelock.executeBatch(*proposal.operation, salt, sender)
        with reverts(denied, account, canceller):
            timelock.cancel(operation, sender)
        with reverts(denied, account, timelock.DEFAULT_ADMIN_ROLE()):
            timelock.grantRole(canceller, account, sender)


def test_updateDelay_by_anyone(timelock, members):
    for account in (members.deployer, members.alice, members.guardian):
        with reverts("TimelockUnauthorizedCaller", account):
            timelock.updateDelay(DELAY, {"from": account})


@pytest.mark.parametrize("change", [2 * DAY, -DAY])
def test_updateDelay_by_a_step_D7(drive, timelock, change):
    data = timelock.updateDelay.encode_input(DELAY + change)
    receipt = drive.executed((timelock, data))
    assert receipt.events["MinDelayChange"]["oldDuration"] == DELAY
    assert receipt.events["MinDelayChange"]["newDuration"] == DELAY + change
    assert timelock.getMinDelay() == DELAY + change


@pytest.mark.parametrize("delay", [0, DAY - 1, 14 * DAY + 1, 2**256 - 1])
def test_updateDelay_out_of_bounds_D7(drive, governor, timelock, members, delay):
    proposal = drive.ready((timelock, timelock.updateDelay.encode_input(delay)))
    with reverts("MarketTimelock_OutOfBounds", delay, DAY, 14 * DAY):
        governor.execute(*proposal.calls, {"from": members.stranger})


def test_updateDelay_by_more_than_a_step_D7(drive, governor, timelock, members):
    up = drive.ready((timelock, timelock.updateDelay.encode_input(DELAY + 2 * DAY + 1)))
    with reverts("MarketTimelock_StepTooLarge", DELAY, DELAY + 2 * DAY + 1, 2 * DAY):
        governor.execute(*up.calls, {"from": members.stranger})


def test_updateDelay_down_by_more_than_a_step_D7(drive, governor, timelock, members):
    drive.executed((timelock, timelock.updateDelay.encode_input(DELAY + 2 * DAY)))
    longer = DELAY + 2 * DAY
    down = drive.ready((timelock, timelock.updateDelay.encode_input(longer - 2 * DAY - 1)))
    with reverts("MarketTimelock_StepTooLarge", longer, longer - 2 * DAY - 1, 2 * DAY):
        governor.execute(*down.calls, {"from": members.stranger})


def test_updateDelay_leaves_what_is_queued_alone(drive, governor, timelock, members):
    change = drive.ready((timelock, timelock.updateDelay.encode_input(DAY)))
    waiting = drive.queued()
    eta = governor.proposalEta(waiting.id)
    governor.execute(*change.calls, {"from": members.stranger})
    assert governor.proposalEta(waiting.id) == eta
    drive.until(eta)
    governor.execute(*waiting.calls, {"from": members.stranger})


def test_execute_reverts_as_one(drive, governor, timelock, votes, members):
    """One call that fails undoes all; the proposal stays queued."""
    mint = votes.mint.encode_input(members.stranger, 7)
    fail = timelock.updateDelay.encode_input(0)
    proposal = drive.ready((votes, mint), (timelock, fail))
    with reverts("MarketTimelock_OutOfBounds", 0, DAY, 14 * DAY):
        governor.execute(*proposal.calls, {"from": members.stranger})
    assert votes.getVotes(members.stranger) == 0
    assert drive.state(proposal) == QUEUED
