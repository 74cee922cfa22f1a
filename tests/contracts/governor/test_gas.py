"""What members pay: `gasUsed` of whole transactions, calldata and base cost included."""

import pytest

from tests.contracts.governor.conftest import ABSTAIN, AGAINST, FOR

DESCRIPTION = "Lower the fee of gigs to one percent; see the discussion 0412"
CAST_VOTE = 85_000
PROPOSE = 90_000


@pytest.fixture(scope="module")
def votes(reputation):
    return reputation


def test_propose_gas(drive, governor, members):
    """One action, a description of about 60 characters."""
    call = governor, governor.setVotingDelay.encode_input(3600)
    proposal = drive.draft(call, description=DESCRIPTION)
    assert drive.submit(proposal).gas_used <= PROPOSE


def test_castVote_gas(drive, governor, members):
    """The first voter writes the count; later ones find it."""
    for support in (FOR, AGAINST, ABSTAIN):
        proposal = drive.active(description=f"{DESCRIPTION}, {support}")
        first = governor.castVote(proposal.id, support, {"from": members.alice})
        second = governor.castVote(proposal.id, support, {"from": members.bob})
        assert first.gas_used <= CAST_VOTE
        assert second.gas_used <= CAST_VOTE - 17_000


def test_castVote_gas_late(drive, governor, members):
    """Where a vote may extend the deadline, quorum is weighed before and after it; once quorum is
    there, only before. Each at a second of its own: what is late depends on it."""
    proposal = drive.active()
    late = governor.proposalDeadline(proposal.id) - 3600
    drive.next_at(late)
    first = governor.castVote(proposal.id, FOR, {"from": members.dave})
    drive.next_at(late + 60)
    extending = governor.castVote(proposal.id, FOR, {"from": members.alice})
    drive.next_at(late + 120)
    later = governor.castVote(proposal.id, FOR, {"from": members.bob})
    assert first.gas_used <= CAST_VOTE + 28_000
    assert extending.gas_used <= CAST_VOTE + 43_000
    assert later.gas_used <= CAST_VOTE + 10_000
