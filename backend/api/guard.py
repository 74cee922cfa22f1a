"""The outermost layer: bounds on size and time, and no fault of the service shown to anybody.

Plain ASGI, so that a refused body is never read and a stream is never held back.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api import problem_types as types
from backend.api.context import ROOT
from backend.api.errors import Problem
from backend.api.limits import Limits
from backend.api.throttle import Throttle, address_of

_log = logging.getLogger("commonhold.api")

UPLOADS = f"{ROOT}/content"  # where a body may be as large as a picture
READS = ("GET", "HEAD", "OPTIONS")
UNREAD = (types.BODY_TOO_LARGE, types.BODY_TOO_SLOW, types.TOO_MANY_REQUESTS)
SAFETY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


@dataclass(slots=True)
class _Progress:
    """Whether the answer was begun: from then on nothing else can be said."""

    begun: bool = False


class Guard:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits
        self._writes = Throttle(limits.writes_at_once, limits.writes_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        progress = _Progress()

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                progress.begun = True
                message["headers"] = [*message.get("headers", []), *SAFETY_HEADERS]
            await send(message)

        try:
            body = await self._read(scope, receive)
            if body is None:
                return
            await self._answer(scope, _replay(body, receive), send_safely, progress)
        except Problem as problem:
            await self._refuse(problem, scope, receive, send_safely)
        except Exception:
            reference = secrets.token_hex(6)
            _log.exception("fault %s: %s %s", reference, scope["method"], scope["path"])
            if not progress.begun:
                fault = Problem(types.BROKEN, "the service could not answer", reference=reference)
                await self._refuse(fault, scope, receive, send_safely)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, progress: _Progress
    ) -> None:
        """Bound the time until the answer begins; a stream may then last."""
        seconds = self.limits.answer_seconds
        task = asyncio.ensure_future(self.app(scope, receive, send))
        try:
            done, _ = await asyncio.wait({task}, timeout=seconds)
            if not done and not progress.begun:
                task.cancel()
                await asyncio.wait({task})
                raise Problem(
                    types.ANSWER_TOO_SLOW, f"there was no answer in {seconds:g} s", retry_after=5
                )
            await task
        finally:
            task.cancel()

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body, or None if the client went away. Problem: too many of them, too large,
        too slow."""
        if scope["method"] not in READS:
            self._count(address_of(scope))
        uploads = scope["path"] == UPLOADS and scope["method"] == "POST"
        limit = self.limits.upload if uploads else self.limits.body
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > limit:
            raise _too_large(limit)
        body = bytearray()
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    body += message.get("body", b"")
                    if len(body) > limit:
                        raise _too_large(limit)
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            seconds = self.limits.body_seconds
            raise Problem(
                types.BODY_TOO_SLOW, f"it did not arrive in {seconds:g} s", seconds=seconds
            ) from None

    def _count(self, address: str) -> None:
        wait = self._writes.take(address)
        if wait is not None:
            limit = self.limits.writes_per_minute
            raise Problem(
                types.TOO_MANY_REQUESTS,
                f"an address may send {limit} in a minute",
                retry_after=wait,
                limit=limit,
            )

    async def _refuse(self, problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
        unread = problem.kind in UNREAD
        headers = {"Connection": "close"} if unread else None
        await problem.response(headers)(scope, receive, send)


def _too_large(limit: int) -> Problem:
    return Problem(types.BODY_TOO_LARGE, f"at most {limit} bytes are read", limit=limit)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives what was read, then waits for the client to go."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
