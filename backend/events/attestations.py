"""What Attestations tell: who may attest what, and what was attested. Times are unix seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from backend.events.event import Event, Readers
from backend.terms.attestations import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationEvent(Event):
    """Something happened to an attestation. `schema` is that of its claim."""

    recipient: str
    attester: str
    schema: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested(AttestationEvent):
    """`value` is a word: 1 for a person or a business, a credit band, or a product's hash."""

    READ: ClassVar[Readers] = {"claim": Claim}

    claim: Claim
    value: str
    expiration_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked(AttestationEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestorSet(Event):
    READ: ClassVar[Readers] = {"claim": Claim}

    attestor: str
    claim: Claim
    allowed: bool
