"""When and with what weight one votes (D1), whole or in parts."""

import pytest

from tests.contracts.expect import reverts
from tests.contracts.governor.conftest import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    DEFEATED,
    FOR,
    FRACTIONAL,
    PENDING,
    POINT,
    SUCCEEDED,
    bitmap,
)

INDEX = 2**32


def parts(against: int, for_: int, abstain: int) -> str:
    """Units per choice, as fractional votes carry them."""
    return "0x" + b"".join(n.to_bytes(16, "big") for n in (against, for_, abstain)).hex()


def points(number: int) -> int:
    return number * POINT * INDEX


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_castVote_around_the_snapshot(drive, governor, members, second):
    proposal = drive.pending()
    drive.next_at(governor.proposalSnapshot(proposal.id) + second)
    if second > 0:
        governor.castVote(proposal.id, FOR, {"from": members.bob})
        return
    error = ("GovernorUnexpectedProposalState", proposal.id, PENDING, bitmap(ACTIVE))
    with reverts(*error):
        governor.castVote(proposal.id, FOR, {"from": members.bob})


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_castVote_around_the_deadline(drive, governor, members, second):
    proposal = drive.active()
    drive.next_at(governor.proposalDeadline(proposal.id) + second)
    if second <= 0:
        governor.castVote(proposal.id, FOR, {"from": members.dave})
        return
    error = ("GovernorUnexpectedProposalState", proposal.id, DEFEATED, bitmap(ACTIVE))
    with reverts(*error):
        governor.castVote(proposal.id, FOR, {"from": members.dave})


def test_castVote_unknown_proposal(governor, members):
    with reverts("GovernorNonexistentProposal", 7):
        governor.castVote(7, FOR, {"from": members.alice})


def test_castVote_counts_each_choice(drive, governor, members):
    proposal = drive.active()
    receipt = governor.castVote(proposal.id, AGAINST, {"from": members.carol})
    assert dict(receipt.events["VoteCast"]) == {
        "voter": members.carol,
        "proposalId": proposal.id,
        "support": AGAINST,
        "weight": points(100),
        "reason": "",
    }
    governor.castVoteWithReason(proposal.id, FOR, "needed", {"from": members.alice})
    governor.castVote(proposal.id, ABSTAIN, {"from": members.bob})
    counted = tuple(map(int, governor.proposalVotes(proposal.id)))
    assert counted == (points(100), points(600), points(300))
    assert governor.hasVoted(proposal.id, members.alice)
    assert not governor.hasVoted(proposal.id, members.dave)


def test_castVote_twice(drive, governor, members):
    proposal = drive.active()
    governor.castVote(proposal.id, FOR, {"from": members.bob})
    with reverts("GovernorAlreadyCastVote", members.bob):
        governor.castVote(proposal.id, AGAINST, {"from": members.bob})


def test_castVote_without_votes(drive, governor, members):
    proposal = drive.active()
    with reverts("GovernorAlreadyCastVote", members.stranger):
        governor.castVote(proposal.id, FOR, {"from": members.stranger})


@pytest.mark.parametrize("support", [3, 254])
def test_castVote_no_such_choice(drive, governor, members, support):
    proposal = drive.active()
    with reverts("GovernorInvalidVoteType"):
        governor.castVote(proposal.id, support, {"from": members.bob})


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_castVote_votes_earned_around_the_snapshot_D1(drive, governor, votes, members, second):
    """Earned up to and in the snapshot's second, they count; a second later, they do not."""
    proposal = drive.pending()
    snapshot = governor.proposalSnapshot(proposal.id)
    drive.until(snapshot - 10)
    drive.next_at(snapshot + second)
    votes.mint(members.stranger, 5 * POINT, {"from": members.deployer})
    drive.until(snapshot + 2)
    if second <= 0:
        governor.castVote(proposal.id, FOR, {"from": members.stranger})
        assert governor.proposalVotes(proposal.id)[1] == points(5)
    else:
        with reverts("GovernorAlreadyCastVote", members.stranger):
            governor.castVote(proposal.id, FOR, {"from": members.stranger})


def test_castVote_votes_moved_after_the_snapshot_D1(drive, governor, votes, members):
    """Voted once by their holder, they are not voted again by whom they are lent to."""
    proposal = drive.active()
    governor.castVote(proposal.id, FOR, {"from": members.alice})
    votes.delegate(members.stranger, {"from": members.alice})
    assert votes.getVotes(members.stranger) == points(600)
    with reverts("GovernorAlreadyCastVote", members.stranger):
        governor.castVote(proposal.id, FOR, {"from": members.stranger})
    assert governor.proposalVotes(proposal.id)[1] == points(600)


def test_castVote_fractional(drive, governor, members):
    proposal = drive.active()
    sender = {"from": members.alice}
    first = parts(points(100), points(200), points(50))
    receipt = governor.castVoteWithReasonAndParams(proposal.id, FRACTIONAL, "", first, sender)
    assert receipt.events["VoteCastWithParams"]["weight"] == points(350)
    assert governor.usedVotes(proposal.id, members.alice) == points(350)
    too_much = parts(0, points(250) + 1, 0)
    error = ("GovernorExceedRemainingWeight", members.alice, points(250) + 1, points(250))
    with reverts(*error):
        governor.castVoteWithReasonAndParams(proposal.id, FRACTIONAL, "", too_much, sender)
    governor.castVote(proposal.id, AGAINST, sender)
    counted = tuple(map(int, governor.proposalVotes(proposal.id)))
    assert counted == (points(350), points(200), points(50))
    with reverts("GovernorAlreadyCastVote", members.alice):
        governor.castVote(proposal.id, FOR, sender)


@pytest.mark.parametrize(
    ("support", "params"),
    [(FRACTIONAL, "0x" + "00" * 47), (FRACTIONAL, "0x" + "00" * 49), (FOR, "0x01")],
)
def test_castVote_wrong_params(drive, governor, members, support, params):
    proposal = drive.active()
    with reverts("GovernorInvalidVoteParams"):
        governor.castVoteWithReasonAndParams(
            proposal.id, support, "", params, {"from": members.alice}
        )


@pytest.mark.parametrize(("extra", "expected"), [(-1, DEFEATED), (0, DEFEATED), (1, SUCCEEDED)])
def test_state_for_against_against(drive, governor, members, extra, expected):
    """A tie is a defeat; one unit more is not."""
    proposal = drive.active()
    governor.castVote(proposal.id, AGAINST, {"from": members.bob})
    in_favour = parts(0, points(300) + extra, 0)
    governor.castVoteWithReasonAndParams(
        proposal.id, FRACTIONAL, "", in_favour, {"from": members.alice}
    )
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    assert drive.state(proposal) == expected
