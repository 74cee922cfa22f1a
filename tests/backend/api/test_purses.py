"""What makers have is asked once for each block, and a silent node holds nobody up twice."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from backend.api.purses import PAUSE, Purses
from backend.terms.offer import Tranche
from tests.backend.api.book import ALICE, TOKEN, hash_of, offer_by


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def nodes(asked: list[str], answer: bytes, status: int) -> Iterator[str]:
    """Something at an address that answers all requests alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked.append(self.rfile.read(length).decode())
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def paid_by_alice() -> Any:
    """She pays in a token."""
    return offer_by(asset=TOKEN, tranches=(Tranche(0, 1, 0, 500, 3600, 60),))


def test_a_silent_node_is_left_alone_for_a_while() -> None:
    asked: list[str] = []
    clock = Clock()
    purses = Purses(clock)
    with nodes(asked, b"no", 503) as url:

        def told() -> list[list[str] | None]:
            return purses.lacking(url, 1.0, ALICE, hash_of(1), [paid_by_alice()])

        assert told() == [None]
        first = len(asked)
        assert first > 0
        assert told() == [None]
        assert len(asked) == first
        clock.now += PAUSE + 1
        assert told() == [None]
        assert len(asked) > first


def test_one_block_is_asked_about_once() -> None:
    asked: list[str] = []
    word = b'{"jsonrpc":"2.0","id":1,"result":"0x' + b"0" * 61 + b'1f3"}'  # 499
    purses = Purses(Clock())
    with nodes(asked, word, 200) as url:

        def told(block: int) -> list[list[str] | None]:
            return purses.lacking(url, 1.0, ALICE, hash_of(block), [paid_by_alice(), offer_by()])

        lacking = [["offer-low-balance", "offer-low-allowance"], []]
        assert told(1) == lacking
        assert len(asked) == 2
        assert told(1) == lacking
        assert len(asked) == 2
        assert told(2) == lacking
        assert len(asked) == 4
