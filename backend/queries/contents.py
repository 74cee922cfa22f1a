"""What the store of content is said to have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, select, union

from backend.db.tables import (
    condition_reports,
    contents,
    evidence,
    offers,
    reviews,
    trades,
)


def kept(connection: Connection, hashes: Iterable[str]) -> dict[str, Row[Any]]:
    """Those of these hashes that are kept."""
    query = select(contents).where(contents.c.content_hash.in_(set(hashes)))
    return {row.content_hash: row for row in connection.execute(query)}


def bytes_of_all(connection: Connection) -> int:
    total = connection.execute(select(func.coalesce(func.sum(contents.c.size), 0))).scalar_one()
    return int(total)


def bytes_sent_by(connection: Connection, uploader: str, since: int) -> int:
    """From `since` on, wall clock."""
    mine = (contents.c.uploader == uploader, contents.c.kept_at >= since)
    query = select(func.coalesce(func.sum(contents.c.sent), 0)).where(*mine)
    return int(connection.execute(query).scalar_one())


def spoken_of(connection: Connection) -> list[str]:
    """Every hash of content that a trade, a posted offer, a condition report, evidence, a review or
    a reply speaks of, in order."""
    tables = (trades, offers, condition_reports, evidence)
    told = [select(table.c.content_hash) for table in tables]
    said = [reviews.c.content_hash, reviews.c.reply_hash.label("content_hash")]
    told += [select(column).where(column.is_not(None)) for column in said]
    query = union(*told).order_by("content_hash")
    return list(connection.execute(query).scalars())
