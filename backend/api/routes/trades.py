"""Trades."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from backend.api import problem_types as types
from backend.api.context import USUAL_PAGE, At, Cursor, Names, PageSize, turn
from backend.api.errors import Problem
from backend.api.fields import AddressIn, Bytes32In
from backend.api.openapi import listing, reading
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.review import trade_reviews
from backend.api.schemas.trade import TradeOut, TradeSummary, summary_of, trade_of
from backend.queries import contents, trades
from backend.queries.disputes import disputes_of_trade
from backend.queries.presigned import splits_of
from backend.queries.reviews import hashes_of, reviews_of_trade

router = APIRouter(tags=["trades"])

TradeId = Annotated[Bytes32In, Path(alias="tradeId")]


@router.get("/trades", responses=listing())
def list_trades(
    at: At,
    names: Names,
    party: Annotated[AddressIn | None, Query(description="Named in the trade.")] = None,
    status: Annotated[
        Literal["open", "closed", "disputed", "due"] | None,
        Query(
            description="`disputed`: some tranche waits for a ruling. `due`: somebody was silent "
            "too long, and anyone may close a tranche now."
        ),
    ] = None,
    kind: Annotated[int | None, Query(ge=1, le=10, description="1 goods to 10 other.")] = None,
    asset: Annotated[AddressIn | None, Query(description="Zero: the chain's coin.")] = None,
    offer: Annotated[Bytes32In | None, Query(description="The hash of the offer taken.")] = None,
    limit: PageSize = USUAL_PAGE,
    cursor: Cursor = None,
) -> Page[TradeSummary]:
    """Trades, the newest first."""
    wanted = trades.TradeFilter(party, status, kind, asset, offer)
    part = turn(
        at,
        "trades",
        ("int", "int"),
        cursor,
        limit,
        party=party,
        status=status,
        kind=kind,
        asset=asset,
        offer=offer,
    )
    found = trades.list_trades(at, wanted, part.after, limit)
    rows = trades.with_parts(at.connection, found.rows)
    return Page[TradeSummary](
        items=[summary_of(row, names, at.now) for row in rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/trades/{tradeId}", responses=reading(types.UNKNOWN_TRADE))
def get_trade(at: At, names: Names, trade_id: TradeId) -> TradeOut:
    """A trade with its tranches, what happened to it, what happens next, how to act on it, and what
    its sides say of each other."""
    found = trades.find_trade(at.connection, trade_id)
    if found is None:
        raise Problem(types.UNKNOWN_TRADE, f"there is no trade {trade_id}", tradeId=trade_id)
    events = trades.timeline(at.connection, trade_id)
    cases = disputes_of_trade(at, trade_id)
    said = reviews_of_trade(at, found)
    words = [] if said is None else hashes_of(list(said.rows.values()))
    kept = contents.kept(at.connection, [found.trade.content_hash, *words])
    splits = splits_of(at, found.trade.offer_hash, found.trade.fill)
    reviews = trade_reviews(said, kept, at.now)
    return trade_of(
        found, events, cases, kept, splits, reviews, names, at.escrow, BlockOut.of(at.block)
    )
