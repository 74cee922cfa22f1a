"""Trades, their tranches, and what happened to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, exists, func, select

from backend.db.tables import events, parties, trades, tranches
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot

DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class TradeFilter:
    """`status` is open, closed, disputed (open, with a dispute) or due (anyone may close some of
    it now); `party` is named in the trade in any role."""

    party: str | None = None
    status: str | None = None
    kind: int | None = None
    asset: str | None = None
    offer: str | None = None


@dataclass(frozen=True, slots=True)
class TradeRows:
    """A trade with its parties in the order of their seats, and its tranches."""

    trade: Row[Any]
    parties: Sequence[str]
    tranches: Sequence[Row[Any]]


def list_trades(
    snapshot: Snapshot, wanted: TradeFilter, after: Sequence[int] | None, limit: int
) -> Part:
    """Newest first, by block and log index of the opening."""
    query = select(trades)
    place = trades
    of_trade = tranches.c.trade_id == trades.c.trade_id
    if wanted.party is not None:
        place = parties  # it has an index of each account's trades in this order
        query = (
            select(trades, parties.c.block_number, parties.c.log_index)
            .join(parties, parties.c.trade_id == trades.c.trade_id)
            .where(parties.c.account == wanted.party)
        )
    if wanted.kind is not None:
        query = query.where(trades.c.kind == wanted.kind)
    if wanted.asset is not None:
        query = query.where(trades.c.asset == wanted.asset)
    if wanted.offer is not None:
        query = query.where(trades.c.offer_hash == wanted.offer)
    if wanted.status == "closed":
        query = query.where(trades.c.open_tranches == 0)
    elif wanted.status is not None:
        query = query.where(trades.c.open_tranches > 0)
    if wanted.status == DISPUTED:
        query = query.where(exists().where(of_trade, tranches.c.status == DISPUTED))
    elif wanted.status == "due":
        query = query.where(exists().where(of_trade, tranches.c.default_due_at < snapshot.now))
    order = (place.c.block_number, place.c.log_index)
    return part_of(snapshot.connection, query, order, after, limit)


def with_parts(connection: Connection, found: Sequence[Row[Any]]) -> list[TradeRows]:
    """These trades with their parties and tranches, in two queries."""
    ids = [row.trade_id for row in found]
    seats: dict[str, list[str]] = defaultdict(list)
    query = select(parties).where(parties.c.trade_id.in_(ids)).order_by(parties.c.seat)
    for row in connection.execute(query):
        seats[row.trade_id].append(row.account)
    pieces: dict[str, list[Row[Any]]] = defaultdict(list)
    cut = select(tranches).where(tranches.c.trade_id.in_(ids)).order_by(tranches.c.tranche)
    for row in connection.execute(cut):
        pieces[row.trade_id].append(row)
    return [TradeRows(row, seats[row.trade_id], pieces[row.trade_id]) for row in found]


def find_trade(connection: Connection, trade_id: str) -> TradeRows | None:
    found = connection.execute(select(trades).where(trades.c.trade_id == trade_id)).all()
    return with_parts(connection, found)[0] if found else None


def timeline(connection: Connection, trade_id: str) -> Sequence[Row[Any]]:
    """Every event that names this trade, oldest first."""
    query = select(events).where(events.c.trade_id == trade_id)
    return connection.execute(query.order_by(events.c.block_number, events.c.log_index)).all()


def counts_of(snapshot: Snapshot, account: str) -> Mapping[str, int]:
    """How many trades name this account: open ones, closed ones."""
    closed = (trades.c.open_tranches == 0).label("closed")
    query = (
        select(closed, func.count())
        .join(parties, parties.c.trade_id == trades.c.trade_id)
        .where(parties.c.account == account)
        .group_by(closed)
    )
    found = {bool(row[0]): int(row[1]) for row in snapshot.connection.execute(query)}
    return {"open": found.get(False, 0), "closed": found.get(True, 0)}


def taken_fills(connection: Connection, hashes: Sequence[str]) -> Mapping[str, list[int]]:
    """Which fills of these offers were opened, in rising order."""
    taken: dict[str, list[int]] = defaultdict(list)
    query = select(trades.c.offer_hash, trades.c.fill).where(trades.c.offer_hash.in_(hashes))
    for row in connection.execute(query.order_by(trades.c.fill)):
        taken[row.offer_hash].append(row.fill)
    return taken
