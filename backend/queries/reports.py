"""Condition reports of a trade."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import condition_reports
from backend.queries.snapshot import Snapshot


def reports_of(at: Snapshot, trade_id: str) -> list[Row[Any]]:
    """Every signature, in the order in which they were posted."""
    columns = condition_reports.c
    query = select(condition_reports).where(
        columns.chain_id == at.chain_id,
        columns.escrow == at.escrow,
        columns.trade_id == trade_id,
    )
    order = (columns.posted_at, columns.moment, columns.content_hash, columns.party)
    return list(at.connection.execute(query.order_by(*order)).all())
