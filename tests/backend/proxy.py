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


Request = Any  # a JSON-RPC request, or a list of them
Fault = Callable[[Request, Reply], Reply]


Change = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]


def each(request: Request, reply: Reply, change: Change) -> Reply:
    """Another answer to each request in a body, one or a batch of them: `change` is given both."""
    if reply.body is None:
        return reply
    asked = {one["id"]: one for one in (request if isinstance(request, list) else [request])}
    told = json.loads(reply.body)
    answers = told if isinstance(told, list) else [told]
    changed = [change(asked[one["id"]], one) for one in answers]
    if changed == answers:
        return reply
    body = changed if isinstance(told, list) else changed[0]
    return Reply(reply.status, json.dumps(body).encode())


def honest(_request: Request, reply: Reply) -> Reply:
    return reply


def cut(_request: Request, _reply: Reply) -> Reply:
    return Reply(200, None)


def overloaded(_request: Request, _reply: Reply) -> Reply:
    return Reply(429, b"Too Many Requests")


def broken(_request: Request, _reply: Reply) -> Reply:
    return Reply(502, b"<html>Bad Gateway</html>")


def half(_request: Request, reply: Reply) -> Reply:
    assert reply.body is not None
    return Reply(200, reply.body[: len(reply.body) // 2])


def slow(_request: Request, reply: Reply) -> Reply:
    time.sleep(0.6)
    return reply


def forgetful(request: Request, reply: Reply) -> Reply:
    """Says null for every block, as nodes behind a balancer do."""

    def change(asked: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
        return told | {"result": None} if asked["method"].startswith("eth_getBlock") else told

    return each(request, reply, change)


def answer(result: object) -> Reply:
    return Reply(200, json.dumps({"jsonrpc": "2.0", "id": 1, "result": result}).encode())


def refusal(message: str, code: int = -32000) -> Reply:
    error = {"code": code, "message": message}
    return Reply(200, json.dumps({"jsonrpc": "2.0", "id": 1, "error": error}).encode())


@dataclass
class Proxy:
    """`fault` may be changed at any time; `target` too. `requests` has the methods asked for, in
    so many bodies."""

    url: str
    target: str
    fault: Fault = honest
    requests: list[str] = field(default_factory=list)
    bodies: int = 0


@contextmanager
def proxy(target: str) -> Iterator[Proxy]:
    """Listens on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two writes

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = json.loads(body)
            found.bodies += 1
            every = asked if isinstance(asked, list) else [asked]
            found.requests += [one["method"] for one in every]
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
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client was killed
    found = Proxy(f"http://127.0.0.1:{server.server_port}", target)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
