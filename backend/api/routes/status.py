"""How the service fares."""

from __future__ import annotations

from fastapi import APIRouter

from backend.api import problem_types as types
from backend.api.context import At, Here, opened
from backend.api.errors import Problem
from backend.api.openapi import problems, reading
from backend.api.schemas.base import BlockOut
from backend.api.schemas.status import HeadOut, HealthOut, StatusOut
from backend.queries.progress import find_progress
from backend.queries.rules import paused_until, rules_in_force

router = APIRouter(tags=["status"])


@router.get("/health")
def get_health() -> HealthOut:
    """Whether the process answers at all."""
    return HealthOut(status="ok")


@router.get("/ready", responses=problems(types.NOT_READY, types.DATABASE_BUSY, types.BROKEN))
def get_ready(here: Here) -> HealthOut:
    """Whether there is something to answer with, and the indexer has not stopped for good."""
    with opened(here) as at:
        progress = find_progress(at.connection)
    if progress is not None and progress.halted is not None:
        raise Problem(types.NOT_READY, f"the indexer has stopped: {progress.halted}")
    return HealthOut(status="ok")


@router.get("/status", responses=reading())
def get_status(at: At) -> StatusOut:
    """How far the index is, of which chain and contracts, and whether trades can be opened."""
    progress = find_progress(at.connection)
    in_force = rules_in_force(at)
    head = None
    if progress is not None:
        head = HeadOut(number=progress.head, seen_at=progress.seen_at)
    return StatusOut(
        chain_id=at.chain_id,
        contracts=dict(at.contracts),
        indexed=BlockOut.of(at.block),
        head=head,
        lag=None if head is None else max(head.number - at.block.number, 0),
        final=None if progress is None else progress.final,
        halted=None if progress is None else progress.halted,
        chain_time=at.now,
        rules_version=None if in_force is None else in_force.version,
        opening_paused_until=paused_until(at),
        as_of=BlockOut.of(at.block),
    )
