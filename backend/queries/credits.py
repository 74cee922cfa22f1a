"""What the contracts owe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, String, Subquery, false, literal, select, union_all

from backend.db.tables import court_credits, credits, juror_credits
from backend.queries.jurors import asset_of
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot
from backend.terms.offer import ZERO_ADDRESS

FACT = ("block_number", "block_hash", "block_time", "tx_hash", "log_index")


def list_credits(
    snapshot: Snapshot,
    account: str | None,
    asset: str | None,
    after: Sequence[str] | None,
    limit: int,
) -> Part:
    """Credits that are not paid out, by account, asset and the contract that owes."""
    owed = _owed(snapshot)
    query = select(owed)
    if account is not None:
        query = query.where(owed.c.account == account)
    if asset is not None:
        query = query.where(owed.c.asset == asset)
    order = (owed.c.account, owed.c.asset, owed.c.contract)
    return part_of(snapshot.connection, query, order, after, limit, rising=True)


def owed_to(snapshot: Snapshot, account: str) -> Sequence[Row[Any]]:
    """By every contract, by asset."""
    owed = _owed(snapshot)
    query = select(owed).where(owed.c.account == account).order_by(owed.c.asset, owed.c.contract)
    return snapshot.connection.execute(query).all()


def credits_of(snapshot: Snapshot, account: str) -> Sequence[Row[Any]]:
    """By the Escrow alone, by asset."""
    query = select(credits).where(credits.c.account == account, credits.c.settled == false())
    return snapshot.connection.execute(query.order_by(credits.c.asset)).all()


def _owed(snapshot: Snapshot) -> Subquery:
    """The Escrow owes in any asset, the Court in coin, the pool in what jurors stake."""
    by_escrow: Select[Any] = select(
        literal(snapshot.contracts["Escrow"], String).label("contract"),
        credits.c.account,
        credits.c.asset,
        credits.c.amount,
        *(credits.c[name] for name in FACT),
    ).where(credits.c.settled == false())
    by_court: Select[Any] = select(
        literal(snapshot.contracts["Court"], String).label("contract"),
        court_credits.c.account,
        literal(ZERO_ADDRESS, String).label("asset"),
        court_credits.c.amount,
        *(court_credits.c[name] for name in FACT),
    ).where(court_credits.c.settled == false())
    by_pool: Select[Any] = select(
        literal(snapshot.contracts["JurorPool"], String).label("contract"),
        juror_credits.c.account,
        literal(asset_of(snapshot), String).label("asset"),
        juror_credits.c.amount,
        *(juror_credits.c[name] for name in FACT),
    ).where(juror_credits.c.settled == false())
    return union_all(by_escrow, by_court, by_pool).subquery("owed")
