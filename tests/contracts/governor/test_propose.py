"""Who may propose, and what a proposal commits to (D1, D2, D9)."""

import pytest
from eth_utils import keccak

from tests.contracts.expect import reverts
from tests.contracts.governor.conftest import (
    ACTIVE,
    ANYTHING,
    DAY,
    EXECUTED,
    PENDING,
    POINT,
    SETTINGS,
    parameters,
)

INDEX = 2**32
THRESHOLD = SETTINGS["proposalThreshold"]


def test_propose_emits_every_call(drive, governor, members, votes, chain):
    """D9: the log, not the description, is what a wallet shows."""
    mint = votes.mint.encode_input(members.stranger, 10**9)
    proposal = drive.draft((votes, mint), description="Thank the cleaners")
    receipt = drive.submit(proposal)
    event = receipt.events["ProposalCreated"]
    start = chain[-1].timestamp + SETTINGS["votingDelay"]
    assert event["proposalId"] == proposal.id
    assert event["proposer"] == members.alice
    assert event["targets"] == (votes.address,)
    assert list(map(int, event["values"])) == [0]
    assert [str(data) for data in event["calldatas"]] == [mint]
    assert event["description"] == "Thank the cleaners"
    assert event["voteStart"] == start == governor.proposalSnapshot(proposal.id)
    assert event["voteEnd"] == start + SETTINGS["votingPeriod"] // 32 * 32 + ANYTHING
    assert governor.proposalDeadline(proposal.id) == event["voteEnd"]
    assert drive.state(proposal) == PENDING


def test_execute_other_calls_under_the_same_description_D9(drive, governor, members, votes):
    proposal = drive.ready(description="Thank the cleaners")
    mint = votes.mint.encode_input(members.stranger, 10**9)
    hostile = drive.draft((votes, mint), description="Thank the cleaners")
    with reverts("GovernorNonexistentProposal", hostile.id):
        governor.execute(*hostile.calls, {"from": members.stranger})
    for calls in (
        ([members.bob], *proposal.calls[1:]),
        (proposal.targets, [2], *proposal.calls[2:]),
        (*proposal.calls[:3], keccak(text="Thank the cleaners!")),
    ):
        with reverts("GovernorNonexistentProposal", governor.hashProposal(*calls)):
            governor.execute(*calls, {"from": members.stranger})
    governor.execute(*proposal.calls, {"from": members.stranger})
    assert drive.state(proposal) == EXECUTED


def test_propose_exactly_at_the_threshold(drive, members):
    drive.submit(drive.draft(), members.carol)


def test_propose_one_unit_below_the_threshold(drive, governor, members):
    needed = THRESHOLD * INDEX
    assert governor.proposalThreshold() == needed
    below = drive.draft()
    with reverts("GovernorInsufficientProposerVotes", members.dave, 50 * POINT * INDEX, needed):
        drive.submit(below, members.dave)
    with reverts("GovernorInsufficientProposerVotes", members.stranger, 0, needed):
        drive.submit(below, members.stranger)


def test_propose_one_base_unit_of_points_below(drive, votes, members):
    votes.mint(members.stranger, THRESHOLD - 1, {"from": members.deployer})
    drive.settle()
    needed = THRESHOLD * INDEX
    with reverts("GovernorInsufficientProposerVotes", members.stranger, needed - INDEX, needed):
        drive.submit(drive.draft(), members.stranger)
    votes.mint(members.stranger, 1, {"from": members.deployer})
    drive.settle()
    drive.submit(drive.draft(), members.stranger)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_propose_when_the_index_steps(drive, governor, votes, members, second):
    """Units stay, the threshold in units follows the index of the second before."""
    step = votes.start() + 91 * DAY
    proposal = drive.draft()
    drive.until(step + second - 1)
    drive.next_at(step + second)
    if second <= 0:
        drive.submit(proposal, members.carol)
        assert governor.proposalThreshold() == THRESHOLD * INDEX
    else:
        held, needed = THRESHOLD * INDEX, THRESHOLD * INDEX * 2
        with reverts("GovernorInsufficientProposerVotes", members.carol, held, needed):
            drive.submit(proposal, members.carol)


