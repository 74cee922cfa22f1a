"""What the Escrow owes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, false, select

from backend.db.tables import credits
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot


def list_credits(
    snapshot: Snapshot,
    account: str | None,
    asset: str | None,
    after: Sequence[str] | None,
    limit: int,
) -> Part:
    """Credits that are not paid out, by account and asset."""
    query = select(credits).where(credits.c.settled == false())
    if account is not None:
        query = query.where(credits.c.account == account)
    if asset is not None:
        query = query.where(credits.c.asset == asset)
    order = (credits.c.account, credits.c.asset)
    return part_of(snapshot.connection, query, order, after, limit, rising=True)


def credits_of(snapshot: Snapshot, account: str) -> Sequence[Row[Any]]:
    query = select(credits).where(credits.c.account == account, credits.c.settled == false())
    return snapshot.connection.execute(query.order_by(credits.c.asset)).all()
