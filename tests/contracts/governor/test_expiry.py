"""What is decided and not done in time expires, for everybody (D13)."""

import pytest

from tests.contracts.expect import reverts
from tests.contracts.governor.conftest import (
    EXECUTED,
    EXPIRED,
    GRACE,
    QUEUED,
    SUCCEEDED,
    bitmap,
    salt_of,
)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_execute_around_the_end_of_grace_D13(drive, governor, members, second):
    proposal = drive.ready()
    end = governor.proposalEta(proposal.id) + GRACE
    drive.until(end + second - 1)
    drive.next_at(end + second)
    if second <= 0:
        governor.execute(*proposal.calls, {"from": members.bob})
        assert drive.state(proposal) == EXECUTED
        return
    error = ("GovernorUnexpectedProposalState", proposal.id, EXPIRED, bitmap(QUEUED))
    with reverts(*error):
        governor.execute(*proposal.calls, {"from": members.bob})


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_queue_around_the_end_of_grace_D13(drive, governor, members, second):
    """A vote won is no option to be drawn years later."""
    proposal = drive.succeeded()
    end = governor.proposalDeadline(proposal.id) + GRACE
    drive.until(end + second - 1)
    drive.next_at(end + second)
    if second <= 0:
        governor.queue(*proposal.calls, {"from": members.bob})
        assert drive.state(proposal) == QUEUED
        return
    error = ("GovernorUnexpectedProposalState", proposal.id, EXPIRED, bitmap(SUCCEEDED))
    with reverts(*error):
        governor.queue(*proposal.calls, {"from": members.bob})


@pytest.mark.parametrize(("second", "expected"), [(-1, QUEUED), (0, QUEUED), (1, EXPIRED)])
def test_state_around_the_end_of_grace_D13(drive, governor, second, expected):
    proposal = drive.ready()
    drive.until(governor.proposalEta(proposal.id) + GRACE + second)
    assert drive.state(proposal) == expected


def test_timelock_executes_nothing_expired_D13(drive, governor, timelock, members):
    """The timelock itself would still be ready; nobody but the governor may ask it."""
    proposal = drive.ready()
    salt = salt_of(governor, proposal)
    drive.until(governor.proposalEta(proposal.id) + GRACE + 1)
    operation = timelock.hashOperationBatch(*proposal.operation, salt)
    assert timelock.isOperationReady(operation)
    role = timelock.EXECUTOR_ROLE()
    assert not timelock.hasRole(role, "0x" + "00" * 20)
    for account in (members.deployer, members.alice, members.guardian, members.stranger):
        with reverts("AccessControlUnauthorizedAccount", account, role):
            timelock.executeBatch(*proposal.operation, salt, {"from": account})
    for _ in range(2):  # nor by asking again
        error = ("GovernorUnexpectedProposalState", proposal.id, EXPIRED, bitmap(QUEUED))
        with reverts(*error):
            governor.execute(*proposal.calls, {"from": members.alice})


def test_propose_what_has_expired_D13(drive, governor, members):
    """Not under the same description; under another one it is voted on anew."""
    proposal = drive.ready()
    drive.until(governor.proposalEta(proposal.id) + GRACE + 1)
    with reverts("GovernorUnexpectedProposalState", proposal.id, EXPIRED, bytes(32)):
        drive.submit(proposal)
    with reverts("GovernorUnableToCancel", proposal.id, members.alice):
        governor.cancel(*proposal.calls, {"from": members.alice})
    drive.executed()


def test_state_of_what_was_executed_in_time_D13(drive, governor, members):
    proposal = drive.ready()
    governor.execute(*proposal.calls, {"from": members.bob})
    drive.until(governor.proposalEta(proposal.id) + GRACE + 1)
    assert drive.state(proposal) == EXECUTED
