"""A proposal is decided by the terms of its own types, fixed when it was made."""

from typing import Any

import pytest

from tests.contracts.expect import plain, reverts
from tests.contracts.governor.conftest import (
    AGAINST,
    ANYTHING,
    ASSETS_AND_ARBITRATOR,
    DAY,
    DEFEATED,
    DELAY,
    DISPUTE_RULES,
    EXECUTED,
    EXPIRED,
    FEES,
    FLOOR,
    FOR,
    FRACTIONAL,
    GRACE,
    NOTICE,
    POINT,
    QUEUED,
    SUCCEEDED,
    TREASURY,
)
from tests.contracts.governor.typed import (
    DIFFERENT,
    allow_coin,
    set_disputes,
    set_fees,
    strictest,
)

INDEX = 2**32
TOTAL = 1_050 * POINT * INDEX
BOBS = 300 * POINT * INDEX


@pytest.fixture(scope="module")
def terms():
    return DIFFERENT


@pytest.fixture
def calls(rule_book, types, members):
    """Calls by the types they make."""
    others = DISPUTE_RULES | ASSETS_AND_ARBITRATOR
    return {
        FEES: [set_fees(rule_book)],
        DISPUTE_RULES: [set_disputes(rule_book, members.dave)],
        ASSETS_AND_ARBITRATOR: [allow_coin(rule_book)],
        others: [set_disputes(rule_book, members.alice)],
        TREASURY: [(members.stranger, b"", 1)],
        FEES | TREASURY: [set_fees(rule_book), (members.stranger, b"", 1)],
        DISPUTE_RULES | TREASURY: [
            set_disputes(rule_book, members.dave),
            (members.stranger, b"", 1),
        ],
        ANYTHING: [(members.stranger, "0x12345678")],
    }


MASKS = [1, 2, 4, 6, 8, 9, 10, 16]


