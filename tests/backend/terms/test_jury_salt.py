"""The secret of a vote: the same from the same wallet, another for each panel, court and juror."""

from dataclasses import replace

import pytest
from eth_abi.abi import encode
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_keys.datatypes import PrivateKey, Signature
from eth_utils.crypto import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.people import Person
from backend.terms.jury_salt import PURPOSE, Ballot
from backend.terms.payout import BPS
from backend.terms.signed_secret import secret_of, sign_secret

COURT = "0x" + "C0" * 20
ADA = Person.ADA.account
BALLOT = Ballot(31337, COURT, bytes(range(32)), 1, 0, Person.ADA.address)


def signed_salt(ballot: Ballot, account: LocalAccount) -> bytes:
    return sign_secret(ballot.message(), ballot.juror, account)


def word(value: int) -> bytes:
    return value.to_bytes(32, "big")


def test_the_signed_bytes_are_those_of_the_docs() -> None:
    """Put together by hand, as another program would."""
    kind = "VoteSecret(string purpose,bytes32 caseId,uint256 round,uint256 attempt,address juror)"
    domain_kind = (
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    )
    court, juror = bytes.fromhex(COURT[2:]), bytes.fromhex(BALLOT.juror[2:])
    domain = keccak(
        keccak(text=domain_kind)
        + keccak(text="Commonhold Court")
        + keccak(text="1")
        + word(31337)
        + court.rjust(32, b"\0")
    )
    said = (
        "This signature is the secret of my vote in this case. Whoever has it before the reveal can"
        " open my vote and take my stake: sign it only where you vote, and show it to nobody."
    )
    struct = keccak(
        keccak(text=kind)
        + keccak(text=said)
        + bytes(range(32))
        + word(1)
        + word(0)
        + juror.rjust(32, b"\0")
    )
    digest = keccak(b"\x19\x01" + domain + struct)
    signed = PrivateKey(bytes(ADA.key)).sign_msg_hash(digest)
    raw = word(signed.r) + word(signed.s) + bytes([signed.v + 27])
    assert said == PURPOSE
    assert signed_salt(BALLOT, ADA) == keccak(raw)


def test_a_key_makes_the_same_salt_each_time() -> None:
    again = Account.from_key(bytes(ADA.key))
    assert signed_salt(BALLOT, again) == signed_salt(replace(BALLOT), ADA)


def test_every_panel_court_chain_and_juror_has_another_salt() -> None:
    ben = Person.BEN
    salts = [
        signed_salt(BALLOT, ADA),
        signed_salt(replace(BALLOT, chain_id=1), ADA),
        signed_salt(replace(BALLOT, court="0x" + "C1" * 20), ADA),
        signed_salt(replace(BALLOT, case_id=bytes(32)), ADA),
        signed_salt(replace(BALLOT, round=0), ADA),
        signed_salt(replace(BALLOT, attempt=1), ADA),
        signed_salt(replace(BALLOT, juror=ben.address), ben.account),
    ]
    assert len(set(salts)) == len(salts)


def test_another_wallet_has_no_salt_for_this_juror() -> None:
    with pytest.raises(ValueError, match="not the key of"):
        signed_salt(BALLOT, Person.BEN.account)


def test_both_ways_to_write_v_are_one_salt() -> None:
    signature = bytes(range(64))
    assert secret_of(signature + b"\0") == secret_of(signature + b"\x1b")
    assert secret_of(signature + b"\1") == secret_of(signature + b"\x1c")
    assert secret_of(signature + b"\0") != secret_of(signature + b"\1")
    with pytest.raises(ValueError, match="65 bytes"):
        secret_of(signature)


def test_the_commitment_is_the_hash_of_eight_words() -> None:
    """The order of `commitmentOf` in the interface of the Court."""
    types = ["uint256", "address", "bytes32", "uint256", "uint256", "address", "uint256", "bytes32"]
    salt = keccak(text="salt")
    values = (31337, COURT, BALLOT.case_id, 1, 0, BALLOT.juror, 6250, salt)
    assert BALLOT.commitment(6250, salt) == keccak(encode(types, values))


@settings(max_examples=10, deadline=None)
@given(bps=st.integers(0, BPS))
def test_the_choice_is_found_again(bps: int) -> None:
    salt = signed_salt(BALLOT, ADA)
    assert BALLOT.choice(BALLOT.commitment(bps, salt), salt) == bps


def test_the_ends_of_the_choices_are_found_and_nothing_beyond() -> None:
    salt = signed_salt(BALLOT, ADA)
    for bps, found in ((0, 0), (BPS, BPS), (BPS + 1, None)):
        assert BALLOT.choice(BALLOT.commitment(bps, salt), salt) == found
    assert BALLOT.choice(BALLOT.commitment(1, keccak(salt)), salt) is None


def test_a_copied_commitment_opens_for_its_juror_only() -> None:
    salt = signed_salt(BALLOT, ADA)
    copy = replace(BALLOT, juror=Person.BEN.address)
    assert copy.choice(BALLOT.commitment(5_000, salt), salt) is None


def test_signatures_are_low_in_s() -> None:
    """A high s would be another writing of the same signature, and another salt."""
    signature = bytes(ADA.sign_message(BALLOT.message()).signature)
    assert Signature(signature[:64] + bytes([signature[64] - 27])).s <= (1 << 255)
