"""Requests with a body."""

from __future__ import annotations

from fastapi import Request

from backend.api import problem_types as types
from backend.api.errors import Problem

REFUSALS = (
    types.BODY_TOO_LARGE,
    types.BODY_TOO_SLOW,
    types.TOO_MANY_REQUESTS,
    types.WRONG_MEDIA_TYPE,
    types.MALFORMED,
)


def only_json(request: Request) -> None:
    """Problem: the body is said to be something else."""
    said = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if said != "application/json":
        raise Problem(types.WRONG_MEDIA_TYPE, f"it is {said or 'not said what it is'}")
