"""How problems are told of in the OpenAPI document."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from backend.api import problem_types as types
from backend.api.errors import MEDIA_TYPE
from backend.api.problem_types import ProblemType

SUMMARY = (
    "Everything that is known of a market: its trades, the signed offers for new ones, its"
    " members, their proposals and votes, and the rules. Read only, but for the posting of offers"
    " and of sealed messages: what changes the market is sent to its contracts by a wallet.\n\n"
    "Every answer is from one block, which `asOf` names, and its clock is that block's time."
    " Amounts are decimal strings in base units. Lists are read part by part with `cursor`."
    " Answers have an `ETag`. Errors are problem details (RFC 9457), whose `type` is stable."
)


class ProblemOut(BaseModel):
    """Problem details (RFC 9457); some types have further members."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Stable: what a program switches on.")
    title: str
    status: int
    detail: str


ALWAYS = (types.MALFORMED, types.ANSWER_TOO_SLOW, types.BROKEN)
READING = (*ALWAYS, types.NOT_READY, types.DATABASE_BUSY, types.BLOCK_NOT_INDEXED)
LISTING = (*READING, types.BAD_CURSOR, types.FOREIGN_CURSOR, types.OUTDATED_CURSOR)


Responses = dict[int | str, dict[str, Any]]


def problems(*kinds: ProblemType) -> Responses:
    """The `responses` of a route that can answer with these."""
    by_status: dict[int, list[ProblemType]] = defaultdict(list)
    for kind in dict.fromkeys(kinds):
        by_status[kind.status].append(kind)
    return {
        status: {
            "description": "; ".join(f"`{kind.uri}`: {kind.title}" for kind in found),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
        }
        for status, found in sorted(by_status.items())
    }


def reading(*kinds: ProblemType) -> Responses:
    """Of a route that reads the database: these, those of every read, and 304."""
    unchanged: Responses = {
        304: {"description": "The same as under the `ETag` of `If-None-Match`."}
    }
    return {**unchanged, **problems(*READING, *kinds)}


def listing(*kinds: ProblemType) -> Responses:
    """Of a list."""
    return reading(*LISTING, *kinds)


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Adds the shape of a problem, and takes out FastAPI's own, which is never answered."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["ProblemOut"] = ProblemOut.model_json_schema()
    return document
