"""Calls that are tried and leave no trace: one after another, in the block that is being made.

With `eth_simulateV1` each call finds what the one before left. A node without it is asked for each
call by itself, and the simulation says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from eth_utils.address import to_checksum_address

from backend.chain.errors import (
    CallReverted,
    NodeRefused,
    NodeUnreachable,
    TooLittleCoin,
)
from backend.chain.node import Node

T = TypeVar("T")
Storage = Mapping[str, Mapping[str, str]]
"""Words to find in the storage of contracts instead of their own: by address, by slot."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A call to try; `value` is coin in base units."""

    to: str
    value: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """A log of a simulated call: no block has it."""

    address: str
    topics: tuple[bytes, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """`data` is what the call returned, or what it said when it reverted. `too_little_coin`: it was
    not even tried."""

    succeeded: bool
    data: bytes = b""
    logs: tuple[Told, ...] = ()
    too_little_coin: bool = False


@dataclass(frozen=True, slots=True)
class Simulation:
    """Outcomes up to and including the first that failed. `together`: each call found what the one
    before left; if not, later calls were tried as if the earlier ones had not been made, and no
    logs are known."""

    number: int
    time: int
    together: bool
    outcomes: tuple[Outcome, ...]


def simulate(
    node: Node, sender: str, attempts: Sequence[Attempt], storage: Storage | None = None
) -> Simulation:
    """Raises NodeError: the node cannot do either, or does not answer."""
    calls = [
        {"from": sender, "to": each.to, "value": hex(each.value), "data": "0x" + each.data.hex()}
        for each in attempts
    ]
    overrides = {address: {"stateDiff": dict(words)} for address, words in (storage or {}).items()}
    try:
        return _together(node, calls, overrides)
    except NodeUnreachable:
        raise
    except NodeRefused:
        return _one_by_one(node, calls, overrides)


def _together(
    node: Node, calls: Sequence[dict[str, Any]], overrides: Mapping[str, Any]
) -> Simulation:
    """The node refuses all calls if one sends more than there is: that one is searched for, and
    left out with what comes after it."""
    try:
        return _tried(node, calls, overrides)
    except TooLittleCoin:
        fits, too_many = 0, len(calls)
    found = _tried(node, [], overrides)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        try:
            fits, found = middle, _tried(node, calls[:middle], overrides)
        except TooLittleCoin:
            too_many = middle
    if not all(outcome.succeeded for outcome in found.outcomes):
        return found
    poor = Outcome(succeeded=False, too_little_coin=True)
    return Simulation(found.number, found.time, True, (*found.outcomes, poor))


def _tried(node: Node, calls: Sequence[dict[str, Any]], overrides: Mapping[str, Any]) -> Simulation:
    block = {"calls": calls, "stateOverrides": overrides}
    answer = node.rpc.ask("eth_simulateV1", {"blockStateCalls": [block]}, "pending")
    return _read(node, lambda: _simulation(answer[0]))


def _simulation(answer: Mapping[str, Any]) -> Simulation:
    outcomes: list[Outcome] = []
    for call in answer["calls"]:
        succeeded = int(call["status"], 16) == 1
        logs = tuple(_log(log) for log in call.get("logs") or [])
        outcomes.append(Outcome(succeeded, _bytes(call.get("returnData") or "0x"), logs))
        if not succeeded:
            break
    number, time = int(answer["number"], 16), int(answer["timestamp"], 16)
    return Simulation(number, time, True, tuple(outcomes))


def _log(log: Mapping[str, Any]) -> Told:
    topics = tuple(_bytes(topic) for topic in log["topics"])
    return Told(to_checksum_address(log["address"]), topics, _bytes(log["data"]))


def _one_by_one(
    node: Node, calls: Sequence[dict[str, Any]], overrides: Mapping[str, Any]
) -> Simulation:
    block = node.rpc.ask("eth_getBlockByNumber", "pending", False)
    number, time = _read(node, lambda: (int(block["number"], 16), int(block["timestamp"], 16)))
    outcomes: list[Outcome] = []
    for call in calls:
        rest = [dict(overrides)] if overrides else []
        try:
            data = _bytes(str(node.rpc.ask("eth_call", call, "pending", *rest)))
            outcomes.append(Outcome(True, data))
        except CallReverted as error:
            outcomes.append(Outcome(False, error.data))
        except TooLittleCoin:
            outcomes.append(Outcome(False, too_little_coin=True))
        if not outcomes[-1].succeeded:
            break
    return Simulation(number, time, False, tuple(outcomes))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


def _read(node: Node, read: Callable[[], T]) -> T:
    try:
        return read()
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise NodeUnreachable(f"{node.url} answered half: {error!r}") from error
