"""What every request has at hand, and the state of the database it is answered from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, cast

from fastapi import Depends, Query, Request
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from backend.api import problem_types as types
from backend.api.cursors import CursorScope, Kind
from backend.api.errors import Problem, malformed
from backend.api.fields import DATABASE_MAX
from backend.api.limits import Limits
from backend.api.purses import Purses
from backend.content import Store, open_store
from backend.db import DatabaseError
from backend.notices import Courier
from backend.queries.assets import AssetName, names_of_assets
from backend.queries.snapshot import NothingIndexed, Snapshot, snapshot
from backend.settings import Deployment, Settings

ROOT = "/api/v1"
POLL_SECONDS = 0.1
LARGEST_PAGE = 100
USUAL_PAGE = 25


@dataclass(slots=True)
class Streams:
    """How many streams of blocks are open."""

    open: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """Made once, when the service starts."""

    settings: Settings
    deployment: Deployment
    engine: Engine
    limits: Limits
    streams: Streams
    courier: Courier = field(default_factory=lambda: Courier(()))
    purses: Purses = field(default_factory=Purses)

    @property
    def content(self) -> Store:
        """Raises StoreError."""
        return _store(self.settings.content_place)

    @property
    def escrow(self) -> str:
        return self.deployment.address("Escrow")


@cache
def _store(place: str) -> Store:
    return open_store(place)


def context_of(request: Request) -> Context:
    return cast(Context, request.app.state.context)


Here = Annotated[Context, Depends(context_of)]


def only_known_parameters(request: Request) -> None:
    """A misspelt filter is an error and not an answer to another question."""
    path = ROOT + request.scope["route"].path_format.removeprefix(ROOT)
    page = request.app.openapi()["paths"].get(path, {}).get(request.method.lower(), {})
    known = {item["name"] for item in page.get("parameters", []) if item["in"] == "query"}
    names = [name for name, _ in request.query_params.multi_items()]
    faults = [
        (
            ["query", name],
            "there is no such parameter" if name not in known else "it is given twice",
        )
        for name in dict.fromkeys(names)
        if name not in known or names.count(name) > 1
    ]
    if faults:
        raise malformed(faults)


MinBlock = Annotated[
    int | None,
    Query(
        alias="minBlock",
        ge=0,
        le=DATABASE_MAX,
        description="Answer from this block or a later one, to read one's own write: the block of "
        "your transaction's receipt. Waits for it for a few seconds.",
    ),
]


async def wait_for_block(here: Here, min_block: MinBlock = None) -> None:
    """Until that block is indexed. Problem: it is not, in the time there is."""
    if min_block is None:
        return
    last = time.monotonic() + here.limits.min_block_seconds
    while True:
        indexed = await run_in_threadpool(_indexed, here)
        if indexed >= min_block:
            return
        if time.monotonic() >= last:
            raise Problem(
                types.BLOCK_NOT_INDEXED,
                f"block {min_block} was asked for, and {indexed} is the last one indexed",
                retry_after=1,
                minBlock=min_block,
                indexedBlock=indexed,
            )
        await asyncio.sleep(POLL_SECONDS)


def _indexed(here: Context) -> int:
    with opened(here) as found:
        return found.block.number


def open_snapshot(
    here: Here, _waited: Annotated[None, Depends(wait_for_block)]
) -> Iterator[Snapshot]:
    with opened(here) as found:
        yield found


@contextmanager
def opened(here: Context) -> Iterator[Snapshot]:
    """One state of the database. Problem: there is none yet, of this market."""
    try:
        with snapshot(here.engine) as found:
            deployment = here.deployment
            if (found.chain_id, dict(found.contracts)) != (
                deployment.chain_id,
                dict(deployment.contracts),
            ):
                raise Problem(
                    types.NOT_READY,
                    "the database is of another market than the deployment that is served",
                )
            yield found
    except NothingIndexed as error:
        raise Problem(types.NOT_READY, str(error), retry_after=2) from None
    except DatabaseError as error:
        raise Problem(types.DATABASE_BUSY, "another program holds it", retry_after=2) from error


At = Annotated[Snapshot, Depends(open_snapshot, scope="function")]


def names_at(here: Here, at: At) -> dict[str, AssetName]:
    return names_of_assets(at, here.settings.coin)


Names = Annotated[dict[str, AssetName], Depends(names_at)]

PageSize = Annotated[
    int, Query(ge=1, le=LARGEST_PAGE, description="The most items to give at once.")
]
Cursor = Annotated[
    str | None,
    Query(min_length=1, description="`nextCursor` of the part before, with the same filters."),
]


@dataclass(frozen=True, slots=True)
class Turn:
    """Which part of a list is asked for: what it is sorted by, from where on, and how much."""

    scope: CursorScope
    after: Any
    limit: int

    def next_cursor(self, last: tuple[Any, ...] | None) -> str | None:
        return None if last is None else self.scope.encode(last)


def turn(
    at: Snapshot,
    listing: str,
    shape: tuple[Kind, ...],
    cursor: str | None,
    limit: int,
    **filters: object,
) -> Turn:
    """Problem: the cursor is not of this list."""
    scope = CursorScope.of((at.chain_id, at.escrow), listing, filters, shape)
    return Turn(scope, None if cursor is None else scope.decode(cursor), limit)
