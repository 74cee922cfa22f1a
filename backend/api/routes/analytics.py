"""What happened in the market, in sums by day or by version of the rules."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from backend.api import problem_types as types
from backend.api.context import At, Here, Names
from backend.api.errors import Problem
from backend.api.fields import DATABASE_MAX
from backend.api.openapi import reading
from backend.api.schemas.analytics import (
    AnalyticsOut,
    ConcentrationOut,
    FiguresOut,
    TreasuryOut,
)
from backend.api.schemas.base import AmountOut, BlockOut
from backend.queries.analytics import DAY, by_day, by_version, fees_earned, periods, rows_between
from backend.queries.concentration import concentration
from backend.queries.spending import owed_to, payments

router = APIRouter(tags=["analytics"])

USUAL_DAYS = 90
MOST_DAYS = 3_660


@router.get("/analytics", responses=reading(types.TOO_MANY_TRADES))
def get_analytics(
    here: Here,
    at: At,
    names: Names,
    since: Annotated[
        int | None,
        Query(ge=0, le=DATABASE_MAX, description="From this second on; usually 90 days ago."),
    ] = None,
    until: Annotated[
        int | None,
        Query(ge=0, le=DATABASE_MAX, description="Before this second; usually all there is."),
    ] = None,
    by: Annotated[
        Literal["day", "version"], Query(description="Days of UTC, or versions of the rules.")
    ] = "day",
) -> AnalyticsOut:
    """Volume, fees, trades by kind and outcome, disputes, turnout and the treasury. Times are the
    chain's, in unix seconds; at most ten years at once."""
    last = at.now + 1 if until is None else min(until, at.now + 1)
    first = max(last - USUAL_DAYS * DAY, 0) if since is None else since
    first = max(first, last - MOST_DAYS * DAY)
    count, most = rows_between(at, first, last), here.limits.replayed_trades
    if count > most:
        raise Problem(
            types.TOO_MANY_TRADES,
            f"{count} trades were opened or closed then, and {most} can be reckoned at once",
            trades=count,
            limit=most,
        )
    day = by == "day"
    found = periods(at, (by_day if day else by_version)(first, last), whole=day)
    treasury = at.contracts["MarketTimelock"]
    spent: dict[str, int] = {}
    for one in payments(at):
        spent[one.asset] = spent.get(one.asset, 0) + one.value

    def amounts(sums: dict[str, int]) -> list[AmountOut]:
        return [AmountOut.of(asset, value, names) for asset, value in sorted(sums.items()) if value]

    return AnalyticsOut(
        since=first,
        until=last,
        by=by,
        items=[FiguresOut.of(key, one, names, day=day) for key, one in found.items()],
        concentration=ConcentrationOut.of(concentration(at)),
        treasury=TreasuryOut(
            account=treasury,
            earned=amounts(fees_earned(at)),
            owed=amounts(owed_to(at, treasury)),
            spent=amounts(spent),
        ),
        as_of=BlockOut.of(at.block),
    )
