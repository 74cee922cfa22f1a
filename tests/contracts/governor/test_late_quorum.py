"""A vote that brings the quorum late leaves time to answer (D3)."""

import pytest

from tests.contracts.governor.conftest import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    DAY,
    DEFEATED,
    FOR,
    POINTS,
    SETTINGS,
    SUCCEEDED,
    TREASURY,
)

EXTENSION = SETTINGS["lateQuorumVoteExtension"]
PERIOD = SETTINGS["votingPeriod"] // 32 * 32 + TREASURY
QUORUM = 210  # points: a fifth of 1,050


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_castVote_quorum_around_the_last_extension_D3(drive, governor, members, second):
    """Reached when an extension is just what is left, quorum extends nothing."""
    proposal = drive.active()
    deadline = governor.proposalDeadline(proposal.id)
    drive.next_at(deadline - EXTENSION + second)
    receipt = governor.castVote(proposal.id, FOR, {"from": members.alice})
    assert ("ProposalExtended" in receipt.events) == (second > 0)
    assert governor.proposalDeadline(proposal.id) == deadline + max(second, 0)


def test_castVote_whale_in_the_last_second_D3(drive, governor, members):
    """The others still have two days, and win."""
    proposal = drive.active()
    deadline = governor.proposalDeadline(proposal.id)
    drive.next_at(deadline)
    receipt = governor.castVote(proposal.id, FOR, {"from": members.bob})
    event = receipt.events["ProposalExtended"]
    assert event["proposalId"] == proposal.id
    assert event["extendedDeadline"] == deadline + EXTENSION
    drive.next_at(deadline + EXTENSION)
    receipt = governor.castVote(proposal.id, AGAINST, {"from": members.alice})
    assert "ProposalExtended" not in receipt.events
    assert governor.proposalDeadline(proposal.id) == deadline + EXTENSION
    assert drive.state(proposal) == ACTIVE
    drive.until(deadline + EXTENSION + 1)
    assert drive.state(proposal) == DEFEATED


def test_castVote_late_after_an_early_quorum_D3(drive, governor, members):
    """A quorum reached in time gives nobody a way to draw the vote out."""
    proposal = drive.active()
    deadline = governor.proposalDeadline(proposal.id)
    governor.castVote(proposal.id, FOR, {"from": members.alice})
    for late, voter in ((EXTENSION // 2, members.bob), (0, members.carol)):
        drive.next_at(deadline - late)
        receipt = governor.castVote(proposal.id, AGAINST, {"from": voter})
        assert "ProposalExtended" not in receipt.events
    drive.until(deadline + 1)
    assert drive.state(proposal) == SUCCEEDED


def test_castVote_late_against_brings_no_quorum_D3(drive, governor, members):
    proposal = drive.active()
    deadline = governor.proposalDeadline(proposal.id)
    drive.next_at(deadline)
    governor.castVote(proposal.id, AGAINST, {"from": members.alice})
    assert governor.proposalDeadline(proposal.id) == deadline


def test_setLateQuorumVoteExtension_during_a_vote_D3(drive, governor, members):
    """A longer extension holds for open votes too; a quorum reached before it stays reached."""
    early, open_ = drive.draft(), drive.draft()
    longer = governor.setLateQuorumVoteExtension.encode_input(EXTENSION + DAY)
    change = drive.queued((governor, longer))
    eta = governor.proposalEta(change.id)
    drive.until(eta - 2 * DAY + 100)
    drive.submit(early)
    drive.submit(open_)
    drive.until(governor.proposalSnapshot(open_.id) + 1)
    governor.castVote(early.id, FOR, {"from": members.alice})
    drive.until(eta + 1)
    governor.execute(*change.calls, {"from": members.stranger})
    for proposal, expected in ((early, 0), (open_, DAY // 2)):
        deadline = governor.proposalDeadline(proposal.id)
        drive.next_at(deadline - EXTENSION - DAY // 2 + (60 if proposal is open_ else 0))
        receipt = governor.castVote(proposal.id, FOR, {"from": members.bob})
        assert ("ProposalExtended" in receipt.events) == (expected > 0)


SEQUENCES = [
    [("dave", FOR, 10), ("carol", ABSTAIN, PERIOD - DAY), ("bob", FOR, PERIOD - 5)],
    [("bob", AGAINST, 5), ("carol", FOR, PERIOD - 9), ("alice", FOR, PERIOD - 3)],
    [("dave", FOR, PERIOD - 99), ("alice", ABSTAIN, PERIOD - 50), ("bob", FOR, PERIOD + DAY)],
    [("alice", FOR, PERIOD - EXTENSION), ("bob", FOR, PERIOD - 5), ("carol", FOR, PERIOD - 1)],
    [("bob", ABSTAIN, PERIOD - EXTENSION + 9), ("alice", FOR, PERIOD + 9)],
    [("carol", FOR, 1), ("dave", FOR, PERIOD - 60), ("alice", AGAINST, PERIOD - 2)],
    [("carol", FOR, 100), ("dave", FOR, 200), ("bob", ABSTAIN, 300), ("alice", FOR, PERIOD)],
]


@pytest.mark.parametrize("ballots", SEQUENCES)
def test_proposalDeadline_follows_the_plain_rule_D3(drive, governor, members, ballots):
    """Weighed at every vote, the first to bring the quorum gives at least an extension."""
    proposal = drive.active()
    snapshot = governor.proposalSnapshot(proposal.id)
    expected, reached, counted = snapshot + PERIOD, False, 0
    for voter, support, after in ballots:
        drive.next_at(snapshot + after + 1)
        now = snapshot + after + 1
        if now > expected:
            break
        governor.castVote(proposal.id, support, {"from": getattr(members, voter)})
        counted += POINTS[voter] if support != AGAINST else 0
        if counted >= QUORUM and not reached:
            reached, expected = True, max(expected, now + EXTENSION)
        assert governor.proposalDeadline(proposal.id) == expected
