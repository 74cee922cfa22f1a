"""The governor on the real reputation, whose index grows every week (D1, D4, D11)."""

import pytest

from tests.contracts.expect import reverts
from tests.contracts.governor.conftest import (
    DAY,
    DEFEATED,
    EXECUTED,
    FLOOR,
    FOR,
    POINT,
    SETTINGS,
    SUCCEEDED,
    TERMS,
)

WEEK = 7 * DAY
THRESHOLD = SETTINGS["proposalThreshold"]


@pytest.fixture(scope="module")
def votes(reputation):
    return reputation


def test_execute_after_a_whole_life(drive, members):
    proposal = drive.ready()
    before = members.stranger.balance()
    drive.governor.execute(*proposal.calls, {"from": members.bob})
    assert members.stranger.balance() == before + 1
    assert drive.state(proposal) == EXECUTED


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_propose_when_a_week_ends_D11(drive, governor, votes, members, second):
    """A hundred points of the first week are fewer in the second, and no longer enough."""
    week = votes.start() + WEEK
    held = 100 * POINT * 2**32
    proposal = drive.draft()
    drive.until(week + second - 1)
    drive.next_at(week + second)
    if second <= 0:
        drive.submit(proposal, members.carol)
    else:
        needed = THRESHOLD * votes.indexAt(week)
        assert held < needed < held * 106 // 100
        with reverts("GovernorInsufficientProposerVotes", members.carol, held, needed):
            drive.submit(proposal, members.carol)
        drive.submit(proposal, members.bob)


@pytest.mark.parametrize("weeks", [0, 1, 13, 26])
def test_quorum_floor_over_the_weeks_D4(drive, governor, votes, weeks):
    """A fifth of 1,050 faded points, or 200 points of that week."""
    time = votes.start() + weeks * WEEK + DAY
    drive.until(time + 1)
    fraction = votes.getPastTotalSupply(time) * TERMS[0][0] // 10_000
    floor = FLOOR * votes.indexAt(time)
    assert governor.quorum(time) == max(fraction, floor)
    assert (floor > fraction) == (weeks > 0)


@pytest.mark.parametrize(("weeks", "expected"), [(13, SUCCEEDED), (14, DEFEATED)])
def test_state_by_the_same_voter_as_the_votes_fade_D4(drive, governor, members, weeks, expected):
    """400 points of the first week are 200 in the 14th, just the floor, and fewer after it."""
    drive.until(drive.chain[-1].timestamp + weeks * WEEK)
    proposal = drive.active()
    governor.castVote(proposal.id, FOR, {"from": members.bob})
    governor.castVote(proposal.id, FOR, {"from": members.carol})
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    assert drive.state(proposal) == expected


def test_castVote_lent_after_the_snapshot_D1(drive, governor, votes, members):
    proposal = drive.active()
    governor.castVote(proposal.id, FOR, {"from": members.alice})
    votes.delegate(members.stranger, {"from": members.alice})
    with reverts("GovernorAlreadyCastVote", members.stranger):
        governor.castVote(proposal.id, FOR, {"from": members.stranger})
    assert governor.proposalVotes(proposal.id)[1] == 600 * POINT * 2**32


def test_setEscrow_by_vote(drive, votes, members):
    """What members vote on reaches the other contracts through the timelock."""
    drive.executed((votes, votes.setEscrow.encode_input(members.stranger, True)))
    assert votes.isListed(members.stranger)
