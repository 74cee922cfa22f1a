"""Asking the API, as any program may."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import httpx
import typer

from backend.cli.terminal import CommandError
from backend.settings import Settings

TIMEOUT = 10.0  # seconds for each part of an exchange
LONG_TIMEOUT = 60.0  # the same where the body may be a picture
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # what a server listens on, and where it is

ApiUrl = Annotated[
    str | None,
    typer.Option(
        "--api-url",
        help="The API, such as http://127.0.0.1:8000; else COMMONHOLD_HOST and COMMONHOLD_PORT.",
    ),
]


class ApiProblem(CommandError):
    """What the API refused; `problem` are its details (RFC 9457)."""

    def __init__(self, message: str, problem: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.problem = problem

    def is_a(self, name: str) -> bool:
        """Whether it is of this type."""
        return str(self.problem.get("type", "")).endswith(f":{name}")


class Api:
    """One API, by its address without the version. Everything raises CommandError."""

    def __init__(self, url: str | None, settings: Settings) -> None:
        host = ANYWHERE.get(settings.host, settings.host)
        self.url = (url or f"http://{host}:{settings.port}").rstrip("/").removesuffix("/api/v1")

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The JSON object at a path below `/api/v1`."""
        return self.ask("GET", path, headers=headers)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """The JSON object that it answers with. Raises ApiProblem for one that it refuses with."""
        content = None if body is None else json.dumps(body).encode()
        said = {"Content-Type": "application/json"} if content else {}
        return self._exchange(method, path, content, {**said, **(headers or {})}, TIMEOUT)

    def send(self, path: str, data: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """The JSON object that bytes, sent there, are answered with. Raises ApiProblem."""
        said = {"Content-Type": "application/octet-stream"}
        return self._exchange("POST", path, data, {**said, **headers}, LONG_TIMEOUT)

    def _exchange(
        self,
        method: str,
        path: str,
        content: bytes | None,
        headers: Mapping[str, str],
        timeout: float,
    ) -> dict[str, Any]:
        try:
            answer = httpx.request(
                method,
                f"{self.url}/api/v1{path}",
                content=content,
                headers=headers,
                timeout=timeout,
            )
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise CommandError(
                f"The API at {self.url} does not answer ({str(error) or type(error).__name__})."
                " Start it with `commonhold serve`, or name another with --api-url."
            ) from None
        try:
            found = answer.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise CommandError(
                f"{self.url} is not the API of a market: it answers HTTP {answer.status_code}"
                " without JSON. Name the right one with --api-url."
            )
        if answer.status_code >= 400:
            said_so = found.get("detail") or found.get("title") or f"HTTP {answer.status_code}"
            raise ApiProblem(f"The API at {self.url} says: {said_so}", found)
        return found
