"""An account's votes at a moment, how they fade, and the trades it may claim reputation for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, func, select

from backend.db.tables import claims, parties, trades, vote_checkpoints
from backend.queries.fading import WEEK
from backend.queries.members import start_of
from backend.queries.snapshot import Snapshot
from backend.queries.trades import TradeRows, with_parts


def votes_at(snapshot: Snapshot, account: str, time: int) -> int:
    """Units of votes at the end of this second (unix)."""
    query = select(vote_checkpoints.c.votes).where(
        vote_checkpoints.c.account == account, vote_checkpoints.c.since <= time
    )
    newest = query.order_by(vote_checkpoints.c.since.desc()).limit(1)
    return int(snapshot.connection.scalar(newest) or 0)


def coming_weeks(snapshot: Snapshot, weeks: int) -> Iterator[int]:
    """Now, then when each of so many weeks begins: the moments at which votes fade."""
    start = start_of(snapshot)
    begun = max(snapshot.now - start, 0) // WEEK
    yield snapshot.now
    for week in range(begun + 1, begun + 1 + weeks):
        yield start + week * WEEK


def claimable(snapshot: Snapshot, account: str, limit: int) -> tuple[list[TradeRows], int]:
    """Closed trades with this party that were not claimed, those closed first, and how many there
    are in all. None where the escrow's trades earn nothing: see `listed_escrows_at`."""
    claimed = exists().where(
        claims.c.escrow == snapshot.escrow, claims.c.trade_id == trades.c.trade_id
    )
    query = (
        select(trades)
        .where(
            trades.c.trade_id.in_(select(parties.c.trade_id).where(parties.c.account == account)),
            trades.c.open_tranches == 0,
            ~claimed,
        )
        .order_by(trades.c.closed_at, trades.c.block_number, trades.c.log_index)
    )
    count = select(func.count()).select_from(query.order_by(None).subquery())
    rows = snapshot.connection.execute(query.limit(limit)).all()
    return with_parts(snapshot.connection, rows), int(snapshot.connection.scalar(count) or 0)
