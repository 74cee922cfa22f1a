"""Members, what they earned, and their votes over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import earnings, forfeits, members, supply_checkpoints, vote_checkpoints
from backend.queries.fading import index_after
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot


def start_of(snapshot: Snapshot) -> int:
    """When the reputation began (unix seconds)."""
    return snapshot.constant("Reputation", "start")


def index_at(snapshot: Snapshot, time: int) -> int:
    """Units per point at a time (unix seconds), from the start on."""
    return index_after(max(time - start_of(snapshot), 0))


def list_members(snapshot: Snapshot, after: Sequence[Any] | None, limit: int) -> Part:
    """Those with the most votes first."""
    order = (members.c.votes, members.c.account)
    return part_of(snapshot.connection, select(members), order, after, limit)


def find_member(snapshot: Snapshot, account: str) -> Row[Any] | None:
    query = select(members).where(members.c.account == account)
    return snapshot.connection.execute(query).one_or_none()


def votes_over_time(
    snapshot: Snapshot, account: str, after: Sequence[int] | None, limit: int
) -> Part:
    """From when on the account had how many units of votes, newest first."""
    query = select(vote_checkpoints).where(vote_checkpoints.c.account == account)
    return part_of(snapshot.connection, query, (vote_checkpoints.c.since,), after, limit)


def list_earnings(
    snapshot: Snapshot, account: str, after: Sequence[int] | None, limit: int
) -> Part:
    """What the account earned, newest first."""
    query = select(earnings).where(earnings.c.account == account)
    order = (earnings.c.block_number, earnings.c.log_index)
    return part_of(snapshot.connection, query, order, after, limit)


def list_forfeits(
    snapshot: Snapshot, account: str, after: Sequence[int] | None, limit: int
) -> Part:
    """What rulings cost the account, newest first."""
    query = select(forfeits).where(forfeits.c.account == account)
    order = (forfeits.c.block_number, forfeits.c.log_index)
    return part_of(snapshot.connection, query, order, after, limit)


def total_units(snapshot: Snapshot, time: int) -> int:
    """Units of all accounts together at the end of this second."""
    query = select(supply_checkpoints.c.units).where(supply_checkpoints.c.since <= time)
    newest = query.order_by(supply_checkpoints.c.since.desc()).limit(1)
    return int(snapshot.connection.scalar(newest) or 0)