def test_propose_with_votes_delegated_in_the_same_block_D1(drive, votes, members, web3):
    """Borrowed for one block, votes weigh nothing: the second before is what counts."""
    proposal = drive.draft()
    web3.provider.make_request("evm_setAutomine", [False])
    try:
        pending = {"required_confs": 0, "gas_limit": 500_000}
        lent = votes.delegate(members.stranger, {"from": members.alice, **pending})
        proposed = drive.governor.propose(
            proposal.targets,
            proposal.values,
            proposal.calldatas,
            proposal.description,
            {"from": members.stranger, **pending},
        )
        web3.provider.make_request("evm_mine", [])
    finally:
        web3.provider.make_request("evm_setAutomine", [True])
    lent.wait(1)
    proposed.wait(1)
    assert lent.block_number == proposed.block_number
    assert lent.status == 1
    assert proposed.status == 0
    drive.settle()
    drive.submit(proposal, members.stranger)


def test_propose_twice(drive, members):
    proposal = drive.pending()
    with reverts("GovernorUnexpectedProposalState", proposal.id, PENDING, bytes(32)):
        drive.submit(proposal, members.bob)
    drive.until(drive.governor.proposalSnapshot(proposal.id) + 1)
    with reverts("GovernorUnexpectedProposalState", proposal.id, ACTIVE, bytes(32)):
        drive.submit(proposal, members.alice)


@pytest.mark.parametrize("lengths", [(0, 0, 0), (1, 0, 1), (1, 1, 0), (2, 1, 1)])
def test_propose_lengths_differ(governor, members, lengths):
    targets, values, calldatas = lengths
    with reverts("GovernorInvalidProposalLength", targets, calldatas, values):
        governor.propose(
            [members.stranger] * targets,
            [1] * values,
            ["0x"] * calldatas,
            "Uneven",
            {"from": members.alice},
        )


def test_propose_copied_without_a_suffix_D2(drive, governor, members):
    """What the suffix is for: without it, a copy from the mempool comes first and cancels."""
    proposal = drive.draft()
    drive.submit(proposal, members.bob)
    governor.cancel(*proposal.calls, {"from": members.bob})
    with reverts("GovernorUnexpectedProposalState", proposal.id, 2, bytes(32)):
        drive.submit(proposal, members.alice)


def test_propose_copied_with_a_suffix_D2(drive, governor, members):
    proposal = drive.draft(description=f"Pay#proposer={members.alice.address}")
    with reverts("GovernorRestrictedProposer", members.bob):
        drive.submit(proposal, members.bob)
    drive.submit(proposal, members.alice)
    with reverts("GovernorUnableToCancel", proposal.id, members.bob):
        governor.cancel(*proposal.calls, {"from": members.bob})
    assert governor.proposalProposer(proposal.id) == members.alice


def test_propose_suffix_in_lower_case_D2(drive, members):
    proposal = drive.draft(description=f"Pay#proposer={members.alice.address.lower()}")
    with reverts("GovernorRestrictedProposer", members.bob):
        drive.submit(proposal, members.bob)
    drive.submit(proposal, members.alice)


def test_cancel_by_the_proposer_while_pending(drive, governor, members):
    proposal = drive.pending()
    drive.next_at(governor.proposalSnapshot(proposal.id))
    receipt = governor.cancel(*proposal.calls, {"from": members.alice})
    assert receipt.events["ProposalCanceled"]["proposalId"] == proposal.id


def test_cancel_by_the_proposer_once_active(drive, governor, members):
    proposal = drive.pending()
    drive.next_at(governor.proposalSnapshot(proposal.id) + 1)
    with reverts("GovernorUnableToCancel", proposal.id, members.alice):
        governor.cancel(*proposal.calls, {"from": members.alice})


def test_propose_without_anybody_holding_votes(
    MarketGovernor, StubVotes, members, timelock, types, guardian_until, drive
):
    """A market that has faded away has a threshold and a quorum that nobody meets."""
    empty = members.deployer.deploy(StubVotes)
    governor = members.deployer.deploy(
        MarketGovernor, empty, timelock, types, parameters(members.guardian, guardian_until)
    )
    drive.settle()
    with reverts("GovernorInsufficientProposerVotes", members.alice, 0, THRESHOLD * INDEX):
        governor.propose([members.alice], [1], ["0x"], "Mine", {"from": members.alice})
