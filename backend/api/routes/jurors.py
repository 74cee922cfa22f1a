"""Jurors, their duties, the pool, and the seeds."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from sqlalchemy import Row

from backend.api import problem_types as types
from backend.api.context import USUAL_PAGE, At, Cursor, Names, PageSize, turn
from backend.api.errors import Problem
from backend.api.fields import DATABASE_MAX, AddressIn
from backend.api.openapi import listing, reading
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.duty import DutiesOut, duty_out, waiting_out
from backend.api.schemas.juror import (
    JurorOut,
    JurorSummary,
    PoolOut,
    juror_of,
    juror_summary,
    pool_out,
    record_out,
)
from backend.api.schemas.seed import SeedInFull, SeedOut, seed_in_full, seed_out
from backend.queries import duties, jurors, seeds, waiting
from backend.queries.snapshot import Snapshot

router = APIRouter(tags=["jurors"])

Account = Annotated[AddressIn, Path()]
SeedId = Annotated[int, Path(alias="seedId", ge=1, le=DATABASE_MAX)]


@router.get("/jurors", responses=listing())
def list_jurors(
    at: At, names: Names, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[JurorSummary]:
    """Everybody who ever staked, those who weigh the most first."""
    part = turn(at, "jurors", ("int", "uint", "address"), cursor, limit)
    found = jurors.list_jurors(at, part.after, limit)
    asset = jurors.asset_of(at)
    return Page[JurorSummary](
        items=[juror_summary(row, asset, names) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/jurors/{account}", responses=reading(types.UNKNOWN_JUROR))
def get_juror(at: At, names: Names, account: Account) -> JurorOut:
    """A juror: stake, weight and tier, credits, and what it did on panels and for seeds."""
    row = find(at, account)
    pool = jurors.pool_of(at)
    record = jurors.record_of(at, account)
    return juror_of(
        row,
        pool,
        jurors.points_of(at, account),
        (waiting.court_credit_of(at, account), jurors.pool_credit_of(at, account)),
        record_out(record, pool.asset, jurors.seed_setup(at).bond, names),
        names,
        BlockOut.of(at.block),
    )


@router.get("/jurors/{account}/duties", responses=reading())
def get_duties(at: At, names: Names, account: Account) -> DutiesOut:
    """What an account has to do as a juror now and soon, by when, what hangs on it, and what waits
    for it. Who never staked has nothing to do."""
    asset = jurors.asset_of(at)
    return DutiesOut(
        juror=account,
        duties=[duty_out(one, at.contracts, asset, names) for one in duties.duties_of(at, account)],
        waiting=[waiting_out(one, at.contracts, names) for one in waiting.waiting_for(at, account)],
        as_of=BlockOut.of(at.block),
    )


@router.get("/pool", responses=reading())
def get_pool(at: At, names: Names) -> PoolOut:
    """What the pool of jurors and the seeds were deployed with, and the pool as a whole."""
    return pool_out(
        jurors.pool_of(at),
        jurors.seed_setup(at),
        jurors.totals_of(at),
        jurors.callers_of(at),
        at.contracts,
        names,
        BlockOut.of(at.block),
    )


@router.get("/seeds", responses=listing())
def list_seeds(at: At, limit: PageSize = USUAL_PAGE, cursor: Cursor = None) -> Page[SeedOut]:
    """The seeds that panels are drawn by, the newest first."""
    part = turn(at, "seeds", ("int",), cursor, limit)
    found = seeds.list_seeds(at, part.after, limit)
    return Page[SeedOut](
        items=[seed_out(rows, at) for rows in seeds.with_rows(at, found.rows)],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/seeds/{seedId}", responses=reading(types.UNKNOWN_SEED))
def get_seed(at: At, seed_id: SeedId) -> SeedInFull:
    """A seed: who gives it, how far it is, and the panels drawn by it."""
    row = seeds.find_seed(at, seed_id)
    if row is None:
        raise Problem(types.UNKNOWN_SEED, f"there is no seed {seed_id}")
    (found,) = seeds.with_rows(at, [row])
    return seed_in_full(found, at)


def find(at: Snapshot, account: str) -> Row[Any]:
    row = jurors.find_juror(at, account)
    if row is None:
        raise Problem(types.UNKNOWN_JUROR, f"{account} never staked as a juror")
    return row
