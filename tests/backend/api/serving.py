"""A real server in a thread of its own."""

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx

from backend.api.limits import Limits
from backend.api.server import server_of


@contextlib.contextmanager
def running(app: Any, limits: Limits | None = None, proxies: str = "") -> Iterator[str]:
    """Serves on a free port; yields its address."""
    server = server_of(app, "127.0.0.1", 0, limits, log_level="critical", proxies=proxies)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        assert thread.is_alive(), "the server ended"
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive(), "the server did not end"


def problem_of(response: httpx.Response, status: int, name: str) -> dict[str, Any]:
    """The problem in an answer, which must be of this status and name."""
    body = response.json()
    assert (response.status_code, body.get("type", "").split(":")[-1]) == (status, name), body
    assert response.headers["content-type"] == "application/problem+json"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body
