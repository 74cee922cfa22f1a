"""CORS: from which pages of other origins a browser may use the API.

There are no cookies and no logins, so that an origin is given no more than anybody has; the API
gives out nothing to other origins all the same, unless its operator names them.
"""

from __future__ import annotations

import re

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

METHODS = ("GET", "HEAD", "POST", "PUT")
READ_BY_PAGES = ("ETag", "Location", "Retry-After")
SENT_BY_PAGES = ("Authorization", "Content-Type", "If-None-Match", "Last-Event-ID")
ANY_PORT = ":*"


def allow(app: FastAPI, origins: tuple[str, ...]) -> None:
    """Lets pages of these origins use it. `:*` at the end stands for any port."""
    if not origins:
        return
    app.add_middleware(
        CORSMiddleware,
        allow_origin_regex="|".join(_pattern(origin) for origin in origins),
        allow_methods=METHODS,
        allow_headers=SENT_BY_PAGES,
        expose_headers=READ_BY_PAGES,
    )


def _pattern(origin: str) -> str:
    if origin.endswith(ANY_PORT):
        return re.escape(origin.removesuffix(ANY_PORT)) + r"(:[0-9]{1,5})?"
    return re.escape(origin)
