"""Labels of accounts, and who may give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select

from backend.db.tables import attestations, attestors
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot
from backend.terms.attestations import CLAIM_NAMES, FIRST_BAND_LABEL, Claim, labels_of

CLAIMS: Mapping[str, Claim] = {name: claim for claim, name in CLAIM_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Label:
    """One that an account has now, and the attestation that gives it."""

    number: int
    by: Row[Any]


def labels_of_accounts(
    snapshot: Snapshot, accounts: Iterable[str]
) -> Mapping[str, Sequence[Label]]:
    """Those that hold now, by account, in the order of their numbers."""
    query = select(attestations).where(
        attestations.c.recipient.in_(set(accounts)), _stands(snapshot.now)
    )
    found: dict[str, list[Label]] = defaultdict(list)
    for row in snapshot.connection.execute(query):
        found[row.recipient] += [Label(number, row) for number in numbers_of(row)]
    return {
        account: sorted(told, key=lambda label: label.number) for account, told in found.items()
    }


def labelled(snapshot: Snapshot, label: int) -> Select[tuple[str]]:
    """The accounts that have a label now."""
    claim = next(claim for claim in Claim if label in labels_of(claim, 2**256 - 1))
    query = select(attestations.c.recipient).where(
        _stands(snapshot.now), attestations.c.claim == CLAIM_NAMES[claim]
    )
    if claim is not Claim.CREDIT_BAND:
        return query
    return query.where(attestations.c.value >= label - FIRST_BAND_LABEL + 1)


def list_attestations(
    snapshot: Snapshot, account: str, after: Sequence[Any] | None, limit: int
) -> Part:
    """All that were ever attested of an account, the newest first."""
    query = select(attestations).where(attestations.c.recipient == account)
    order = (attestations.c.attested_at, attestations.c.uid)
    return part_of(snapshot.connection, query, order, after, limit)


def list_attestors(snapshot: Snapshot, after: Sequence[Any] | None, limit: int) -> Part:
    """Everybody who may attest something, or once might: what members said last comes first."""
    order = (attestors.c.block_number, attestors.c.log_index)
    return part_of(snapshot.connection, select(attestors), order, after, limit)


def numbers_of(row: Row[Any]) -> tuple[int, ...]:
    """The labels that an attestation gives while it stands."""
    return labels_of(CLAIMS[row.claim], row.value)


def state_of(row: Row[Any], now: int) -> str:
    """standing, revoked or expired."""
    if row.revoked_at is not None:
        return "revoked"
    return "standing" if row.expires_at >= now else "expired"


def _stands(now: int) -> ColumnElement[bool]:
    return and_(attestations.c.revoked_at.is_(None), attestations.c.expires_at >= now)
