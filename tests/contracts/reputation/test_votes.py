"""Delegation and past votes: OpenZeppelin's, in seconds, and each member its own delegate."""

from types import SimpleNamespace

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from tests.contracts.expect import ZERO, next_at, now, reverts, until
from tests.contracts.reputation.conftest import GENESIS, INDEX, POINT, Tranche

ALICE = GENESIS["alice"] * INDEX


@pytest.fixture
def earn(market, claim, start):
    """Somebody earns a point, in a trade with Bob."""
    return lambda name: claim(market.trade(Tranche(name, "bob", start)))


@pytest.fixture
def signer(people):
    """A member with a key of its own."""
    key = Account.create("reputation")
    return SimpleNamespace(address=key.address, key=key)


@pytest.fixture
def delegate_by_signature(reputation, people, signer, web3):
    def send(delegatee, nonce, expiry, verifier=reputation.address):
        message = {
            "primaryType": "Delegation",
            "domain": {
                "name": "Commonhold Reputation",
                "version": "1",
                "chainId": web3.eth.chain_id,
                "verifyingContract": verifier,
            },
            "types": {
                "EIP712Domain": [
                    {"name": "name", "type": "string"},
                    {"name": "version", "type": "string"},
                    {"name": "chainId", "type": "uint256"},
                    {"name": "verifyingContract", "type": "address"},
                ],
                "Delegation": [
                    {"name": "delegatee", "type": "address"},
                    {"name": "nonce", "type": "uint256"},
                    {"name": "expiry", "type": "uint256"},
                ],
            },
            "message": {"delegatee": delegatee.address, "nonce": nonce, "expiry": expiry},
        }
        signed = signer.key.sign_message(encode_typed_data(full_message=message))
        return reputation.delegateBySig(
            delegatee,
            nonce,
            expiry,
            signed.v,
            signed.r.to_bytes(32, "big"),
            signed.s.to_bytes(32, "big"),
            {"from": people.stranger},
        )

    return send


def test_clock_counts_seconds(reputation):
    until(now() + 100)
    assert reputation.clock() == now()
    assert reputation.CLOCK_MODE() == "mode=timestamp"


def test_first_mint_makes_an_account_its_own_delegate(reputation, people, earn):
    assert reputation.delegates(people.dave) == ZERO
    receipt = earn("dave")
    assert reputation.delegates(people.dave) == people.dave
    assert reputation.getVotes(people.dave) == reputation.unitsOf(people.dave) == POINT * INDEX
    assert len(receipt.events["DelegateChanged"]) == 1


def test_first_mint_keeps_a_delegate_chosen_before(reputation, people, earn):
    reputation.delegate(people.carol, {"from": people.dave})
    earn("dave")
    assert reputation.delegates(people.dave) == people.carol
    assert reputation.getVotes(people.dave) == 0
    assert reputation.getVotes(people.carol) == (GENESIS["carol"] + POINT) * INDEX


def test_who_delegates_to_nobody_is_its_own_delegate(reputation, people, earn):
    """No vote is lost: past votes add up to the past supply, whoever delegates where."""
    earn("dave")
    reputation.delegate(people.bob, {"from": people.dave})
    reputation.delegate(ZERO, {"from": people.dave})
    assert reputation.delegates(people.dave) == people.dave
    earn("dave")
    assert reputation.getVotes(people.dave) == reputation.unitsOf(people.dave) == 2 * POINT * INDEX


def test_delegate_moves_votes_and_no_units(reputation, people):
    reputation.delegate(people.bob, {"from": people.alice})
    assert reputation.getVotes(people.alice) == 0
    assert reputation.getVotes(people.bob) == ALICE + GENESIS["bob"] * INDEX
    assert reputation.unitsOf(people.alice) == ALICE
    reputation.delegate(people.alice, {"from": people.alice})
    assert reputation.getVotes(people.alice) == ALICE


def test_past_votes_are_those_at_the_end_of_the_second(reputation, people, market, claim, start):
    trade = market.trade(Tranche("dave", "bob", start))
    time = now() + 10
    next_at(time)
    claim(trade)
    until(time + 1)
    expected = {time - 1: 0, time: POINT * INDEX}
    for moment, votes in expected.items():
        assert reputation.getPastVotes(people.dave, moment) == votes


def test_past_votes_do_not_see_what_came_after(reputation, people):
    """D1: votes that move after the snapshot count where they were."""
    snapshot = now()
    next_at(snapshot + 1)
    reputation.delegate(people.bob, {"from": people.alice})
    until(snapshot + 2)
    assert reputation.getPastVotes(people.alice, snapshot) == ALICE
    assert reputation.getPastVotes(people.bob, snapshot) == GENESIS["bob"] * INDEX


def test_past_votes_of_this_second_are_not_known(reputation, people):
    time = now() + 5
    until(time)
    for read in (reputation.getPastTotalSupply, lambda t: reputation.getPastVotes(people.bob, t)):
        with reverts("ERC5805FutureLookup", time, time):
            read(time)


def test_delegate_by_signature(reputation, people, signer, delegate_by_signature):
    delegate_by_signature(people.bob, 0, now() + 60)
    assert reputation.delegates(signer.address) == people.bob


def test_delegate_by_signature_is_not_replayed(people, signer, delegate_by_signature):
    """D8."""
    delegate_by_signature(people.bob, 0, now() + 60)
    with reverts("InvalidAccountNonce", signer, 1):
        delegate_by_signature(people.bob, 0, now() + 60)


def test_delegate_by_signature_for_another_contract_is_somebody_elses(
    reputation, people, signer, book, delegate_by_signature
):
    """D8: another domain recovers another account, never the signer's."""
    delegate_by_signature(people.bob, 0, now() + 60, verifier=book.address)
    assert reputation.delegates(signer.address) == ZERO
    assert reputation.nonces(signer.address) == 0


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_delegate_by_signature_ends_with_its_expiry(people, delegate_by_signature, late):
    expiry = now() + 100
    next_at(expiry + late)
    if late <= 0:
        delegate_by_signature(people.bob, 0, expiry)
        return
    with reverts("VotesExpiredSignature", expiry):
        delegate_by_signature(people.bob, 0, expiry)


def test_delegate_by_signature_under_two_keys_in_any_order(
    reputation, people, signer, delegate_by_signature
):
    delegate_by_signature(people.bob, 7 << 64, now() + 60)
    delegate_by_signature(people.carol, 0, now() + 60)
    delegate_by_signature(people.dave, (7 << 64) + 1, now() + 60)
    assert reputation.delegates(signer.address) == people.dave
    assert reputation.nonces(signer.address) == 1
    with reverts("InvalidAccountNonce", signer, (7 << 64) + 2):
        delegate_by_signature(people.bob, (7 << 64) + 1, now() + 60)
