"""Who may attest what, as members last voted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import attestors, events
from backend.queries.snapshot import Snapshot
from backend.terms.attestations import CLAIM_NAMES, Claim


def attestors_now(snapshot: Snapshot) -> Sequence[Row[Any]]:
    """Those who may attest, by claim, oldest first."""
    query = select(attestors).where(attestors.c.allowed.is_(True))
    order = (attestors.c.claim, attestors.c.block_number, attestors.c.log_index)
    return snapshot.connection.execute(query.order_by(*order)).all()


def attestors_at(snapshot: Snapshot, time: int) -> frozenset[tuple[str, str]]:
    """Account and claim, after this second (unix). Events are read only if some came later."""
    rows = snapshot.connection.execute(select(attestors)).all()
    if all(row.block_time <= time for row in rows):
        return frozenset((row.attestor, row.claim) for row in rows if row.allowed)
    earlier = (
        select(events.c.args)
        .where(events.c.name == "AttestorSet", events.c.block_time <= time)
        .order_by(events.c.block_number, events.c.log_index)
    )
    told = [row.args for row in snapshot.connection.execute(earlier)]
    last = {(args["attestor"], _name(args["claim"])): args["allowed"] for args in told}
    return frozenset(pair for pair, allowed in last.items() if allowed)


def _name(claim: Any) -> str:
    return CLAIM_NAMES[Claim(int(claim))]
