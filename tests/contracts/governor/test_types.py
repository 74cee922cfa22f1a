"""What a proposal is about: each type, each mixture, and what is made to look like another."""

from itertools import combinations

import pytest
from eth_utils import keccak

from tests.contracts.expect import plain, reverts
from tests.contracts.governor.conftest import (
    ANYTHING,
    ASSETS_AND_ARBITRATOR,
    DISPUTE_RULES,
    FEES,
    SETTINGS,
    TREASURY,
)
from tests.contracts.governor.typed import (
    DIFFERENT,
    allow_coin,
    set_disputes,
    set_fees,
    strictest,
)
from tests.contracts.rulebook.conftest import with_jury

TO_ANYONE = "0x" + "00" * 12 + "77" * 20 + "00" * 31 + "05"
TRANSFER = "0x" + keccak(text="transfer(address,uint256)")[:4].hex() + TO_ANYONE[2:]
APPROVE = "0x" + keccak(text="approve(address,uint256)")[:4].hex() + TO_ANYONE[2:]


@pytest.fixture(scope="module")
def terms():
    return DIFFERENT


@pytest.fixture
def calls(rule_book, escrow, timelock, governor, members, votes):
    """A call of each type, and what it is."""
    withdraw = escrow.withdraw.encode_input(timelock, members.stranger, timelock)
    return {
        FEES: set_fees(rule_book),
        DISPUTE_RULES: set_disputes(rule_book, members.dave),
        ASSETS_AND_ARBITRATOR: allow_coin(rule_book),
        TREASURY: (escrow, withdraw),
        ANYTHING: (governor, governor.setVotingDelay.encode_input(3600)),
    }


@pytest.fixture
def types_of(types):
    """The types of one call with this value."""

    def ask(target, data, value=0):
        exact = bytes.fromhex(data[2:]) if isinstance(data, str) else data
        return int(types.typesOf([target], [value], [exact]))

    return ask


def test_typesOf_each_setter_of_the_rule_book(types_of, rule_book, members):
    assert types_of(*set_fees(rule_book)) == FEES
    assert types_of(*set_disputes(rule_book, members.dave)) == DISPUTE_RULES
    assert types_of(rule_book, rule_book.setJuryRules.encode_input(with_jury())) == DISPUTE_RULES
    assert types_of(*allow_coin(rule_book)) == ASSETS_AND_ARBITRATOR
    pause = rule_book.pauseOpening.encode_input(1)
    assert types_of(rule_book, pause) == types_of(rule_book, "0x12345678") == ANYTHING


def test_typesOf_another_arbitrator(types_of, rule_book, members):
    both = DISPUTE_RULES | ASSETS_AND_ARBITRATOR
    assert types_of(*set_disputes(rule_book, members.alice)) == both


def test_typesOf_dispute_rules_whose_address_has_dirty_bits(types_of, rule_book, members):
    _, data = set_disputes(rule_book, members.dave)
    dirty = data[:10] + "01" + data[12:]
    assert types_of(rule_book, dirty) == DISPUTE_RULES | ASSETS_AND_ARBITRATOR


@pytest.mark.parametrize("length", [4, 5, 35])
def test_typesOf_dispute_rules_cut_short(types_of, rule_book, members, length):
    _, data = set_disputes(rule_book, members.dave)
    both = DISPUTE_RULES | ASSETS_AND_ARBITRATOR
    assert types_of(rule_book, data[: 2 + 2 * length]) == both


def test_typesOf_the_newest_version_counts(types_of, rule_book, timelock, accounts, members):
    """Not the one in force: a change that waits for its notice is the rule to compare with."""
    members.alice.transfer(timelock, 10**18)
    as_timelock = accounts.at(timelock.address, force=True)
    rule_book.setDisputeRules((members.bob, 14 * 86_400, 5_000), {"from": as_timelock})
    assert rule_book.currentVersion() != rule_book.latestVersion()
    assert types_of(*set_disputes(rule_book, members.bob)) == DISPUTE_RULES
    both = DISPUTE_RULES | ASSETS_AND_ARBITRATOR
    assert types_of(*set_disputes(rule_book, members.dave)) == both


def test_typesOf_the_treasury(types_of, escrow, timelock, votes, members):
    assert types_of(votes, TRANSFER) == types_of(members.stranger, APPROVE) == TREASURY
    assert types_of(members.stranger, b"", 1) == TREASURY
    data = escrow.withdraw.encode_input(timelock, members.stranger, timelock)
    assert types_of(escrow, data) == TREASURY
    assert types_of(escrow, escrow.cancelAllOffers.encode_input()) == ANYTHING


def test_typesOf_a_payment_with_a_call_is_both(types_of, rule_book, votes, members):
    assert types_of(members.stranger, "0x12345678", 1) == TREASURY | ANYTHING
    assert types_of(members.stranger, "0x00", 1) == TREASURY | ANYTHING
    assert types_of(votes, TRANSFER, 1) == TREASURY
    target, data = set_fees(rule_book)
    assert types_of(target, data, 1) == TREASURY | FEES


