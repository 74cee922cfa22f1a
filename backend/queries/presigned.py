"""Splits that were signed beforehand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import presigned_splits
from backend.queries.snapshot import Snapshot


def splits_of(at: Snapshot, offer_hash: str, fill: int | None = None) -> list[Row[Any]]:
    """Of an offer, or of the trade that a fill of it is; by fill, tranche, share and deadline."""
    columns = presigned_splits.c
    query = select(presigned_splits).where(
        columns.chain_id == at.chain_id,
        columns.escrow == at.escrow,
        columns.offer_hash == offer_hash,
    )
    if fill is not None:
        query = query.where(columns.fill == fill)
    order = (columns.fill, columns.tranche, columns.performer_bps, columns.deadline)
    return list(at.connection.execute(query.order_by(*order)).all())
