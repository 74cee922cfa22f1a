"""What sponsors have locked for fills, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import budgets, trades, tranches
from backend.queries.snapshot import Snapshot


def budgets_of(snapshot: Snapshot, offer_hashes: Sequence[str]) -> dict[str, Row[Any]]:
    """By the hash of the offer, of those that ever had one."""
    query = select(budgets).where(budgets.c.offer_hash.in_(offer_hashes))
    return {row.offer_hash: row for row in snapshot.connection.execute(query)}


def left_of(snapshot: Snapshot, offer_hash: str) -> int:
    """Base units that are left for fills nobody has taken."""
    found = budgets_of(snapshot, [offer_hash]).get(offer_hash)
    return 0 if found is None else int(found.amount)


def paid_out_of(snapshot: Snapshot, offer_hash: str, sponsor: int) -> int:
    """Base units that performers were paid of what the party in this seat put in, after the fee."""
    query = (
        select(tranches.c.to_performer)
        .join(trades, trades.c.trade_id == tranches.c.trade_id)
        .where(
            trades.c.offer_hash == offer_hash,
            tranches.c.funder == sponsor,
            tranches.c.to_performer.is_not(None),
        )
    )
    return sum(int(paid) for paid in snapshot.connection.scalars(query))
