"""RFC 9457 problem details: what is raised, and how it is told.

Problem                     a type of `problem_types`, and what is known of this case
RequestValidationError      FastAPI's: told as malformed-input
HTTPException               Starlette's: told as the problem of its status
anything else               told as internal, by `backend.api.guard`
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from backend.api import problem_types as types
from backend.api.problem_types import ProblemType

MEDIA_TYPE = "application/problem+json"
MAX_ERRORS = 20


class Problem(Exception):
    """An answer that is not what was asked for.

    `known` are further members of the problem, in the JSON's own spelling; amounts as strings.
    """

    def __init__(
        self, kind: ProblemType, detail: str, *, retry_after: int | None = None, **known: Any
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.known = known
        self.retry_after = retry_after

    def response(self, headers: Mapping[str, str] | None = None) -> JSONResponse:
        body = {
            "type": self.kind.uri,
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            **self.known,
        }
        own = dict(headers or {})
        if self.retry_after is not None:
            own["Retry-After"] = str(self.retry_after)
        own["Cache-Control"] = "no-store"
        return JSONResponse(body, self.kind.status, own, media_type=MEDIA_TYPE)


def _pointer(where: Sequence[str | int]) -> dict[str, str]:
    """Where a fault is: a JSON pointer into the body, or the name of a parameter."""
    place, *rest = where or ("body",)
    if place == "body":
        steps = (str(step).replace("~", "~0").replace("/", "~1") for step in rest)
        return {"pointer": "/" + "/".join(steps) if rest else ""}
    return {"parameter": str(rest[0]) if rest else str(place)}


def malformed(faults: Sequence[tuple[Sequence[str | int], str]]) -> Problem:
    """Input that cannot be read; each fault is where it is and what is wrong."""
    errors = [{**_pointer(where), "detail": text} for where, text in faults[:MAX_ERRORS]]
    first = errors[0] if errors else {"detail": "it cannot be read"}
    where = first.get("parameter") or first.get("pointer") or "the body"
    return Problem(types.MALFORMED, f"{where}: {first['detail']}", errors=errors)


def _message(error: Mapping[str, Any]) -> str:
    text = str(error.get("msg", "it cannot be read"))
    return text.removeprefix("Value error, ")


async def _tell_problem(_: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Problem)
    return problem.response()


async def _tell_validation(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = [
        (["body"] if found["type"] == "json_invalid" else found["loc"], _message(found))
        for found in error.errors()
    ]
    return malformed(faults).response()


async def _tell_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        problem = Problem(types.NO_SUCH_PAGE, "there is no page at this path")
    elif error.status_code == 405:
        problem = Problem(types.WRONG_METHOD, f"{request.method} is not for this page")
        return problem.response({**(error.headers or {}), **_allow(request)})
    elif 400 <= error.status_code < 500:
        problem = malformed([(["body"], "it is not JSON in UTF-8, or is nested too deeply")])
    else:
        problem = Problem(types.BROKEN, "the service could not answer")
    return problem.response(error.headers)


def _allow(request: Request) -> dict[str, str]:
    """Every method of this page; Starlette tells of the first route's only."""
    for path, methods in request.app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), request.url.path):
            return {"Allow": ", ".join(sorted(method.upper() for method in methods))}
    return {}


def install(app: FastAPI) -> None:
    """Have every error of this application told as a problem."""
    app.add_exception_handler(Problem, _tell_problem)
    app.add_exception_handler(RequestValidationError, _tell_validation)
    app.add_exception_handler(HTTPException, _tell_http)
