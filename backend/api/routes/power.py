"""What an account's votes weigh, and what may add to them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from backend.api.context import At
from backend.api.errors import malformed
from backend.api.fields import DATABASE_MAX, AddressIn
from backend.api.openapi import reading
from backend.api.schemas.base import BlockOut, VotesOut
from backend.api.schemas.power import ClaimableOut, ClaimableTradeOut, FadingOut, PowerOut
from backend.api.schemas.trade import tuple_of
from backend.queries import members, power
from backend.queries.reputation import listed_escrows_at

router = APIRouter(tags=["members"])

USUAL_WEEKS = 26
MOST_WEEKS = 104
BATCH = 20

Account = Annotated[AddressIn, Path()]


@router.get("/members/{account}/power", responses=reading())
def get_power(
    at: At,
    account: Account,
    time: Annotated[
        int | None,
        Query(ge=0, le=DATABASE_MAX, description="The moment to weigh at, not after now."),
    ] = None,
    weeks: Annotated[int, Query(ge=0, le=MOST_WEEKS, description="To look ahead.")] = USUAL_WEEKS,
) -> PowerOut:
    """An account's votes now or at a moment that was, as a proposal with that snapshot weighs them,
    and how those of now fade. One that never had any has none."""
    if time is not None and time > at.now:
        raise malformed([(["query", "time"], f"it is after the newest block, of {at.now}")])
    moment = at.now if time is None else time
    units = power.votes_at(at, account, moment)
    total = members.total_units(at, moment)
    held = power.votes_at(at, account, at.now)
    return PowerOut(
        account=account,
        time=moment,
        votes=VotesOut.of(units, members.index_at(at, moment)),
        share_bps=units * 10_000 // total if total else 0,
        fading=[
            FadingOut(time=when, votes=VotesOut.of(held, members.index_at(at, when)))
            for when in power.coming_weeks(at, weeks)
        ],
        as_of=BlockOut.of(at.block),
    )


@router.get("/members/{account}/claimable", responses=reading())
def list_claimable(at: At, account: Account) -> ClaimableOut:
    """Closed trades of the account whose reputation waits to be claimed, by anyone."""
    rows, count = power.claimable(at, account, BATCH)
    if at.escrow not in listed_escrows_at(at, at.now):
        rows, count = [], 0
    return ClaimableOut(
        escrow=at.escrow,
        items=[
            ClaimableTradeOut(
                id=row.trade.trade_id, closed_at=row.trade.closed_at, trade=tuple_of(row)
            )
            for row in rows
        ],
        in_all=count,
        as_of=BlockOut.of(at.block),
    )
