"""The built pages: which paths are theirs, how they are sent, and what they may load."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from backend.api import errors
from backend.api.built import policy_of, router_of
from tests.backend.api.serving import problem_of, running

HTML = {"Accept": "text/html,application/xhtml+xml"}
SCRIPT = b"console.log('" + b"a" * 2_000 + b"')"
NODE = "http://127.0.0.1:8545"


def build(folder: Path, document: bytes) -> None:
    """As `make web` leaves a folder; what is not built with a name of ours is not served."""
    assets = folder / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    (assets / "index-abc.js").write_bytes(SCRIPT)
    (assets / "index-abc.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "icon.svg").write_bytes(b"<svg/>")
    (folder / "notes.txt").write_bytes(b"not a kind of file that pages are made of")
    (folder / ".vite").mkdir(exist_ok=True)
    (folder / ".vite" / "manifest.json").write_bytes(b"{}")
    (folder / "index.html").write_bytes(document)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(tmp_path / "web", b"<!doctype html><title>one</title>")
    (tmp_path / "secret.svg").write_bytes(b"<svg>outside</svg>")
    return tmp_path / "web"


@pytest.fixture
def client(folder: Path) -> Iterator[httpx.Client]:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    errors.install(app)
    app.include_router(router_of(folder, (NODE,)))
    with running(app) as address, httpx.Client(base_url=address, timeout=10) as found:
        yield found


@pytest.mark.parametrize("path", ["/", "/offers/0xab", "/tx/0x12", "/apiary", "/index.html"])
def test_any_page_is_the_document(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert (answer.status_code, answer.text) == (200, "<!doctype html><title>one</title>")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == policy_of((NODE,))


def test_programs_are_told_that_there_is_no_such_page(client: httpx.Client) -> None:
    problem_of(client.get("/offers/0xab"), 404, "no-such-page")


@pytest.mark.parametrize("path", ["/api", "/api/v1/nothing", "/api/v2/offers"])
def test_pages_never_stand_in_for_the_api(client: httpx.Client, path: str) -> None:
    problem_of(client.get(path, headers=HTML), 404, "no-such-page")


def test_policy_lets_nothing_run_that_is_not_a_file_of_ours() -> None:
    told = dict(part.split(" ", 1) for part in policy_of((NODE,)).split("; "))
    assert told["default-src"] == "'none'"
    assert told["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert told["style-src"] == "'self'"
    assert told["connect-src"] == f"'self' {NODE}"
    assert "unsafe" not in policy_of((NODE,)).replace("'wasm-unsafe-eval'", "")
    assert "connect-src 'self';" in policy_of(())


def test_hashed_files_are_kept_for_a_year_and_compressed(client: httpx.Client) -> None:
    answer = client.get("/assets/index-abc.js", headers={"Accept-Encoding": "br, gzip"})
    assert answer.content == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 100
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    for accepted in ("identity", "gzip;q=0, br"):
        plain = client.get("/assets/index-abc.js", headers={"Accept-Encoding": accepted})
        assert plain.content == SCRIPT
        assert "content-encoding" not in plain.headers


def test_unchanged_file_is_not_sent_again(client: httpx.Client) -> None:
    tag = client.get("/icon.svg").headers["etag"]
    again = client.get("/icon.svg", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_head_tells_without_sending(client: httpx.Client) -> None:
    answer = client.head("/icon.svg")
    assert (answer.status_code, answer.headers["content-length"]) == (200, "6")
    assert answer.content == b""


@pytest.mark.parametrize(
    "path",
    [
        "/notes.txt",
        "/.vite/manifest.json",
        "/assets/index-abc.js.gz",
        "/../secret.svg",
        "/%2e%2e/secret.svg",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.svg",
        "/assets",
    ],
)
def test_nothing_else_of_the_disk_is_served(client: httpx.Client, path: str) -> None:
    address = str(client.base_url).rstrip("/")
    answer = client.get(httpx.URL(address).copy_with(raw_path=path.encode()))
    problem_of(answer, 404, "no-such-page")


def test_later_build_is_seen(client: httpx.Client, folder: Path) -> None:
    build(folder, b"<!doctype html><title>two</title>")
    later = (folder / "index.html").stat().st_mtime_ns + 10**9
    os.utime(folder / "index.html", ns=(later, later))
    assert "two" in client.get("/", headers=HTML).text


def test_without_a_build_it_says_how_to_make_one(client: httpx.Client, folder: Path) -> None:
    (folder / "index.html").unlink()
    answer = client.get("/offers/0xab", headers=HTML)
    assert answer.status_code == 200
    assert "make web" in answer.text
    problem_of(client.get("/offers/0xab"), 404, "no-such-page")
