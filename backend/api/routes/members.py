"""Members, their votes and earnings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from backend.api import problem_types as types
from backend.api.context import USUAL_PAGE, At, Cursor, PageSize, turn
from backend.api.errors import Problem
from backend.api.fields import AddressIn
from backend.api.openapi import listing, reading
from backend.api.schemas.base import BlockOut, FactOut, Page, VotesOut
from backend.api.schemas.members import (
    EarningOut,
    ForfeitOut,
    MemberOut,
    MemberSummary,
    VotesAtOut,
    member_of,
    member_summary,
)
from backend.api.schemas.proposal import VoteOut, vote_of
from backend.queries import members, proposals

router = APIRouter(tags=["members"])

Account = Annotated[AddressIn, Path()]


@router.get("/members", responses=listing())
def list_members(
    at: At, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[MemberSummary]:
    """Members, those with the most votes first."""
    part = turn(at, "members", ("uint", "address"), cursor, limit)
    found = members.list_members(at, part.after, limit)
    index = members.index_at(at, at.now)
    return Page[MemberSummary](
        items=[member_summary(row, index) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/members/{account}", responses=reading(types.UNKNOWN_MEMBER))
def get_member(at: At, account: Account) -> MemberOut:
    """A member with its points and votes now."""
    row = members.find_member(at, account)
    if row is None:
        raise Problem(types.UNKNOWN_MEMBER, f"{account} has neither points nor votes")
    index = members.index_at(at, at.now)
    return member_of(row, index, members.total_units(at, at.now), BlockOut.of(at.block))


@router.get("/members/{account}/votes", responses=listing())
def list_votes_over_time(
    at: At, account: Account, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[VotesAtOut]:
    """How many votes the account had since when, the newest first."""
    part = turn(at, "votes over time", ("int",), cursor, limit, account=account)
    found = members.votes_over_time(at, account, part.after, limit)
    return Page[VotesAtOut](
        items=[
            VotesAtOut(
                since=row.since,
                votes=VotesOut.of(row.votes, members.index_at(at, row.since)),
                fact=FactOut.of(row),
            )
            for row in found.rows
        ],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/members/{account}/ballots", responses=listing())
def list_votes_of_member(
    at: At, account: Account, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[VoteOut]:
    """The votes the account cast, the newest first."""
    part = turn(at, "ballots", ("int", "int"), cursor, limit, account=account)
    found = proposals.list_votes(at, None, account, part.after, limit)
    snapshots = proposals.snapshots_of(at, [row.proposal_id for row in found.rows])
    return Page[VoteOut](
        items=[
            vote_of(row, members.index_at(at, snapshots[row.proposal_id])) for row in found.rows
        ],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/members/{account}/earnings", responses=listing())
def list_earnings(
    at: At, account: Account, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[EarningOut]:
    """What the account earned by which tranche, the newest first."""
    part = turn(at, "earnings", ("int", "int"), cursor, limit, account=account)
    found = members.list_earnings(at, account, part.after, limit)
    return Page[EarningOut](
        items=[
            EarningOut(
                trade_id=row.trade_id,
                tranche=row.tranche,
                counterparty=row.counterparty,
                points=str(row.points),
                units=str(row.units),
                fact=FactOut.of(row),
            )
            for row in found.rows
        ],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/members/{account}/forfeits", responses=listing())
def list_forfeits(
    at: At, account: Account, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[ForfeitOut]:
    """What rulings cost the account, by tranche, the newest first."""
    part = turn(at, "forfeits", ("int", "int"), cursor, limit, account=account)
    found = members.list_forfeits(at, account, part.after, limit)
    return Page[ForfeitOut](
        items=[
            ForfeitOut(
                trade_id=row.trade_id,
                tranche=row.tranche,
                counterparty=row.counterparty,
                points=str(row.points),
                units=str(row.units),
                fact=FactOut.of(row),
            )
            for row in found.rows
        ],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )
