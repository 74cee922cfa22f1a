"""What a proposal would have changed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from backend.api import problem_types as types
from backend.api.context import USUAL_PAGE, At, Cursor, Here, Names, PageSize, turn
from backend.api.cursors import Kind
from backend.api.deeds import calls_of
from backend.api.errors import Problem
from backend.api.fields import AddressIn
from backend.api.openapi import listing
from backend.api.routes.governance import ProposalId, find
from backend.api.schemas.base import BlockOut
from backend.api.schemas.impact import (
    ImpactOut,
    OpenTradesOut,
    TradeImpactOut,
    assets_of,
    disputes_of,
)
from backend.queries import impact, rules
from backend.queries.effects import effects_of
from backend.queries.standing import standing_at

router = APIRouter(tags=["governance"])

NEWEST: tuple[Kind, ...] = ("int", "int")
DAY = 86_400
USUAL_DAYS = 90
MOST_DAYS = 3_660


@router.get(
    "/proposals/{proposalId}/impact",
    responses=listing(types.UNKNOWN_PROPOSAL, types.TOO_MANY_TRADES),
)
def get_impact(
    here: Here,
    at: At,
    names: Names,
    proposal_id: ProposalId,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS, description="How far back.")] = USUAL_DAYS,
    payer: Annotated[AddressIn | None, Query(description="Items in which it pays a fee.")] = None,
    asset: Annotated[AddressIn | None, Query(description="Items in this asset.")] = None,
    change: Annotated[
        Literal["more", "less", "same", "disputed", "obstacle"] | None,
        Query(description="Items that cost more, less or the same; disputed; or with obstacles."),
    ] = None,
    limit: PageSize = USUAL_PAGE,
    cursor: Cursor = None,
) -> ImpactOut:
    """The closed trades of the last days under the proposed rules, in exact sums, and every trade
    they are made of. Trades that are open keep their rules: no proposal touches them."""
    row = find(at, proposal_id)
    since = max(at.now - days * DAY, 0)
    part = turn(
        at,
        "impact",
        NEWEST,
        cursor,
        limit,
        proposal=proposal_id,
        days=days,
        payer=payer,
        asset=asset,
        change=change,
    )
    count, most = impact.count_closed(at, since), here.limits.replayed_trades
    if count > most:
        raise Problem(
            types.TOO_MANY_TRADES,
            f"{count} trades were closed in {days} days, and {most} can be replayed at once",
            trades=count,
            limit=most,
        )
    before = standing_at(at, row.executed_at)
    calls = calls_of(at, row)
    _, after = effects_of(calls, before)
    found = list(impact.replay(at, since, before, after))
    chosen = [
        trade
        for trade in found
        if _is_wanted(trade, payer, asset, change)
        and (part.after is None or trade.key < tuple(part.after))
    ]
    shown = chosen[:limit]
    more = len(chosen) > limit
    return ImpactOut(
        proposal_id=proposal_id,
        days=days,
        since=since,
        trades=len(found),
        unread_calls=sum(call.function is None and call.data != "0x" for call in calls),
        assets=assets_of(found, names),
        disputes=disputes_of(found),
        open_trades=[
            OpenTradesOut(version=version, trades=still_open)
            for version, (still_open, _) in sorted(rules.pinned_trades(at).items())
            if still_open
        ],
        items=[TradeImpactOut.of(trade) for trade in shown],
        next_cursor=part.next_cursor(shown[-1].key if more else None),
        as_of=BlockOut.of(at.block),
    )


def _is_wanted(
    trade: impact.ClosedTrade, payer: str | None, asset: str | None, change: str | None
) -> bool:
    moved = trade.sums.change
    fits = {
        None: True,
        "more": moved > 0,
        "less": moved < 0,
        "same": moved == 0,
        "disputed": bool(trade.disputes),
        "obstacle": bool(trade.obstacles),
    }
    payers = trade.by_payer
    return (
        fits[change]
        and (payer is None or payer in payers)
        and (asset is None or trade.row.asset == asset)
    )
