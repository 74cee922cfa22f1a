"""From raw logs to events, by the contracts' interfaces.

Text may be anything: it is kept as bytes in events, because its hash matters, and made readable
in `Record.args`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eth_utils.abi import collapse_if_tuple
from eth_utils.crypto import keccak

from backend import abi
from backend.chain import Log
from backend.events import (
    attestations,
    bonded_seed,
    court,
    escrow,
    governor,
    juror_pool,
    proposal_types,
    reputation,
    reviews,
    rule_book,
    timelock,
    wire,
)
from backend.events.event import Envelope, Event

MODULES = {
    "Attestations": attestations,
    "BondedSeed": bonded_seed,
    "Court": court,
    "Escrow": escrow,
    "JurorPool": juror_pool,
    "MarketGovernor": governor,
    "MarketTimelock": timelock,
    "ProposalTypes": proposal_types,
    "Reputation": reputation,
    "Reviews": reviews,
    "RuleBook": rule_book,
}
Told = Callable[[Any], Any] | None
NEVER_TOLD = frozenset({"EIP712DomainChanged"})  # in the ABIs, emitted nowhere


class UnknownEvent(Exception):
    """One of our contracts told something that this version does not know."""


@dataclass(frozen=True, slots=True)
class Record:
    """An event with its names; `args` are JSON values, integers as decimal strings."""

    contract: str
    name: str
    args: Mapping[str, Any]
    event: Event


@dataclass(frozen=True, slots=True)
class _Shape:
    """An event of a contract: how its topics and its data are read, in the ABI's order of each."""

    contract: str
    name: str
    kind: type[Event]
    topics: tuple[wire.Reader, ...]
    data: Callable[[bytes], tuple[Any, ...]]
    names: tuple[tuple[str, str], ...]  # the field's, the ABI's
    told: tuple[Told, ...]
    readers: tuple[tuple[str, Callable[[Any], Any]], ...]


class Decoder:
    """Decodes the logs of these contracts (address by name)."""

    def __init__(self, contracts: Mapping[str, str]) -> None:
        self._shapes = {address: _shapes(name) for name, address in contracts.items()}
        self._names = {address: name for name, address in contracts.items()}

    def decode(self, log: Log, block_time: int) -> Record:
        """Raises UnknownEvent for a log that the interface of its contract does not explain."""
        topics = log.topics
        shape = self._shapes[log.address].get(topics[0]) if topics else None
        if shape is None or len(topics) != len(shape.topics) + 1:
            raise self._unknown(log)
        try:
            values = [read(topic, 0, 0) for read, topic in zip(shape.topics, topics[1:])]  # noqa: B905
            values += shape.data(log.data)
        except wire.Malformed as error:
            raise self._unknown(log) from error
        fields: dict[str, Any] = {}
        args: dict[str, Any] = {}
        for (field, name), value, tell in zip(shape.names, values, shape.told, strict=True):
            fields[field] = value
            args[name] = value if tell is None else tell(value)
        for field, read in shape.readers:
            fields[field] = read(fields[field])
        at = Envelope(
            log.block_number, log.block_hash, block_time, log.tx_hash, log.log_index, log.address
        )
        return Record(shape.contract, shape.name, args, shape.kind(at=at, **fields))

    def _unknown(self, log: Log) -> UnknownEvent:
        return UnknownEvent(
            f"{self._names[log.address]} at {log.address} told an event that this version does not"
            f" know (transaction {log.tx_hash}, log {log.log_index}). Update the program."
        )


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def readable(text: bytes) -> str:
    """Text for people: what is not UTF-8, and the zero character, are replaced."""
    return text.decode("utf-8", "replace").replace("\0", "�")


def _shapes(contract: str) -> dict[bytes, _Shape]:
    shapes: dict[bytes, _Shape] = {}
    for item in abi.load(contract):
        if item["type"] != "event" or item["name"] in NEVER_TOLD:
            continue
        inputs = item["inputs"]
        types = ",".join(collapse_if_tuple(part) for part in inputs)
        indexed = [part for part in inputs if part["indexed"]]
        plain = [part for part in inputs if not part["indexed"]]
        kind: type[Event] = getattr(MODULES[contract], item["name"])
        shapes[keccak(text=f"{item['name']}({types})")] = _Shape(
            contract,
            item["name"],
            kind,
            tuple(wire.reader(part)[0] for part in indexed),
            wire.read_all(plain),
            tuple((snake(part["name"]), part["name"]) for part in (*indexed, *plain)),
            tuple(_teller(part) for part in (*indexed, *plain)),
            tuple(kind.READ.items()),
        )
    return shapes


def _teller(item: wire.Item) -> Told:
    """How a value is told in JSON; None if as it is."""
    kind = item["type"]
    if kind.endswith("]"):
        inner = _teller({**item, "type": kind[: kind.rindex("[")]})
        return list if inner is None else lambda values: [inner(each) for each in values]
    if kind == "tuple":
        parts = [(part["name"], _teller(part)) for part in item["components"]]
        return lambda values: {
            name: value if tell is None else tell(value)
            for (name, tell), value in zip(parts, values, strict=True)
        }
    if kind == "string":
        return readable
    return str if kind.startswith("uint") else None
