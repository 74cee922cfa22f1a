"""Who may attest what, and what was attested.

A new attestation of a claim takes the place of one that is revoked or over, so that what is neither
is all that holds.
"""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import attestations, attestors
from backend.events.attestations import Attested, AttestorSet, Revoked
from backend.projections.registry import origin, projects
from backend.terms.attestations import CLAIM_NAMES


@projects(Attested)
def attested(event: Attested, rows: Rows) -> None:
    rows.add(
        attestations,
        uid=event.uid,
        recipient=event.recipient,
        attester=event.attester,
        claim=CLAIM_NAMES[event.claim],
        value=int(event.value, 16),
        attested_at=event.at.block_time,
        expires_at=event.expiration_time,
        **origin(event),
    )


@projects(Revoked)
def revoked(event: Revoked, rows: Rows) -> None:
    key = {"uid": event.uid}
    rows.change(attestations, key, revoked_at=event.at.block_time, **origin(event))


@projects(AttestorSet)
def attestor_set(event: AttestorSet, rows: Rows) -> None:
    rows.put(
        attestors,
        attestor=event.attestor,
        claim=CLAIM_NAMES[event.claim],
        allowed=event.allowed,
        **origin(event),
    )
