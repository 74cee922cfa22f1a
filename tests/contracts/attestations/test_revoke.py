"""revoke and strike

├── there is no such attestation, or it was revoked → NotStanding
├── revoke: the caller is neither the attestor nor the account → NotYours
├── strike: the attestor may still attest such claims → AttestorStands
└── its labels are gone, those of its successor stay
"""

import pytest
from hexbytes import HexBytes

from backend.terms.attestations import Claim, schema_of
from tests.contracts.escrow.market import DAY
from tests.contracts.expect import event, next_at, now, plain, reverts


@pytest.mark.parametrize("by", ["notary", "alice"])
@pytest.mark.parametrize("claim", Claim)
def test_revoke(desk, people, by, claim):
    for other in Claim:
        uid = desk.attest(desk.about(other))
        if other == claim:
            revoked = uid
    receipt = desk.revoke(revoked, people[by])
    assert event(receipt, "Revoked") == {
        "recipient": desk.alice.address,
        "attester": desk.notary.address,
        "schema": schema_of(claim),
        "uid": revoked,
    }
    gone = {Claim.PERSON: 1, Claim.BUSINESS: 2, Claim.PRODUCT: 4, Claim.CREDIT_BAND: 0b111000}
    assert desk.mask() == 0b111111 & ~gone[claim]
    assert desk.contract.getAttestation(revoked)[4] == now()


def test_revoke_what_somebody_else_attested_L2(desk, people):
    uid = desk.attest(desk.about())
    desk.allow(people["bureau"], Claim.PERSON)
    with reverts("Attestations_NotYours", HexBytes(uid), people["bureau"].address):
        desk.revoke(uid, people["bureau"])


def test_revoke_twice(desk):
    uid = desk.attest(desk.about())
    desk.revoke(uid)
    with reverts("Attestations_NotStanding", HexBytes(uid)):
        desk.revoke(uid)


def test_revoke_nothing(desk):
    with reverts("Attestations_NotStanding", HexBytes(bytes(32))):
        desk.revoke(bytes(32))
    assert plain(desk.contract.getAttestation(bytes(32)))[:4] == (bytes(32), bytes(32), 0, 0)


def test_revoking_what_has_expired_leaves_its_successor(desk, people):
    first = desk.about(lasts=DAY)
    old = desk.attest(first)
    desk.allow(people["bureau"], Claim.PERSON)
    next_at(first.expires_at + 1)
    desk.attest(desk.about(lasts=9 * DAY), people["bureau"])
    desk.revoke(old)
    assert desk.mask() == 1


def test_an_attestor_no_more_can_still_revoke(desk):
    uid = desk.attest(desk.about())
    desk.allow(desk.notary, Claim.PERSON, False)
    assert desk.mask() == 1
    desk.revoke(uid)
    assert desk.mask() == 0


def test_strike_what_an_attestor_left_L3(desk, people):
    uids = [desk.attest(desk.about(recipient=people[name])) for name in ("alice", "bob")]
    desk.allow(desk.notary, Claim.PERSON, False)
    receipt = desk.contract.strike(uids, {"from": people["stranger"].account})
    assert [bytes(HexBytes(told["uid"])) for told in receipt.events["Revoked"]] == uids
    assert desk.mask() == desk.mask(people["bob"]) == 0


def test_strike_what_an_attestor_attests_L3(desk, people):
    uid = desk.attest(desk.about())
    desk.allow(desk.notary, Claim.BUSINESS, False)
    with reverts("Attestations_AttestorStands", HexBytes(uid)):
        desk.contract.strike([uid], {"from": people["stranger"].account})


def test_strike_twice(desk, people):
    uid = desk.attest(desk.about())
    desk.allow(desk.notary, Claim.PERSON, False)
    with reverts("Attestations_NotStanding", HexBytes(uid)):
        desk.contract.strike([uid, uid], {"from": people["stranger"].account})
