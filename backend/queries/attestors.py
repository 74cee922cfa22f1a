"""Who may attest what, as members last voted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import attestors
from backend.queries.snapshot import Snapshot


def attestors_at(snapshot: Snapshot) -> Sequence[Row[Any]]:
    """Those who may attest now, by claim, oldest first."""
    query = select(attestors).where(attestors.c.allowed.is_(True))
    order = (attestors.c.claim, attestors.c.block_number, attestors.c.log_index)
    return snapshot.connection.execute(query.order_by(*order)).all()
