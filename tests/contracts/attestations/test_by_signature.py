"""attestBySignature and revokeBySignature: what attestors sign, and others bring

├── the deadline has passed → SignatureExpired
├── the attestor has not signed this very attestation for this contract and chain → BadSignature
├── the nonce was used → InvalidAccountNonce
├── the attestor may not attest it → as in attest
└── anyone
"""

from dataclasses import replace

import pytest

from backend.terms.attestations import Claim
from tests.contracts.escrow.market import DAY
from tests.contracts.expect import event, next_at, now, reverts

REVERT, GARBAGE = 2, 4


@pytest.fixture
def said(desk):
    return desk.about()


@pytest.fixture
def deadline():
    return now() + DAY


def test_attest_by_signature(desk, said, deadline):
    receipt = desk.bring(said, desk.sign(said, 0, deadline), 0, deadline)
    assert event(receipt, "Attested")["attester"] == desk.notary.address
    assert desk.mask() == 1
    assert desk.contract.nonces(desk.notary.address) == 1


def test_the_domain_is_the_one_that_is_signed_for(desk):
    told = desk.contract.eip712Domain()
    domain = desk.domain
    assert (told[1], told[2], told[3], told[4]) == (
        domain["name"],
        domain["version"],
        domain["chainId"],
        domain["verifyingContract"],
    )


def test_signatures_of_several_keys_of_nonces_do_not_wait_for_each_other(desk, said, deadline):
    """A nonce is a key in the upper 192 bits and its next number."""
    business = desk.about(Claim.BUSINESS)
    for one, nonce in ((said, 7 << 64), (business, 0), (desk.about(Claim.PRODUCT), 7 << 64 | 1)):
        desk.bring(one, desk.sign(one, nonce, deadline), nonce, deadline)
    assert desk.mask() == 0b111


def test_a_signature_twice_E20(desk, said, deadline):
    signature = desk.sign(said, 0, deadline)
    desk.bring(said, signature, 0, deadline)
    with pytest.raises(Exception, match="InvalidAccountNonce"):
        desk.bring(said, signature, 0, deadline)


def test_a_revoked_label_is_not_brought_back_E20(desk, said, deadline):
    signature = desk.sign(said, 0, deadline)
    receipt = desk.bring(said, signature, 0, deadline)
    desk.revoke(event(receipt, "Attested")["uid"])
    with pytest.raises(Exception, match="InvalidAccountNonce"):
        desk.bring(said, signature, 0, deadline)
    assert desk.mask() == 0


def test_the_deadline_E13(desk, said, deadline):
    signatures = [desk.sign(said, nonce, deadline) for nonce in range(2)]
    next_at(deadline)
    desk.bring(said, signatures[0], 0, deadline)
    next_at(deadline + 1)
    with reverts("Attestations_SignatureExpired", deadline):
        desk.bring(said, signatures[1], 1, deadline)


@pytest.mark.parametrize("what", ["recipient", "expires_at", "claim", "value", "nonce", "deadline"])
def test_something_else_was_signed_E20(desk, said, deadline, what, people):
    other = {
        "recipient": replace(said, recipient=people["bob"].address),
        "expires_at": replace(said, expires_at=said.expires_at + 1),
        "claim": replace(said, claim=Claim.BUSINESS),
        "value": replace(said, value=2),
    }.get(what, said)
    nonce, end = int(what == "nonce"), deadline + (what == "deadline")
    with reverts("Attestations_BadSignature", desk.notary.address):
        desk.bring(said, desk.sign(other, nonce, end), 0, deadline)


@pytest.mark.parametrize("what", ["chainId", "verifyingContract", "name", "version"])
def test_signed_for_elsewhere_E20(desk, said, deadline, what, people):
    elsewhere = {
        "chainId": desk.domain["chainId"] + 1,
        "verifyingContract": people["stranger"].address,
        "name": "EAS",
        "version": "1.3.0",
    }[what]
    signature = desk.sign(said, 0, deadline, **{what: elsewhere})
    with reverts("Attestations_BadSignature", desk.notary.address):
        desk.bring(said, signature, 0, deadline)


@pytest.mark.parametrize("cut", [0, 64])
def test_signatures_of_others_E21(desk, said, deadline, cut, people):
    for signer in (people["bureau"], desk.alice):
        signature = desk.sign(said, 0, deadline, by=signer)
        with reverts("Attestations_BadSignature", desk.notary.address):
            desk.bring(said, signature[:cut] or signature, 0, deadline)


def test_an_attestor_no_more_L1(desk, said, deadline):
    signature = desk.sign(said, 0, deadline)
    desk.allow(desk.notary, Claim.PERSON, False)
    with reverts("Attestations_NotAttestor", desk.notary.address, int(Claim.PERSON)):
        desk.bring(said, signature, 0, deadline)


# revocation


def bring_revocation(desk, uid, by, signature, deadline, nonce=0):
    told = uid, by.address, nonce, deadline, signature
    return desk.contract.revokeBySignature(*told, {"from": desk.people["stranger"].account})


@pytest.mark.parametrize("by", ["notary", "alice"])
def test_revoke_by_signature(desk, said, deadline, people, by):
    uid, signer = desk.attest(said), people[by]
    signature = desk.sign_revocation(uid, 0, deadline, by=signer)
    receipt = bring_revocation(desk, uid, signer, signature, deadline)
    assert event(receipt, "Revoked")["uid"] == uid
    assert desk.mask() == 0


def test_revoke_by_the_signature_of_another_E20(desk, said, deadline, people):
    uid = desk.attest(said)
    signature = desk.sign_revocation(uid, 0, deadline, by=people["bureau"])
    with reverts("Attestations_BadSignature", desk.notary.address):
        bring_revocation(desk, uid, desk.notary, signature, deadline)
    with reverts("Attestations_NotYours", uid, people["bureau"].address):
        bring_revocation(desk, uid, people["bureau"], signature, deadline)


def test_revoke_by_a_signature_for_another_chain_E20(desk, said, deadline):
    uid = desk.attest(said)
    other = desk.domain["chainId"] + 1
    signature = desk.sign_revocation(uid, 0, deadline, chainId=other)
    with reverts("Attestations_BadSignature", desk.notary.address):
        bring_revocation(desk, uid, desk.notary, signature, deadline)


def test_revoke_by_an_expired_signature_E13(desk, said, deadline):
    uid = desk.attest(said)
    signature = desk.sign_revocation(uid, 0, deadline)
    next_at(deadline + 1)
    with reverts("Attestations_SignatureExpired", deadline):
        bring_revocation(desk, uid, desk.notary, signature, deadline)


# wallets


@pytest.fixture
def wallet(desk, StubWallet1271, people):
    """An attestor that is a contract, owned by the bureau."""
    made = people["deployer"].account.deploy(StubWallet1271, people["bureau"].address)
    desk.notary = replace(people["bureau"], account=made)
    desk.allow(desk.notary, Claim.PERSON)
    return made


def test_a_wallet_attests_E21(desk, wallet, said, deadline):
    receipt = desk.bring(said, desk.sign(said, 0, deadline), 0, deadline)
    assert event(receipt, "Attested")["attester"] == wallet.address


@pytest.mark.parametrize("mode", [REVERT, GARBAGE])
def test_a_wallet_that_denies_E21(desk, wallet, said, deadline, people, mode):
    signature = desk.sign(said, 0, deadline)
    wallet.setMode(mode, {"from": people["bureau"].account})
    with reverts("Attestations_BadSignature", wallet.address):
        desk.bring(said, signature, 0, deadline)
