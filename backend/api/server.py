"""The web server: uvicorn, on the loopback unless told otherwise, with patience for no client."""

from __future__ import annotations

import asyncio

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from backend.api.limits import Limits

LARGEST_HEADERS = 16 * 1024  # bytes, request line included


class BoundedProtocol(H11Protocol):
    """Closes a connection whose request line and headers are not complete in time.

    uvicorn waits for them without end; bodies are bounded by `backend.api.guard`.
    """

    header_seconds: float = 10.0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._wait()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.header_seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def server_of(
    app: ASGIApp,
    host: str,
    port: int,
    limits: Limits | None = None,
    log_level: str = "warning",
    proxies: str = "",
) -> uvicorn.Server:
    """A server to `run()`; with port 0 the system chooses one.

    What `X-Forwarded-For` says of the client is believed of `proxies` only (addresses or networks,
    with commas between).
    """
    limits = limits or Limits()
    protocol = type("Protocol", (BoundedProtocol,), {"header_seconds": limits.header_seconds})
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            http=protocol,
            ws="none",
            log_level=log_level,
            access_log=False,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies,
            limit_concurrency=limits.connections,
            h11_max_incomplete_event_size=LARGEST_HEADERS,
            timeout_graceful_shutdown=2,
        )
    )
