"""S5: huge bodies, slow clients; and no fault of the service is shown to anybody."""

import socket
import threading
import time
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI, Request

from backend.api import errors
from backend.api.etags import ETags, matches
from backend.api.guard import Guard
from backend.api.limits import Limits
from tests.backend.api.serving import problem_of, running

LIMITS = Limits(body=1000, body_seconds=0.4, answer_seconds=0.4, header_seconds=0.4)
release = threading.Event()


def small_app() -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    errors.install(app)
    app.add_middleware(ETags)
    app.add_middleware(Guard, limits=LIMITS)

    @app.post("/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("secret of the house")

    @app.get("/slow")
    def slow() -> None:
        release.wait(10)

    @app.get("/same")
    def same() -> list[int]:
        return [1, 2, 3]

    return app


@pytest.fixture(scope="module")
def address():
    with running(small_app(), LIMITS) as found:
        yield found
        release.set()


@pytest.fixture
def client(address):
    with httpx.Client(base_url=address, timeout=10) as found:
        yield found


def connect(address: str) -> socket.socket:
    where = urlsplit(address)
    return socket.create_connection((where.hostname, where.port), timeout=10)


def test_body_within_the_limit_is_read(client):
    assert client.post("/echo", content=b"x" * 1000).json() == 1000


def test_S5_declared_10_MB_are_refused_unread(address):
    with connect(address) as wire:
        wire.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10485760\r\n\r\n")
        answer = wire.recv(65536)
        assert b" 413 " in answer.split(b"\r\n")[0]
        assert b"body-too-large" in answer + wire.recv(65536)


def test_S5_undeclared_body_is_cut_off_at_the_limit(address):
    with connect(address) as wire:
        wire.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(11):
            wire.sendall(b"64\r\n" + b"x" * 100 + b"\r\n")
        assert b" 413 " in wire.recv(65536).split(b"\r\n")[0]


def test_S5_body_that_drips_is_given_up(address):
    with connect(address) as wire:
        wire.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx")
        answer = wire.recv(65536)
        assert b" 408 " in answer.split(b"\r\n")[0]


def test_S5_headers_that_drip_are_given_up(address):
    with connect(address) as wire:
        wire.sendall(b"GET /same HTTP/1.1\r\nHost: x\r\n")
        assert wire.recv(65536) == b""


def test_S5_second_request_that_drips_is_given_up(address):
    with connect(address) as wire:
        wire.sendall(b"GET /same HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while b"[1,2,3]" not in answer:
            answer += wire.recv(65536)
        begun = time.monotonic()
        wire.sendall(b"GET /same HT")
        assert wire.recv(65536) == b""
        assert time.monotonic() - begun < 4


def test_S5_huge_headers_are_refused(address):
    with connect(address) as wire:
        wire.sendall(b"GET /same HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 40_000)
        assert wire.recv(65536).startswith(b"HTTP/1.1 400 ")


def test_fault_is_told_without_its_inside(client):
    response = client.get("/fault")
    body = problem_of(response, 500, "internal")
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert len(body["reference"]) == 12


def test_answer_that_takes_too_long_is_given_up(client):
    response = client.get("/slow")
    problem_of(response, 503, "answer-too-slow")
    assert response.headers["retry-after"] == "5"


def test_unknown_page_and_method(client):
    problem_of(client.get("/nowhere"), 404, "no-such-page")
    response = client.put("/same")
    problem_of(response, 405, "wrong-method")
    assert response.headers["allow"] == "GET"


def test_same_answer_is_not_sent_twice(client):
    first = client.get("/same")
    again = client.get("/same", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get("/same", headers={"If-None-Match": '"other"'})
    assert other.json() == [1, 2, 3]


def test_answers_are_not_to_be_guessed_at(client):
    assert client.get("/same").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("header", "yes"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("", False),
        ("a", False),
    ],
)
def test_if_none_match(header, yes):
    assert matches(header, '"a"') is yes
