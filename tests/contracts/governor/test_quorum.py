"""How much must vote, and that it is never nothing (D4)."""

import pytest

from tests.contracts.expect import reverts
from tests.contracts.governor.conftest import (
    ABSTAIN,
    DAY,
    DEFEATED,
    FLOOR,
    FOR,
    FRACTIONAL,
    POINT,
    SUCCEEDED,
    bitmap,
    parameters,
)

INDEX = 2**32
QUORUM = 210 * POINT * INDEX  # a fifth of 1,050 points


def test_quorum_is_a_fraction_of_past_units(drive, governor, votes, members, chain):
    now = chain[-1].timestamp
    votes.mint(members.stranger, 1000 * POINT, {"from": members.deployer})
    later = chain[-1].timestamp
    drive.until(later + 1)
    assert governor.quorum(now - 1) == QUORUM
    assert governor.quorum(later) == QUORUM + 200 * POINT * INDEX


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_quorum_floor_when_votes_have_faded_D4(drive, governor, votes, second):
    """At twice the index the same units are half the points, and the floor is higher."""
    step = votes.start() + 91 * DAY
    drive.until(step + 2)
    expected = QUORUM if second < 0 else FLOOR * INDEX * 2
    assert governor.quorum(step + second) == expected


def test_quorum_without_any_votes_D4(
    MarketGovernor, StubVotes, members, timelock, types, guardian_until, chain
):
    empty = members.deployer.deploy(StubVotes)
    governor = members.deployer.deploy(
        MarketGovernor,
        empty,
        timelock,
        types,
        parameters(members.guardian, guardian_until, floor=1),
    )
    now = chain[-1].timestamp + 1
    chain.mine(timestamp=now + 1)
    assert governor.quorum(now) == INDEX


@pytest.mark.parametrize(("extra", "expected"), [(-1, DEFEATED), (0, SUCCEEDED), (1, SUCCEEDED)])
def test_state_around_the_quorum_D4(drive, governor, members, extra, expected):
    proposal = drive.active()
    units = (0).to_bytes(16, "big") + (QUORUM + extra).to_bytes(16, "big") + bytes(16)
    governor.castVoteWithReasonAndParams(
        proposal.id, FRACTIONAL, "", "0x" + units.hex(), {"from": members.alice}
    )
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    assert drive.state(proposal) == expected


def test_state_abstentions_count_for_the_quorum(drive, governor, members):
    proposal = drive.active()
    governor.castVote(proposal.id, FOR, {"from": members.dave})
    governor.castVote(proposal.id, ABSTAIN, {"from": members.bob})
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    assert drive.state(proposal) == SUCCEEDED


def test_queue_low_turnout_grab_of_the_treasury_D4(drive, governor, timelock, members):
    """Unopposed, with 150 of 1,050 points, nothing is taken."""
    proposal = drive.active()
    governor.castVote(proposal.id, FOR, {"from": members.carol})
    governor.castVote(proposal.id, FOR, {"from": members.dave})
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    error = ("GovernorUnexpectedProposalState", proposal.id, DEFEATED, bitmap(SUCCEEDED))
    with reverts(*error):
        governor.queue(*proposal.calls, {"from": members.carol})
    assert timelock.balance() == 10**18
