"""The guardian cancels for a time, unless members dismiss it (D12)."""

import pytest

from tests.contracts.expect import reverts
from tests.contracts.governor.conftest import CANCELED, DAY, EXPIRED, GRACE, SETTINGS, bitmap

STAGES = ["pending", "active", "succeeded", "queued", "ready"]
# from proposing to this stage, with time to spare
AGE = {"pending": 0, "active": DAY, "succeeded": 6 * DAY, "queued": 6 * DAY, "ready": 8 * DAY}


@pytest.fixture
def dismissal(governor):
    """The call that dismisses the guardian."""
    return governor, governor.dismissGuardian.encode_input()


@pytest.mark.parametrize("stage", STAGES)
def test_cancel_by_the_guardian(drive, governor, timelock, members, stage):
    proposal = getattr(drive, stage)()
    receipt = governor.cancel(*proposal.calls, {"from": members.guardian})
    assert receipt.events["ProposalCanceled"]["proposalId"] == proposal.id
    assert drive.state(proposal) == CANCELED
    if stage in ("queued", "ready"):
        assert "Cancelled" in receipt.events
    with reverts("GovernorUnableToCancel", proposal.id, members.guardian):
        governor.cancel(*proposal.calls, {"from": members.guardian})
    drive.until(governor.proposalSnapshot(proposal.id) + 30 * DAY)
    error = ("GovernorUnexpectedProposalState", proposal.id, CANCELED, bitmap(5))
    with reverts(*error):
        governor.execute(*proposal.calls, {"from": members.stranger})


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("second", [-1, 0, 1])
def test_cancel_around_the_guardians_last_second_D12(
    drive, governor, members, guardian_until, stage, second
):
    drive.until(guardian_until - AGE[stage] - DAY // 2)
    proposal = getattr(drive, stage)()
    drive.next_at(guardian_until + second)
    if second <= 0:
        governor.cancel(*proposal.calls, {"from": members.guardian})
        assert drive.state(proposal) == CANCELED
    else:
        before = drive.state(proposal)
        with reverts("GovernorUnableToCancel", proposal.id, members.guardian):
            governor.cancel(*proposal.calls, {"from": members.guardian})
        assert drive.state(proposal) == before


def test_cancel_by_the_guardian_what_is_over(drive, governor, members):
    defeated, executed = drive.active(), drive.ready()
    governor.execute(*executed.calls, {"from": members.stranger})
    expired = drive.ready()
    drive.until(governor.proposalEta(expired.id) + GRACE + 1)
    assert drive.state(expired) == EXPIRED
    for proposal in (defeated, executed, expired):
        with reverts("GovernorUnableToCancel", proposal.id, members.guardian):
            governor.cancel(*proposal.calls, {"from": members.guardian})


def test_cancel_by_anyone_else(drive, governor, members):
    proposal = drive.queued()
    for account in (members.alice, members.bob, members.stranger, members.deployer):
        with reverts("GovernorUnableToCancel", proposal.id, account):
            governor.cancel(*proposal.calls, {"from": account})


def test_cancel_unknown_proposal(drive, governor, members):
    proposal = drive.draft()
    with reverts("GovernorNonexistentProposal", proposal.id):
        governor.cancel(*proposal.calls, {"from": members.guardian})


def test_guardian_can_do_nothing_else_D12(drive, governor, members, dismissal):
    sender = {"from": members.guardian}
    with reverts("GovernorOnlyExecutor", members.guardian):
        governor.dismissGuardian(sender)
    needed = SETTINGS["proposalThreshold"] * 2**32
    with reverts("GovernorInsufficientProposerVotes", members.guardian, 0, needed):
        drive.submit(drive.draft(), members.guardian)


@pytest.mark.parametrize("stage", STAGES)
def test_cancel_the_dismissal_by_the_guardian_D12(drive, governor, members, dismissal, stage):
    proposal = getattr(drive, stage)(dismissal)
    before = drive.state(proposal)
    with reverts("MarketGovernor_DismissalIsProtected", proposal.id):
        governor.cancel(*proposal.calls, {"from": members.guardian})
    assert drive.state(proposal) == before


def test_cancel_the_dismissal_by_its_proposer(drive, governor, members, dismissal):
    proposal = drive.pending(dismissal)
    governor.cancel(*proposal.calls, {"from": members.alice})
    assert drive.state(proposal) == CANCELED


@pytest.mark.parametrize("first", [True, False])
def test_cancel_what_hides_behind_a_dismissal_D9(drive, governor, votes, members, dismissal, first):
    """Protected is the dismissal alone, not what is put beside it."""
    hostile = votes, votes.mint.encode_input(members.stranger, 10**9)
    proposal = drive.pending(*((dismissal, hostile) if first else (hostile, dismissal)))
    governor.cancel(*proposal.calls, {"from": members.guardian})
    assert drive.state(proposal) == CANCELED


def test_cancel_a_dismissal_elsewhere(drive, governor, votes, members, dismissal):
    """The same call to another contract is no dismissal."""
    proposal = drive.pending((votes, dismissal[1]))
    governor.cancel(*proposal.calls, {"from": members.guardian})
    assert drive.state(proposal) == CANCELED


def test_dismissGuardian(drive, governor, members, dismissal):
    receipt = drive.executed(dismissal)
    assert receipt.events["GuardianDismissed"]["guardian"] == members.guardian
    assert governor.guardianDismissed() is True
    proposal = drive.pending()
    with reverts("GovernorUnableToCancel", proposal.id, members.guardian):
        governor.cancel(*proposal.calls, {"from": members.guardian})


def test_dismissGuardian_twice(drive, governor, members, dismissal):
    drive.executed(dismissal)
    proposal = drive.ready(dismissal)
    with reverts("MarketGovernor_AlreadyDismissed"):
        governor.execute(*proposal.calls, {"from": members.stranger})


def test_dismissGuardian_by_anyone(governor, members):
    for account in (members.stranger, members.alice, members.deployer):
        with reverts("GovernorOnlyExecutor", account):
            governor.dismissGuardian({"from": account})
