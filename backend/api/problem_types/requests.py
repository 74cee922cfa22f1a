"""Requests, and the pages of lists."""

from __future__ import annotations

from backend.api.problem_types.kind import new

MALFORMED = new(
    "malformed-input",
    422,
    "The input cannot be read",
    "`errors` names each field and what is wrong with it.",
)
NO_SUCH_PAGE = new("no-such-page", 404, "No such page", "`/openapi.json` lists the pages.")
WRONG_METHOD = new(
    "wrong-method",
    405,
    "This page does not take that method",
    "`Allow` lists those it does.",
)
WRONG_MEDIA_TYPE = new(
    "wrong-media-type", 415, "The body is not JSON", "Send `Content-Type: application/json`."
)
BODY_TOO_LARGE = new("body-too-large", 413, "The body is too large", "`limit` is in bytes.")
BODY_TOO_SLOW = new(
    "body-too-slow", 408, "The body came too slowly", "Send it again; `seconds` is the time it has."
)
TOO_MANY_REQUESTS = new(
    "too-many-requests",
    429,
    "Too many requests from this address",
    "Wait as long as `Retry-After` says; `limit` is for a minute.",
)
ANSWER_TOO_SLOW = new(
    "answer-too-slow",
    503,
    "The answer took too long",
    "Ask again after `Retry-After`.",
)
BROKEN = new(
    "internal",
    500,
    "Something went wrong here",
    "A fault of the service; its log tells more under `reference`.",
)

TOO_MANY_STREAMS = new(
    "too-many-streams", 503, "Too many streams are open", "Close one, or ask `/status` instead."
)

BAD_CURSOR = new(
    "bad-cursor",
    422,
    "The cursor is damaged",
    "Use `nextCursor` as it was given.",
)
FOREIGN_CURSOR = new(
    "foreign-cursor",
    400,
    "The cursor belongs to another list",
    "A cursor holds for one deployment, list and set of filters: start again without.",
)
OUTDATED_CURSOR = new(
    "outdated-cursor", 410, "The cursor is of another version", "Start again without a cursor."
)
