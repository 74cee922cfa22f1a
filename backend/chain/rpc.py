"""JSON-RPC over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import httpx
import orjson

from backend.chain.errors import NodeUnreachable, from_answer

T = TypeVar("T")
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
        return self._insist(lambda: self._ask_once(method, params))

    def ask_each(self, requests: Sequence[tuple[str, Sequence[object]]]) -> list[Any]:
        """The results of several requests, method and parameters of each, sent as one batch.

        Behind a balancer one replica answers them all. Asked again, and raises, as `ask` does.
        """
        return self._insist(lambda: self._ask_each_once(requests)) if requests else []

    def _insist(self, ask: Callable[[], T]) -> T:
        for pause in PAUSES:
            try:
                return ask()
            except NodeUnreachable:
                time.sleep(pause)
        return ask()

    def _ask_once(self, method: str, params: Sequence[object]) -> Any:
        answer, status = self._exchange(_request(1, method, params))
        if isinstance(answer, dict) and answer.get("error") is not None:
            raise from_answer(method, answer["error"])
        return self._result(answer, status)

    def _ask_each_once(self, requests: Sequence[tuple[str, Sequence[object]]]) -> list[Any]:
        asked = [_request(at, *request) for at, request in enumerate(requests)]
        answers, status = self._exchange(asked)
        if isinstance(answers, dict) and answers.get("error") is not None:
            raise from_answer("a batch", answers["error"])
        if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
            raise self._unclear(status)
        found = {answer.get("id"): answer for answer in answers}
        for at, (method, _) in enumerate(requests):
            if found.get(at, {}).get("error") is not None:
                raise from_answer(method, found[at]["error"])
        return [self._result(found.get(at), status) for at in range(len(requests))]

    def _exchange(self, body: object) -> tuple[Any, int]:
        """What came back, None unless it is JSON, and the status."""
        try:
            response = self._http.post(
                self.url, content=orjson.dumps(body), headers={"Content-Type": "application/json"}
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise NodeUnreachable(f"{self.url} does not answer ({reason})") from error
        try:
            return orjson.loads(response.content), response.status_code
        except orjson.JSONDecodeError:
            return None, response.status_code

    def _result(self, answer: Any, status: int) -> Any:
        if status >= 400 or not isinstance(answer, dict) or "result" not in answer:
            raise self._unclear(status)
        return answer["result"]

    def _unclear(self, status: int) -> NodeUnreachable:
        if status >= 400:
            return NodeUnreachable(f"{self.url} answers HTTP {status}")
        return NodeUnreachable(f"{self.url} does not answer in JSON-RPC")


def _request(at: int, method: str, params: Sequence[object]) -> dict[str, object]:
    return {"jsonrpc": "2.0", "id": at, "method": method, "params": params}
