"""A node as bad as nodes are: passes every request on to a real one, unless told to misbehave."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What goes back: a status, and a body. None for the body: the connection is cut."""

    status: int
    body: bytes | None


Fault = Callable[[dict[str, Any], Reply], Reply]


def honest(_request: dict[str, Any], reply: Reply) -> Reply:
    return reply


def cut(_request: dict[str, Any], _reply: Reply) -> Reply:
    return Reply(200, None)


def overloaded(_request: dict[str, Any], _reply: Reply) -> Reply:
    return Reply(429, b"Too Many Requests")


def broken(_request: dict[str, Any], _reply: Reply) -> Reply:
    return Reply(502, b"<html>Bad Gateway</html>")


def half(_request: dict[str, Any], reply: Reply) -> Reply:
    assert reply.body is not None
    return Reply(200, reply.body[: len(reply.body) // 2])


def slow(_request: dict[str, Any], reply: Reply) -> Reply:
    time.sleep(0.6)
    return reply


def forgetful(request: dict[str, Any], reply: Reply) -> Reply:
    """Says null for every block, as nodes behind a balancer do."""
    if request["method"].startswith("eth_getBlock"):
        return answer(None)
    return reply


def answer(result: object) -> Reply:
    return Reply(200, json.dumps({"jsonrpc": "2.0", "id": 1, "result": result}).encode())


def refusal(message: str, code: int = -32000) -> Reply:
    error = {"code": code, "message": message}
    return Reply(200, json.dumps({"jsonrpc": "2.0", "id": 1, "error": error}).encode())


@dataclass
class Proxy:
    """`fault` may be changed at any time; `target` too."""

    url: str
    target: str
    fault: Fault = honest
    requests: list[str] = field(default_factory=list)


@contextmanager
def proxy(target: str) -> Iterator[Proxy]:
    """Listens on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two writes

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = json.loads(body)
            found.requests.append(asked["method"])
            try:
                request = urllib.request.Request(
                    found.target, data=body, headers={"Content-Type": "application/json"}
                )
                with urllib.request.urlopen(request, timeout=10) as response:
                    reply = Reply(response.status, response.read())
            except OSError:
                reply = Reply(502, b"")
            reply = found.fault(asked, reply)
            if reply.body is None:
                self.close_connection = True
                return
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Proxy(f"http://127.0.0.1:{server.server_port}", target)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
