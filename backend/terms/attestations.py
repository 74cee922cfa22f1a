"""Attestations: claims, their schemas, the labels they give, and what an attestor signs.

In the form of the delegated attestations of the Ethereum Attestation Service (EAS).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from eth_account.messages import SignableMessage, encode_typed_data
from eth_utils.crypto import keccak

BANDS = range(1, 6)
FIRST_BAND_LABEL = 3
LABELS = (
    "person verified",
    "business verified",
    "sustainable product",
    *(f"credit band {band} or better" for band in BANDS),
)
# The same for programs, by the same numbers.
LABEL_NAMES = (
    "personVerified",
    "businessVerified",
    "sustainableProduct",
    *(f"creditBand{band}" for band in BANDS),
)


class Claim(IntEnum):
    """What is attested, as the contract numbers it."""

    PERSON = 1
    BUSINESS = 2
    CREDIT_BAND = 3
    PRODUCT = 4


CLAIM_NAMES = {
    Claim.PERSON: "personVerified",
    Claim.BUSINESS: "businessVerified",
    Claim.CREDIT_BAND: "creditBand",
    Claim.PRODUCT: "sustainableProduct",
}
CLAIM_WORDS = {
    Claim.PERSON: "person verified",
    Claim.BUSINESS: "business verified",
    Claim.CREDIT_BAND: "credit band",
    Claim.PRODUCT: "sustainable product",
}
_SCHEMAS = {
    Claim.PERSON: "bool personVerified",
    Claim.BUSINESS: "bool businessVerified",
    Claim.CREDIT_BAND: "uint8 creditBand",
    Claim.PRODUCT: "bytes32 sustainableProduct",
}
ATTEST_TYPES = {
    "Attest": [
        {"name": "attester", "type": "address"},
        {"name": "schema", "type": "bytes32"},
        {"name": "recipient", "type": "address"},
        {"name": "expirationTime", "type": "uint64"},
        {"name": "revocable", "type": "bool"},
        {"name": "refUID", "type": "bytes32"},
        {"name": "data", "type": "bytes"},
        {"name": "value", "type": "uint256"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint64"},
    ]
}
REVOKE_TYPES = {
    "Revoke": [
        {"name": "revoker", "type": "address"},
        {"name": "schema", "type": "bytes32"},
        {"name": "uid", "type": "bytes32"},
        {"name": "value", "type": "uint256"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint64"},
    ]
}


def schema_of(claim: Claim) -> bytes:
    """As EAS names schemas: text, resolver (none), revocable (yes), packed."""
    return keccak(_SCHEMAS[claim].encode() + bytes(20) + b"\1")


def labels_of(claim: Claim, value: int) -> tuple[int, ...]:
    """The labels that an attestation gives: a credit band those of all bands up to its own."""
    if claim is Claim.CREDIT_BAND:
        return tuple(FIRST_BAND_LABEL + band - 1 for band in BANDS if band <= value)
    return (2,) if claim is Claim.PRODUCT else (claim - 1,)


def attestations_domain(chain_id: int, attestations: str) -> dict[str, Any]:
    return {
        "name": "Commonhold Attestations",
        "version": "1",
        "chainId": chain_id,
        "verifyingContract": attestations,
    }


@dataclass(frozen=True, slots=True)
class Attestation:
    """That a claim holds of `recipient` until `expires_at` (unix seconds, inclusive).

    `value` is 1 for a person or a business, a credit band, or the hash of a product as a number.
    """

    claim: Claim
    recipient: str
    expires_at: int
    value: int = 1

    @property
    def data(self) -> bytes:
        return self.value.to_bytes(32, "big")

    def pack(self) -> tuple[Any, ...]:
        """The ABI's `AttestationRequest`."""
        return (schema_of(self.claim), self.recipient, self.expires_at, self.data)

    def uid(self, attester: str, time: int) -> bytes:
        """Its name, if it is attested in this second (unix): twin of EAS's and the contract's."""
        return keccak(
            schema_of(self.claim)
            + bytes.fromhex(self.recipient[2:])
            + bytes.fromhex(attester[2:])
            + time.to_bytes(8, "big")
            + self.expires_at.to_bytes(8, "big")
            + b"\1"
            + bytes(32)
            + self.data
            + bytes(4)
        )

    def signable(
        self, domain: dict[str, Any], attester: str, nonce: int, deadline: int
    ) -> SignableMessage:
        """What the attestor signs for others to bring."""
        message = {
            "attester": attester,
            "schema": schema_of(self.claim),
            "recipient": self.recipient,
            "expirationTime": self.expires_at,
            "revocable": True,
            "refUID": bytes(32),
            "data": self.data,
            "value": 0,
            "nonce": nonce,
            "deadline": deadline,
        }
        return encode_typed_data(domain, ATTEST_TYPES, message)


def signable_revocation(
    domain: dict[str, Any], claim: Claim, uid: bytes, revoker: str, nonce: int, deadline: int
) -> SignableMessage:
    """What the attestor, or the account that is attested, signs to end an attestation."""
    message = {
        "revoker": revoker,
        "schema": schema_of(claim),
        "uid": uid,
        "value": 0,
        "nonce": nonce,
        "deadline": deadline,
    }
    return encode_typed_data(domain, REVOKE_TYPES, message)
