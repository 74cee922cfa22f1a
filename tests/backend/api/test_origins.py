"""CORS: which pages a browser lets use the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest

from backend.api.app import create_app
from backend.settings import Settings, SettingsError
from scripts.local.place import LOOPBACK
from tests.backend.api.book import Book
from tests.backend.api.conftest import LIMITS
from tests.backend.api.serving import problem_of, running

V1 = "/api/v1"
ALLOWED = "access-control-allow-origin"
SHOP = "https://shop.example"


@contextmanager
def served_to(book: Book, origins: str) -> Iterator[httpx.Client]:
    app = create_app(replace(book.settings, origins=origins), LIMITS)
    with running(app, LIMITS) as address, httpx.Client(base_url=address) as client:
        yield client
    app.state.context.engine.dispose()


def asked(client: httpx.Client, origin: str) -> str | None:
    """What a page of this origin is told on reading."""
    return client.get(f"{V1}/trades", headers={"Origin": origin}).headers.get(ALLOWED)


def preflight(client: httpx.Client, origin: str, method: str = "POST") -> httpx.Response:
    """What a browser asks before a page may post."""
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type",
    }
    return client.options(f"{V1}/offers", headers=headers)


def test_nobody_else_by_default(book: Book, client):
    assert Settings().allowed_origins == ()
    assert asked(client, SHOP) is None
    assert ALLOWED not in preflight(client, SHOP).headers


def test_origins_that_are_named_and_no_other(book: Book):
    with served_to(book, f"{SHOP}, http://localhost:*") as client:
        for origin in (SHOP, "http://localhost", "http://localhost:5173"):
            assert asked(client, origin) == origin
            answer = preflight(client, origin)
            assert (answer.status_code, answer.headers[ALLOWED]) == (200, origin)
            assert "POST" in answer.headers["access-control-allow-methods"]
        for origin in (
            "http://shop.example",
            "https://shop.example.evil.example",
            "https://shopXexample",
            "https://shop.example:8443",
            "http://localhost.evil.example",
            "http://localhost:5173.evil.example",
            "null",
        ):
            assert asked(client, origin) is None
            answer = preflight(client, origin)
            assert (answer.status_code, ALLOWED in answer.headers) == (400, False)
        assert preflight(client, SHOP, "DELETE").status_code == 400


def test_problems_and_tags_can_be_read_by_a_page(book: Book):
    with served_to(book, SHOP) as client:
        shop = {"Origin": SHOP}
        for answer, status, name in (
            (client.get(f"{V1}/trades?limit=0", headers=shop), 422, "malformed-input"),
            (client.post(f"{V1}/offers", content=b"x" * 300_000, headers=shop), 413,
             "body-too-large"),
        ):  # fmt: skip
            problem_of(answer, status, name)
            assert answer.headers[ALLOWED] == SHOP
        answer = client.get(f"{V1}/trades", headers=shop)
        assert "ETag" in answer.headers["access-control-expose-headers"]
        assert answer.headers["vary"] == "Origin"
        assert "access-control-allow-credentials" not in answer.headers
        again = client.get(f"{V1}/trades", headers=shop | {"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.headers[ALLOWED]) == (304, SHOP)


def test_the_loopback_of_a_local_market(book: Book):
    with served_to(book, LOOPBACK) as client:
        for origin in ("http://localhost:5173", "http://127.0.0.1:8000", "http://[::1]:80"):
            assert asked(client, origin) == origin
        assert asked(client, SHOP) is None


@pytest.mark.parametrize(
    "origins",
    [
        "*",
        "https://*.example",
        "shop.example",
        "https://shop.example/",
        "https://shop.example/page",
        "https://Shop.example",
        "https://me@shop.example",
        "http://a b",
        f"{SHOP};http://other.example",
        "http://other.example:port",
    ],
)
def test_what_is_no_origin_is_refused(origins):
    with pytest.raises(SettingsError, match="COMMONHOLD_ORIGINS must be origins"):
        Settings(origins=origins)