def test_typesOf_value_to_the_market(types_of, rule_book, escrow, timelock, types):
    for target in (rule_book, escrow, timelock, types):
        assert types_of(target, b"", 1) == TREASURY | ANYTHING
        assert types_of(target, b"") == ANYTHING


def test_typesOf_transfer_on_the_market(types_of, rule_book, escrow, timelock, types):
    for target in (rule_book, escrow, timelock, types):
        assert types_of(target, TRANSFER) == types_of(target, APPROVE) == ANYTHING


@pytest.mark.parametrize("length", [0, 1, 3, 4, 67])
def test_typesOf_transfer_cut_short(types_of, votes, length):
    assert types_of(votes, TRANSFER[: 2 + 2 * length]) == ANYTHING


@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_typesOf_shorter_than_a_selector(types_of, rule_book, length):
    _, data = set_fees(rule_book)
    assert types_of(rule_book, data[: 2 + 2 * length]) == ANYTHING


def test_typesOf_a_known_selector_on_another_contract(types_of, rule_book, votes, timelock):
    for _, data in (set_fees(rule_book), allow_coin(rule_book)):
        assert types_of(votes, data) == types_of(timelock, data) == ANYTHING


def test_typesOf_transferFrom(types_of, votes):
    """With the treasury's allowance it moves what others own: not a payment of the treasury."""
    selector = keccak(text="transferFrom(address,address,uint256)")[:4].hex()
    assert types_of(votes, "0x" + selector + "00" * 96) == ANYTHING


def test_typesOf_governance_itself(types_of, types, governor, timelock, votes, members):
    for target, data in (
        (types, types.setTerms.encode_input(1, (500, 5_000, 3_600))),
        (timelock, timelock.updateDelay.encode_input(86_400)),
        (governor, governor.relay.encode_input(votes, 0, TRANSFER)),
        (governor, governor.setVotingPeriod.encode_input(86_400)),
    ):
        assert types_of(target, data) == ANYTHING


def test_typesOf_lists_of_different_lengths(types, members):
    one, two = [members.stranger], [0, 0]
    assert types.typesOf(one, two, ["0x"]) == ANYTHING
    assert types.typesOf(one, [0], ["0x", "0x"]) == ANYTHING
    assert types.typesOf([], [], []) == 0


MIXTURES = [
    sum(chosen) for size in (1, 2, 3, 4, 5) for chosen in combinations((1, 2, 4, 8, 16), size)
]


@pytest.mark.parametrize("mask", MIXTURES)
def test_termsOf_takes_the_strictest_of_each(types, chain, mask):
    assert plain(types.termsOf(mask, chain[-1].timestamp)) == strictest(mask)


def test_termsOf_bits_that_are_no_type(types, chain):
    assert plain(types.termsOf(0, chain[-1].timestamp)) == (0, 0, 0)
    assert plain(types.termsOf(0xE0, chain[-1].timestamp)) == (0, 0, 0)
    assert plain(types.termsOf(0xE1, chain[-1].timestamp)) == DIFFERENT[0]


@pytest.mark.parametrize("mask", MIXTURES)
def test_propose_a_mixture(drive, governor, calls, mask):
    """The types are in the vote's duration; the event, the deadline and the views agree."""
    chosen = [call for kind, call in calls.items() if mask & kind]
    proposal = drive.draft(*chosen)
    told = drive.submit(proposal).events["ProposalCreated"]
    found, terms = governor.proposalTerms(proposal.id)
    assert (found, plain(terms)) == (mask, strictest(mask))
    duration = SETTINGS["votingPeriod"] // 32 * 32 + mask
    assert told["voteEnd"] - told["voteStart"] == duration
    assert governor.proposalDeadline(proposal.id) == told["voteEnd"]
    assert governor.votingPeriod() == SETTINGS["votingPeriod"]


def test_propose_the_same_type_twice(drive, governor, calls, rule_book):
    proposal = drive.pending(calls[FEES], set_fees(rule_book, 130))
    assert governor.proposalTerms(proposal.id)[0] == FEES


def test_propose_lists_of_different_lengths(drive, governor, members):
    """OpenZeppelin's own check answers, as before."""
    sender = {"from": members.alice}
    with reverts("GovernorInvalidProposalLength", 1, 2, 1):
        governor.propose([members.stranger], [0], ["0x", "0x"], "", sender)
    with reverts("GovernorInvalidProposalLength", 1, 1, 2):
        governor.propose([members.stranger], [0, 0], ["0x"], "", sender)
    with reverts("GovernorInvalidProposalLength", 0, 0, 0):
        governor.propose([], [], [], "", sender)


def test_proposalTerms_of_none(governor):
    with reverts("GovernorNonexistentProposal", 5):
        governor.proposalTerms(5)
    with reverts("GovernorNonexistentProposal", 5):
        governor.proposalQuorum(5)
