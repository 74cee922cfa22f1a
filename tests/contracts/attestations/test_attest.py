"""attest

├── no claim has this schema → UnknownSchema
├── the caller may not attest such claims → NotAttestor
├── nobody, or the caller itself, is attested → ZeroAddress, OwnLabel
├── it ends now, or later than attestations may hold → BadExpiry
├── the data is not one word that the claim may have → BadData
├── another attestor's attestation of the claim holds → Held
├── the same was attested in this second → AlreadyAttested
└── the account has the labels of the claim until it expires
"""

from dataclasses import replace

import pytest
from hexbytes import HexBytes

from backend.terms.attestations import Attestation, Claim, labels_of, schema_of
from tests.contracts.attestations.conftest import MAX_VALIDITY, PRODUCT, VALUES
from tests.contracts.escrow.market import DAY
from tests.contracts.expect import ZERO, event, next_at, now, plain, reverts, until

MASKS = {Claim.PERSON: 0b1, Claim.BUSINESS: 0b10, Claim.PRODUCT: 0b100, Claim.CREDIT_BAND: 0b111000}


@pytest.mark.parametrize("claim", Claim)
def test_attest(desk, claim):
    said = desk.about(claim)
    receipt = desk.contract.attest(said.pack(), {"from": desk.notary.account})
    uid = said.uid(desk.notary.address, now())
    assert event(receipt, "Attested") == {
        "recipient": desk.alice.address,
        "attester": desk.notary.address,
        "schema": schema_of(claim),
        "uid": uid,
        "claim": claim,
        "value": said.data,
        "expirationTime": said.expires_at,
    }
    assert desk.mask() == MASKS[claim] == sum(1 << i for i in labels_of(claim, VALUES[claim]))
    assert bytes(HexBytes(desk.contract.attestationOf(desk.alice.address, claim))) == uid
    assert plain(desk.contract.getAttestation(uid)) == (
        uid,
        schema_of(claim),
        now(),
        said.expires_at,
        0,
        bytes(32),
        desk.alice.address,
        desk.notary.address,
        True,
        said.data,
    )


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (Claim.PERSON, "bool personVerified"),
        (Claim.BUSINESS, "bool businessVerified"),
        (Claim.CREDIT_BAND, "uint8 creditBand"),
        (Claim.PRODUCT, "bytes32 sustainableProduct"),
    ],
)
def test_schemas_are_named_as_eas_names_them(contract, web3, claim, text):
    """keccak256(abi.encodePacked(schema, resolver, revocable))."""
    expected = web3.solidity_keccak(["string", "address", "bool"], [text, ZERO, True])
    assert HexBytes(contract.schemaOf(claim)) == expected == schema_of(claim)


@pytest.mark.parametrize("claim", Claim)
def test_labels_end_with_the_attestation_E13(desk, claim):
    said = desk.about(claim)
    desk.attest(said)
    until(said.expires_at)
    assert desk.mask() == MASKS[claim]
    until(said.expires_at + 1)
    assert desk.mask() == 0


def test_all_labels_at_once_each_with_its_own_end(desk):
    said = [desk.about(claim, lasts=claim * DAY) for claim in Claim]
    for one in said:
        desk.attest(one)
    assert desk.mask() == 0b111111
    lasting = {0: 1, 1: 2, 2: 4, 3: 3, 4: 3, 5: 3, 6: 0, 7: 0}  # days by label
    for label, days in lasting.items():
        end = int(desk.contract.labelUntil(desk.alice.address, label))
        assert end == (said[days - 1].expires_at if days else 0)
    until(said[1].expires_at + 1)
    assert desk.mask() == 0b111100
    assert desk.mask(desk.people["bob"]) == 0


@pytest.mark.parametrize("label", [8, 255, 2**256 - 1])
def test_there_are_eight_labels(desk, label):
    desk.attest(desk.about(Claim.CREDIT_BAND, value=5))
    assert desk.contract.labelUntil(desk.alice.address, label) == 0


@pytest.mark.parametrize(
    ("band", "mask"),
    [(1, 0b1000), (2, 0b11000), (3, 0b111000), (4, 0b1111000), (5, 0b11111000)],
)
@pytest.mark.parametrize("before", [1, 5])
def test_a_band_gives_the_labels_of_all_up_to_it(desk, band, mask, before):
    """And takes those above it that a better band gave before."""
    desk.attest(desk.about(Claim.CREDIT_BAND, value=before))
    desk.attest(desk.about(Claim.CREDIT_BAND, value=band, lasts=20 * DAY))
    assert desk.mask() == mask


def test_the_next_of_ones_own_revokes_the_last(desk):
    first = desk.attest(desk.about())
    receipt = desk.contract.attest(desk.about(lasts=DAY).pack(), {"from": desk.notary.account})
    assert event(receipt, "Revoked")["uid"] == first
    assert desk.contract.getAttestation(first)[4] == now()
    until(now() + 2 * DAY)
    assert desk.mask() == 0


