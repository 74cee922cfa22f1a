"""Rules and assets."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path

from backend.api import problem_types as types
from backend.api.context import At, Names
from backend.api.errors import Problem
from backend.api.fields import DATABASE_MAX
from backend.api.openapi import reading
from backend.api.schemas.base import BlockOut
from backend.api.schemas.governed import GovernedListOut, governed_of
from backend.api.schemas.rules import (
    AssetsOut,
    RulesOut,
    VersionsOut,
    asset_of,
    versions_of,
)
from backend.queries import rules
from backend.queries.snapshot import Snapshot
from backend.queries.standing import standing_at

router = APIRouter(tags=["rules"])


@router.get("/rules", responses=reading())
def list_rules(at: At) -> VersionsOut:
    """Every version of the rules with old and new values, the newest first."""
    return _versions(at)


@router.get("/rules/bounds", responses=reading())
def list_bounds(at: At) -> GovernedListOut:
    """Every number that members vote on, with its bounds and the largest step of one vote."""
    standing = standing_at(at)
    return GovernedListOut(
        version=standing.version, items=governed_of(standing), as_of=BlockOut.of(at.block)
    )


@router.get("/rules/{version}", responses=reading(types.UNKNOWN_VERSION))
def get_rules(at: At, version: Annotated[int, Path(ge=1, le=DATABASE_MAX)]) -> RulesOut:
    """One version of the rules."""
    told = _versions(at).items
    for found in told:
        if found.version == version:
            return RulesOut(**dict(found), as_of=BlockOut.of(at.block))
    latest = told[0].version if told else 0
    raise Problem(types.UNKNOWN_VERSION, f"there is no version {version}", latest=latest)


@router.get("/assets", responses=reading())
def list_assets(at: At, names: Names) -> AssetsOut:
    """Every asset that members voted on, and whether trades can be opened in it."""
    history = groupby(rules.asset_history(at), key=lambda row: str(row.asset))
    return AssetsOut(
        items=[asset_of(list(rows), names, at.now) for _, rows in history],
        as_of=BlockOut.of(at.block),
    )


def _versions(at: Snapshot) -> VersionsOut:
    rows = rules.list_versions(at)
    in_force = rules.version_in_force(rows, at.now)
    return VersionsOut(
        items=versions_of(rows, rules.pinned_trades(at), rules.proposals_of(at, rows), at.now),
        in_force=None if in_force is None else in_force.version,
        as_of=BlockOut.of(at.block),
    )
