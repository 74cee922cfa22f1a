"""Labels, attestations and attestors as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import FactOut, Shape
from backend.queries.labels import Label, numbers_of, state_of
from backend.terms.attestations import LABEL_NAMES, LABELS

LabelName = Literal[
    "personVerified",
    "businessVerified",
    "sustainableProduct",
    "creditBand1",
    "creditBand2",
    "creditBand3",
    "creditBand4",
    "creditBand5",
]


class LabelOut(Shape):
    """A label that an account has now, up to and including `until` (unix seconds)."""

    label: str
    number: int = Field(description="Its bit in the `labels` that an offer asks for.")
    words: str
    until: int
    attester: str
    uid: str


class AttestationOut(Shape):
    """What an attestor said of an account. While it is `standing` it gives the labels."""

    uid: str
    recipient: str
    attester: str
    claim: str
    value: str = Field(description="1, a credit band, or the hash of a product, in decimal.")
    labels: list[str]
    state: str = Field(description="standing, revoked or expired.")
    attested_at: int
    expires_at: int = Field(description="The last second in which it holds.")
    revoked_at: int | None
    fact: FactOut = Field(description="The latest log of it.")


class AttestorOut(Shape):
    """An account that members let attest a claim, or no longer."""

    attestor: str
    claim: str
    allowed: bool
    fact: FactOut


def label_of(label: Label) -> LabelOut:
    return LabelOut(
        label=LABEL_NAMES[label.number],
        number=label.number,
        words=LABELS[label.number],
        until=label.by.expires_at,
        attester=label.by.attester,
        uid=label.by.uid,
    )


def labels_out(labels: Sequence[Label]) -> list[LabelOut]:
    return [label_of(label) for label in labels]


def attestation_of(row: Row[Any], now: int) -> AttestationOut:
    return AttestationOut(
        uid=row.uid,
        recipient=row.recipient,
        attester=row.attester,
        claim=row.claim,
        value=str(row.value),
        labels=[LABEL_NAMES[number] for number in numbers_of(row)],
        state=state_of(row, now),
        attested_at=row.attested_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        fact=FactOut.of(row),
    )


def attestor_of(row: Row[Any]) -> AttestorOut:
    return AttestorOut(
        attestor=row.attestor, claim=row.claim, allowed=row.allowed, fact=FactOut.of(row)
    )