def test_attest_what_another_attests_L2(desk, people):
    """A second attestor can neither shorten nor replace a label."""
    bureau = people["bureau"]
    desk.allow(bureau, Claim.PERSON)
    first = desk.about()
    held = desk.attest(first)
    with reverts("Attestations_Held", HexBytes(held)):
        desk.attest(desk.about(lasts=90 * DAY), bureau)
    next_at(first.expires_at)
    with reverts("Attestations_Held", HexBytes(held)):
        desk.attest(desk.about(lasts=90 * DAY), bureau)
    next_at(first.expires_at + 1)
    desk.attest(desk.about(lasts=90 * DAY), bureau)
    assert desk.mask() == 1


def test_attest_what_a_removed_attestor_attested(desk, people):
    held = desk.attest(desk.about())
    desk.allow(people["bureau"], Claim.PERSON)
    desk.allow(desk.notary, Claim.PERSON, False)
    desk.attest(desk.about(lasts=DAY), people["bureau"])
    assert desk.contract.getAttestation(held)[4] == now()


@pytest.mark.parametrize("claim", Claim)
def test_attest_without_being_an_attestor_L1(desk, people, claim):
    """The bureau may attest every other claim."""
    for other in Claim:
        if other != claim:
            desk.allow(people["bureau"], other)
    with reverts("Attestations_NotAttestor", people["bureau"].address, int(claim)):
        desk.attest(desk.about(claim), people["bureau"])


def test_attest_by_an_attestor_no_more_L1(desk):
    desk.allow(desk.notary, Claim.PERSON, False)
    with reverts("Attestations_NotAttestor", desk.notary.address, int(Claim.PERSON)):
        desk.attest(desk.about())


def test_attest_an_unknown_schema(desk):
    schema = bytes(31) + b"\1"
    packed = (schema, *desk.about().pack()[1:])
    with reverts("Attestations_UnknownSchema", HexBytes(schema)):
        desk.contract.attest(packed, {"from": desk.notary.account})


def test_attest_nobody(desk):
    with reverts("Attestations_ZeroAddress"):
        desk.attest(replace(desk.about(), recipient=ZERO))


def test_attest_oneself_L1(desk):
    with reverts("Attestations_OwnLabel", desk.notary.address):
        desk.attest(desk.about(recipient=desk.notary))


@pytest.mark.parametrize("lasts", [0, -1, MAX_VALIDITY + 1, 10 * MAX_VALIDITY])
def test_attest_for_too_short_or_long(desk, lasts):
    at = now() + 10
    said = replace(desk.about(), expires_at=at + lasts)
    next_at(at)
    with reverts("Attestations_BadExpiry", said.expires_at, at + MAX_VALIDITY):
        desk.attest(said)


@pytest.mark.parametrize("lasts", [1, MAX_VALIDITY])
def test_attest_for_as_short_and_long_as_can_be(desk, lasts):
    at = now() + 10
    next_at(at)
    desk.attest(replace(desk.about(), expires_at=at + lasts))
    assert desk.mask() == 1


@pytest.mark.parametrize("end", [0, 2**32, 2**64 - 1])
def test_attest_for_ever(desk, end):
    """EAS's zero is not for ever here."""
    said = replace(desk.about(), expires_at=end)
    next_at(now() + 10)
    with reverts("Attestations_BadExpiry", end, now() + 10 + MAX_VALIDITY):
        desk.attest(said)


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        (Claim.PERSON, 0),
        (Claim.PERSON, 2),
        (Claim.BUSINESS, 0),
        (Claim.BUSINESS, 2**256 - 1),
        (Claim.CREDIT_BAND, 0),
        (Claim.CREDIT_BAND, 6),
        (Claim.PRODUCT, 0),
    ],
)
def test_attest_a_value_that_the_claim_has_not(desk, claim, value):
    with reverts("Attestations_BadData", int(claim)):
        desk.attest(desk.about(claim, value=value))


@pytest.mark.parametrize("data", [b"", bytes(31), bytes(31) + b"\1\0", bytes(63) + b"\1"])
def test_attest_with_data_that_is_no_word(desk, data):
    packed = (*desk.about().pack()[:3], data)
    with reverts("Attestations_BadData", int(Claim.PERSON)):
        desk.contract.attest(packed, {"from": desk.notary.account})


def test_attest_the_same_twice_in_a_second(desk):
    said = desk.about()
    uid = desk.attest(said)
    next_at(now())
    with reverts("Attestations_AlreadyAttested", HexBytes(uid)):
        desk.attest(said)


def test_the_uid_is_the_one_of_eas(desk, web3):
    """keccak256(abi.encodePacked(schema, recipient, attester, time, expirationTime, revocable,
    refUID, data, bump))."""
    said = Attestation(Claim.PRODUCT, desk.alice.address, now() + DAY, PRODUCT)
    types = [
        "bytes32",
        "address",
        "address",
        "uint64",
        "uint64",
        "bool",
        "bytes32",
        "bytes",
        "uint32",
    ]
    uid = desk.attest(said)
    values = [
        schema_of(Claim.PRODUCT),
        desk.alice.address,
        desk.notary.address,
        now(),
        said.expires_at,
        True,
        bytes(32),
        said.data,
        0,
    ]
    assert uid == web3.solidity_keccak(types, values)
