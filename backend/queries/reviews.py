"""Reviews: of one trade, and those that an account gave and received."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, func, or_, select

from backend.db.tables import reviews
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot
from backend.queries.trades import TradeRows
from backend.terms.review_windows import WindowLengths, Windows
from backend.terms.status import TrancheStatus

Direction = Literal["received", "given"]
NO_CONTENT: frozenset[str | None] = frozenset({None})


@dataclass(frozen=True, slots=True)
class TradeReviews:
    """Who may review whom in a closed trade, until when, and what there is so far."""

    windows: Windows
    pairs: Sequence[tuple[str, str]]
    rows: Mapping[tuple[str, str], Row[Any]]


def reviews_of_trade(snapshot: Snapshot, found: TradeRows) -> TradeReviews | None:
    """None for a trade that is open, or that is over and has not started."""
    trade = found.trade
    start = trade.starts_at or trade.opened_at
    if trade.open_tranches or start > snapshot.now:
        return None
    lengths = WindowLengths(
        snapshot.constant("Reviews", "commitWindow"), snapshot.constant("Reviews", "revealWindow")
    )
    closed = [(TrancheStatus(row.status), row.since) for row in found.tranches]
    query = select(reviews).where(reviews.c.trade_id == trade.trade_id)
    rows = {(row.author, row.subject): row for row in snapshot.connection.execute(query)}
    return TradeReviews(lengths.of(start, closed), list(_pairs(found)), rows)


def list_reviews(
    snapshot: Snapshot,
    account: str,
    direction: Direction | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Part:
    """Those that were revealed, the newest first."""
    given, received = reviews.c.author == account, reviews.c.subject == account
    sides = {"given": given, "received": received}
    query = select(reviews).where(
        reviews.c.rating.is_not(None),
        or_(given, received) if direction is None else sides[direction],
    )
    order = (reviews.c.revealed_at, reviews.c.trade_id, reviews.c.author, reviews.c.subject)
    return part_of(snapshot.connection, query, order, after, limit)


def count_reviews(snapshot: Snapshot, account: str) -> tuple[int, int]:
    """How many were revealed: of this account, by this account."""
    told = select(func.count()).select_from(reviews).where(reviews.c.rating.is_not(None))
    received = snapshot.connection.scalar(told.where(reviews.c.subject == account))
    given = snapshot.connection.scalar(told.where(reviews.c.author == account))
    return received or 0, given or 0


def hashes_of(rows: Sequence[Row[Any]]) -> list[str]:
    """Of all that these reviews, and the replies to them, say."""
    told = {row.content_hash for row in rows} | {row.reply_hash for row in rows}
    return sorted(told - NO_CONTENT)


def _pairs(found: TradeRows) -> Iterator[tuple[str, str]]:
    """Author and subject: accounts that one tranche names both."""
    sides = [
        {found.parties[seat] for seat in (row.funder, row.performer, row.checker)}
        for row in found.tranches
    ]
    for author in dict.fromkeys(found.parties):
        for subject in dict.fromkeys(found.parties):
            if author != subject and any({author, subject} <= side for side in sides):
                yield author, subject
