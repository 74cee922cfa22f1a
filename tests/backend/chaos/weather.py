"""What a bad node does to an indexer's requests, a few in a row, then it is fine again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.backend.proxy import Reply, broken, cut, each, half, overloaded

Told = dict[str, Any]


def delayed(_request: Any, reply: Reply) -> Reply:
    """Late, so that the chain may change between question and answer."""
    time.sleep(0.08)
    return reply


def lagging(request: Any, reply: Reply) -> Reply:
    """As a replica that does not have the newest blocks: no block, and logs of nothing."""

    def change(asked: Told, told: Told) -> Told:
        if asked["method"] == "eth_getLogs" and "result" in told:
            return told | {"result": []}
        return told | {"result": None} if asked["method"] == "eth_getBlockByNumber" else told

    return each(request, reply, change)


def empty(request: Any, reply: Reply) -> Reply:
    """As a replica that has the newest block already, but not yet its logs."""

    def change(asked: Told, told: Told) -> Told:
        newest = asked["method"] == "eth_getLogs" and "blockHash" in asked["params"][0]
        return told | {"result": []} if newest and "result" in told else told

    return each(request, reply, change)


def doubled(request: Any, reply: Reply) -> Reply:
    """Every log twice."""

    def change(asked: Told, told: Told) -> Told:
        has_logs = asked["method"] == "eth_getLogs" and "result" in told
        return told | {"result": told["result"] * 2} if has_logs else told

    return each(request, reply, change)


def elsewhere(request: Any, reply: Reply) -> Reply:
    """As a node of another chain."""

    def change(asked: Told, told: Told) -> Told:
        if asked["method"] == "eth_chainId":
            return told | {"result": "0x1"}
        if asked["method"] == "eth_getBlockByNumber" and told.get("result"):
            foreign = told["result"] | {"hash": "0x" + "ee" * 32, "parentHash": "0x" + "dd" * 32}
            return told | {"result": foreign}
        return told

    return each(request, reply, change)


FAULTS = (delayed, cut, overloaded, broken, half, lagging, empty, doubled, elsewhere)


@dataclass
class Weather:
    """Set as the fault of a proxy. `struck` counts the answers that were spoilt.

    An answer that a fault leaves as it is does not count: it waits for one that it can spoil.
    """

    chance: random.Random
    struck: int = 0
    _left: int = 0
    _fault: Callable[[Any, Reply], Reply] = delayed
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def brew(self) -> str:
        """The next few answers are spoilt, all in the same way; its name."""
        with self._lock:
            self._fault = self.chance.choice(FAULTS)
            self._left = self.chance.randrange(1, 7)
            return self._fault.__name__

    def clear(self) -> None:
        """From now on all is passed on as it is."""
        with self._lock:
            self._left = 0

    def __call__(self, request: Any, reply: Reply) -> Reply:
        with self._lock:
            if self._left == 0:
                return reply
            fault = self._fault
        spoilt = fault(request, reply)
        if spoilt != reply or fault is delayed:  # no logs cannot be told twice
            with self._lock:
                self._left = max(0, self._left - 1)
                self.struck += 1
        return spoilt
