"""ETags: the same answer is not sent twice.

The tag is the hash of the answer's bytes. As every answer names the block it is from, it changes
with each block that is indexed.
"""

from __future__ import annotations

from hashlib import blake2b

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def matches(header: str, tag: str) -> bool:
    """Whether an `If-None-Match` names this tag (weak comparison)."""
    found = [candidate.strip().removeprefix("W/") for candidate in header.split(",")]
    return "*" in found or tag in found


class ETags:
    """Tags JSON answers to GET, and says 304 where the client has the same."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        wanted = Headers(scope=scope).get("if-none-match", "")
        start: Message | None = None
        body = bytearray()

        async def tagged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_taggable(message):
                start = message
                return
            if start is None:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            headers = MutableHeaders(raw=start["headers"])
            tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
            headers["ETag"] = tag
            headers.setdefault("Cache-Control", "no-cache")
            if matches(wanted, tag):
                start["status"] = 304
                del headers["content-length"]
                del headers["content-type"]
                body.clear()
            await send(start)
            await send({"type": "http.response.body", "body": bytes(body)})

        await self.app(scope, receive, tagged)


def _is_taggable(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and kind.split(";")[0] == "application/json"
