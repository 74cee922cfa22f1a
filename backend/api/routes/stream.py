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
from backend.api.fields import DATABASE_MAX
from backend.api.openapi import problems
from backend.api.schemas.base import BlockOut
from backend.api.schemas.stream import ChangeOut, NewsOut
from backend.queries.changes import changes_after, was_undone
from backend.queries.snapshot import Block

router = APIRouter(tags=["status"])

LOOK_SECONDS = 0.25
BEAT_SECONDS = 15.0
MOST_CHANGES = 500

STREAM = {
    "description": "Messages named `block`; `id` is the block's number, `data` is a `NewsOut`.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
PROBLEMS = problems(
    types.MALFORMED, types.NOT_READY, types.DATABASE_BUSY, types.TOO_MANY_STREAMS, types.BROKEN
)

LastId = Annotated[
    int | None,
    Header(alias="Last-Event-ID", ge=0, le=DATABASE_MAX, description="Go on after this block."),
]


@router.get("/stream", response_class=StreamingResponse, responses={200: STREAM, **PROBLEMS})
async def get_stream(here: Here, last_event_id: LastId = None) -> StreamingResponse:
    """Tells of every block as it is indexed, and of those that are undone.

    The first message is of the newest block; with `Last-Event-ID` it has what happened since that
    block. A comment now and then keeps the connection open.
    """
    limit = here.limits.streams
    if here.streams.open >= limit:
        raise Problem(types.TOO_MANY_STREAMS, f"{limit} are open", retry_after=30, limit=limit)
    block, first = await run_in_threadpool(_beginning, here, last_event_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    messages = _messages(here, block, first)
    return StreamingResponse(messages, headers=headers, media_type="text/event-stream")


async def _messages(here: Context, last: Block, first: NewsOut) -> AsyncIterator[str]:
    here.streams.open += 1
    try:
        yield _message(first)
        said = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                last, news = await run_in_threadpool(_since, here, last)
            except Problem:
                news = None  # the database is away for a moment
            if news is not None:
                yield _message(news)
            elif time.monotonic() - said < BEAT_SECONDS:
                continue
            else:
                yield ": still here\n\n"
            said = time.monotonic()
    finally:
        here.streams.open -= 1


def _message(news: NewsOut) -> str:
    data = news.model_dump_json(by_alias=True)
    return f"event: block\nid: {news.block.number}\ndata: {data}\n\n"


def _beginning(here: Context, number: int | None) -> tuple[Block, NewsOut]:
    """The first message: with a number, what happened after that block."""
    with opened(here) as at:
        undone = number is not None and number > at.block.number
        found = changes_after(at, at.block.number if number is None else number, MOST_CHANGES)
        news = NewsOut(
            block=BlockOut.of(at.block),
            undone=undone,
            changes=[ChangeOut.of(row) for row in found.rows],
            complete=not (undone or found.more),
        )
        return at.block, news


def _since(here: Context, last: Block) -> tuple[Block, NewsOut | None]:
    """The next message, if the index has moved."""
    with opened(here) as at:
        if at.block == last:
            return last, None
        undone = was_undone(at, last)
        found = changes_after(at, last.number, MOST_CHANGES)
        news = NewsOut(
            block=BlockOut.of(at.block),
            undone=undone,
            changes=[] if undone else [ChangeOut.of(row) for row in found.rows],
            complete=not (undone or found.more),
        )
        return at.block, news
