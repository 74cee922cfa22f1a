"""JSON-RPC over HTTP."""

from __future__ import annotations

import time
from typing import Any, Self

import httpx
import orjson

from backend.chain.errors import NodeUnreachable, from_answer

PAUSES = (0.05, 0.2)  # seconds before each further attempt


class Rpc:
    """A connection to one node. `timeout` is seconds for each part of an exchange."""

    def __init__(self, url: str, timeout: float = 10.0) -> None:
        self.url = url
        self._http = httpx.Client(timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def ask(self, method: str, *params: object) -> Any:
        """The `result` of one request; asked a few times before it counts as unanswered.

        Raises NodeUnreachable, NodeRefused and its kinds.
        """
        for pause in PAUSES:
            try:
                return self._ask_once(method, params)
            except NodeUnreachable:
                time.sleep(pause)
        return self._ask_once(method, params)

    def _ask_once(self, method: str, params: tuple[object, ...]) -> Any:
        request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        try:
            response = self._http.post(
                self.url,
                content=orjson.dumps(request),
                headers={"Content-Type": "application/json"},
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise NodeUnreachable(f"{self.url} does not answer ({reason})") from error
        try:
            answer = orjson.loads(response.content)
        except orjson.JSONDecodeError:
            answer = None
        if isinstance(answer, dict) and answer.get("error") is not None:
            raise from_answer(method, answer["error"])
        if response.status_code >= 400:
            raise NodeUnreachable(f"{self.url} answers HTTP {response.status_code}")
        if not isinstance(answer, dict) or "result" not in answer:
            raise NodeUnreachable(f"{self.url} does not answer in JSON-RPC")
        return answer["result"]