def vote(governor: Any, proposal: Any, who: Any, against: int, votes_for: int) -> None:
    parts = "0x" + b"".join(n.to_bytes(16, "big") for n in (against, votes_for, 0)).hex()
    governor.castVoteWithReasonAndParams(proposal.id, FRACTIONAL, "", parts, {"from": who})


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize(("extra", "expected"), [(-1, DEFEATED), (0, SUCCEEDED)])
def test_state_around_the_quorum_of_each_type(
    drive, governor, members, calls, mask, extra, expected
):
    """In units: a share of 1,050 points, but no fewer than the floor of 200."""
    enough = max(TOTAL * strictest(mask)[0] // 10_000, FLOOR * INDEX)
    proposal = drive.active(*calls[mask])
    assert governor.proposalTerms(proposal.id)[0] == mask
    assert governor.proposalQuorum(proposal.id) == enough
    vote(governor, proposal, members.alice, 0, enough + extra)
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    assert drive.state(proposal) == expected


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize(("extra", "expected"), [(0, DEFEATED), (1, SUCCEEDED)])
def test_state_around_the_approval_of_each_type(
    drive, governor, members, calls, mask, extra, expected
):
    """Just the share is not enough: more must be for it."""
    approval = strictest(mask)[1]
    share = 445 * POINT * INDEX // approval
    votes_for, against = approval * share, (10_000 - approval) * share
    proposal = drive.active(*calls[mask])
    vote(governor, proposal, members.bob, min(against, BOBS), 0)
    vote(governor, proposal, members.alice, max(against - BOBS, 0), votes_for + extra)
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    assert drive.state(proposal) == expected


def test_state_only_abstentions(drive, governor, members, calls):
    proposal = drive.active(*calls[FEES])
    governor.castVote(proposal.id, 2, {"from": members.alice})
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    assert drive.state(proposal) == DEFEATED


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("second", [-1, 0])
def test_execute_around_the_delay_of_each_type(
    drive, governor, chain, members, calls, mask, second
):
    """The timelock's own two days are the least."""
    proposal = drive.queued(*calls[mask])
    eta = chain[-1].timestamp + max(DELAY, strictest(mask)[2])
    assert governor.proposalEta(proposal.id) == eta
    drive.next_at(eta + second)
    if second < 0:
        with reverts("MarketGovernor_NotDue", proposal.id, eta):
            governor.execute(*proposal.calls, {"from": members.bob})
        assert drive.state(proposal) == QUEUED
    elif mask != ANYTHING:
        governor.execute(*proposal.calls, {"from": members.bob})
        assert drive.state(proposal) == EXECUTED


@pytest.mark.parametrize(("second", "expected"), [(0, QUEUED), (1, EXPIRED)])
def test_state_grace_counts_from_the_longer_delay(drive, governor, calls, second, expected):
    proposal = drive.queued(*calls[TREASURY])
    assert strictest(TREASURY)[2] > DELAY
    drive.until(governor.proposalEta(proposal.id) + GRACE + second)
    assert drive.state(proposal) == expected


def test_castVote_late_weighs_the_quorum_of_the_type(drive, governor, members, calls):
    """Bob's 300 points bring the quorum of the treasury (231), not that of anything (420)."""
    for mask, extended in ((TREASURY, True), (ANYTHING, False)):
        proposal = drive.active(*calls[mask])
        drive.next_at(governor.proposalDeadline(proposal.id))
        receipt = governor.castVote(proposal.id, FOR, {"from": members.bob})
        assert ("ProposalExtended" in receipt.events) == extended


def test_quorum_is_that_of_anything(drive, governor, chain):
    """What tools show that know no types: the most that any proposal takes."""
    now = chain[-1].timestamp
    drive.until(now + 1)
    assert governor.quorum(now) == TOTAL * DIFFERENT[4][0] // 10_000


def test_proposalQuorum_before_the_snapshot(drive, governor, chain, calls):
    proposal = drive.pending(*calls[FEES])
    snapshot, now = governor.proposalSnapshot(proposal.id), chain[-1].timestamp
    with reverts("ERC5805FutureLookup", snapshot, now):
        governor.proposalQuorum(proposal.id)


@pytest.mark.parametrize("stage", ["pending", "active", "queued"])
def test_setTerms_leaves_a_proposal_alone(drive, governor, types, members, calls, stage):
    """Changed while one is pending, being voted on, or queued: it is decided as it was made."""
    change = drive.ready((types, types.setTerms.encode_input(1, (1_500, 5_500, 5 * DAY))))
    proposal = getattr(drive, stage)(*calls[FEES])
    governor.execute(*change.calls, {"from": members.stranger})
    snapshot = governor.proposalSnapshot(proposal.id)
    drive.until(snapshot + NOTICE + DAY)
    found = governor.proposalTerms(proposal.id)
    assert (found[0], plain(found[1])) == (FEES, DIFFERENT[0])


def test_setTerms_counts_from_its_notice_on(drive, governor, types, members, calls, chain):
    """By a proposal's snapshot, to the second, and for its whole life."""
    new = (1_500, 5_500, 5 * DAY)
    drive.executed((types, types.setTerms.encode_input(1, new)))
    effective = chain[-1].timestamp + NOTICE
    drive.until(effective - 2 * DAY)
    for second, expected in ((-1, DIFFERENT[0]), (0, new)):
        drive.next_at(effective - DAY + second)  # the voting delay is a day
        proposal = drive.pending(*calls[FEES])
        assert governor.proposalSnapshot(proposal.id) == effective + second
        assert plain(governor.proposalTerms(proposal.id)[1]) == expected
    drive.until(effective + 10)
    governor.castVote(proposal.id, FOR, {"from": members.alice})
    drive.until(governor.proposalDeadline(proposal.id) + 1)
    governor.queue(*proposal.calls, {"from": members.bob})
    assert governor.proposalEta(proposal.id) == chain[-1].timestamp + 5 * DAY


def test_execute_when_the_arbitrator_has_changed(drive, governor, rule_book, members, chain):
    """What kept the arbitrator when it was voted on would now bring an old one back."""
    keeps = drive.pending(set_disputes(rule_book, members.dave, 5_100))
    assert governor.proposalTerms(keeps.id)[0] == DISPUTE_RULES
    replaces = drive.pending(set_disputes(rule_book, members.alice, 5_000))
    drive.until(governor.proposalSnapshot(replaces.id) + 1)
    for proposal in (keeps, replaces):
        governor.castVote(proposal.id, FOR, {"from": members.alice})
    drive.until(governor.proposalDeadline(replaces.id) + 1)
    for proposal in (keeps, replaces):
        governor.queue(*proposal.calls, {"from": members.bob})
    drive.until(governor.proposalEta(replaces.id))
    governor.execute(*replaces.calls, {"from": members.bob})
    both = DISPUTE_RULES | ASSETS_AND_ARBITRATOR
    with reverts("MarketGovernor_TypesChanged", keeps.id, DISPUTE_RULES, both):
        governor.execute(*keeps.calls, {"from": members.bob})
    assert rule_book.disputeRules(rule_book.latestVersion())[0] == members.alice


def test_execute_when_the_arbitrator_is_the_proposed_one_already(
    drive, governor, rule_book, members
):
    """Fewer types than were voted on: nothing stands in its way."""
    first = drive.pending(set_disputes(rule_book, members.alice, 5_000))
    second = drive.pending(set_disputes(rule_book, members.alice, 5_100))
    drive.until(governor.proposalSnapshot(second.id) + 1)
    for proposal in (first, second):
        governor.castVote(proposal.id, FOR, {"from": members.alice})
    drive.until(governor.proposalDeadline(second.id) + 1)
    for proposal in (first, second):
        governor.queue(*proposal.calls, {"from": members.bob})
    drive.until(governor.proposalEta(second.id))
    for proposal in (first, second):
        governor.execute(*proposal.calls, {"from": members.bob})
        assert drive.state(proposal) == EXECUTED


def test_state_a_majority_below_the_approval(drive, governor, members, calls):
    """600 for and 400 against: enough for fees, not for the dispute rules."""
    for mask, expected in ((FEES, SUCCEEDED), (DISPUTE_RULES, DEFEATED)):
        proposal = drive.active(*calls[mask])
        governor.castVote(proposal.id, FOR, {"from": members.alice})
        for voter in (members.bob, members.carol):
            governor.castVote(proposal.id, AGAINST, {"from": voter})
        drive.until(governor.proposalDeadline(proposal.id) + 1)
        assert drive.state(proposal) == expected
