"""Server-sent events: one message for each step of the index."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from backend.api import problem_types as types
from backend.api.context import Context, Here, opened
from backend.api.errors import Problem
from backend.api.openapi import problems
from backend.api.schemas.base import BlockOut
from backend.api.schemas.stream import ChangeOut, NewsOut
from backend.queries.changes import PLACE, Place, changes_after, place_of, undone_since
from backend.queries.snapshot import Snapshot

router = APIRouter(tags=["status"])

LOOK_SECONDS = 0.25
BEAT_SECONDS = 15.0
MOST_CHANGES = 500

STREAM = {
    "description": (
        "Messages named `block`; `data` is a `NewsOut`; `id` is the block's number, how many"
        " rollbacks there were, and its hash, with a dash between them."
    ),
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
PROBLEMS = problems(
    types.MALFORMED, types.NOT_READY, types.DATABASE_BUSY, types.TOO_MANY_STREAMS, types.BROKEN
)

LastId = Annotated[
    str | None,
    Header(alias="Last-Event-ID", pattern=PLACE, description="Go on after the message of this id."),
]


@router.get("/stream", response_class=StreamingResponse, responses={200: STREAM, **PROBLEMS})
async def get_stream(here: Here, last_event_id: LastId = None) -> StreamingResponse:
    """Tells of every block as it is indexed, and of those that are undone.

    The first message is of the newest block; with `Last-Event-ID` it has what happened since that
    one. Each rollback is told, of whichever blocks. A comment now and then keeps the connection
    open.
    """
    limit = here.limits.streams
    if here.streams.open >= limit:
        raise Problem(types.TOO_MANY_STREAMS, f"{limit} are open", retry_after=30, limit=limit)
    last = None if last_event_id is None else Place.read(last_event_id)
    place, first = await run_in_threadpool(_beginning, here, last)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    messages = _messages(here, place, first)
    return StreamingResponse(messages, headers=headers, media_type="text/event-stream")


async def _messages(here: Context, last: Place, first: NewsOut) -> AsyncIterator[str]:
    here.streams.open += 1
    try:
        yield _message(last, first)
        said = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                last, news = await run_in_threadpool(_since, here, last)
            except Problem:
                news = None  # the database is away for a moment
            if news is not None:
                yield _message(last, news)
            elif time.monotonic() - said < BEAT_SECONDS:
                continue
            else:
                yield ": still here\n\n"
            said = time.monotonic()
    finally:
        here.streams.open -= 1


def _message(place: Place, news: NewsOut) -> str:
    data = news.model_dump_json(by_alias=True)
    return f"event: block\nid: {place}\ndata: {data}\n\n"


def _beginning(here: Context, last: Place | None) -> tuple[Place, NewsOut]:
    """The first message: with a place, what happened after it."""
    with opened(here) as at:
        now = place_of(at)
        return now, _news(at, last or now, now)


def _since(here: Context, last: Place) -> tuple[Place, NewsOut | None]:
    """The next message, if the index has moved."""
    with opened(here) as at:
        now = place_of(at)
        return now, None if now == last else _news(at, last, now)


def _news(at: Snapshot, last: Place, now: Place) -> NewsOut:
    undone = undone_since(at, last, now)
    found = changes_after(at, last.number, MOST_CHANGES)
    return NewsOut(
        block=BlockOut.of(at.block),
        undone=undone,
        changes=[] if undone else [ChangeOut.of(row) for row in found.rows],
        complete=not (undone or found.more),
    )
