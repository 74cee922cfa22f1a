"""Accounts and credits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from backend.api.context import USUAL_PAGE, At, Cursor, Names, PageSize, turn
from backend.api.fields import AddressIn
from backend.api.openapi import listing, reading
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.juror import juror_summary
from backend.api.schemas.members import AccountOut, CreditOut, member_summary
from backend.api.schemas.trade import summary_of
from backend.queries import credits, disputes, jurors, members, offers, trades

router = APIRouter(tags=["accounts"])

FEW = 5


@router.get("/credits", responses=listing())
def list_credits(
    at: At,
    names: Names,
    account: Annotated[AddressIn | None, Query()] = None,
    asset: Annotated[AddressIn | None, Query(description="Zero: the chain's coin.")] = None,
    limit: PageSize = USUAL_PAGE,
    cursor: Cursor = None,
) -> Page[CreditOut]:
    """What the Escrow, the Court and the pool of jurors owe and was not withdrawn, by account."""
    part = turn(at, "owed", ("address",) * 3, cursor, limit, account=account, asset=asset)
    found = credits.list_credits(at, account, asset, part.after, limit)
    return Page[CreditOut](
        items=[CreditOut.of(row, names) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/accounts/{account}", responses=reading())
def get_account(at: At, names: Names, account: Annotated[AddressIn, Path()]) -> AccountOut:
    """An account at a glance; one that never did anything has nothing."""
    counts = trades.counts_of(at, account)
    recent = trades.list_trades(at, trades.TradeFilter(party=account), None, FEW)
    member = members.find_member(at, account)
    juror = jurors.find_juror(at, account)
    staked = jurors.asset_of(at)
    return AccountOut(
        account=account,
        open_trades=counts["open"],
        closed_trades=counts["closed"],
        recent_trades=[
            summary_of(row, names, at.now) for row in trades.with_parts(at.connection, recent.rows)
        ],
        live_offers=offers.count_live(at, account),
        open_disputes=disputes.count_open(at, account),
        credits=[CreditOut.of(row, names) for row in credits.owed_to(at, account)],
        member=None if member is None else member_summary(member, members.index_at(at, at.now)),
        juror=None if juror is None else juror_summary(juror, staked, names),
        as_of=BlockOut.of(at.block),
    )
