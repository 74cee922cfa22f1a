"""From raw logs to events, by the contracts' interfaces.

Text may be anything: it is kept as bytes in events, because its hash matters, and made readable
in `Record.args`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode
from eth_utils.abi import collapse_if_tuple
from eth_utils.address import to_checksum_address
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
    contract: str
    name: str
    kind: type[Event]
    indexed: tuple[Mapping[str, Any], ...]
    plain: tuple[Mapping[str, Any], ...]


class Decoder:
    """Decodes the logs of these contracts (address by name)."""

    def __init__(self, contracts: Mapping[str, str]) -> None:
        self._names = {address: name for name, address in contracts.items()}
        self._shapes = {name: _shapes(name) for name in contracts}

    def decode(self, log: Log, block_time: int) -> Record:
        """Raises UnknownEvent for a log that the interface of its contract does not explain."""
        contract = self._names[log.address]
        shape = self._shapes[contract].get(log.topics[0]) if log.topics else None
        if shape is None or len(log.topics) != len(shape.indexed) + 1:
            raise UnknownEvent(
                f"{contract} at {log.address} told an event that this version does not know"
                f" (transaction {log.tx_hash}, log {log.log_index}). Update the program."
            )
        values: dict[str, Any] = {}
        for item, topic in zip(shape.indexed, log.topics[1:], strict=True):
            values[item["name"]] = decode([_wire(item)], topic, strict=False)[0]
        found = decode([_wire(item) for item in shape.plain], log.data, strict=False)
        values |= {item["name"]: value for item, value in zip(shape.plain, found, strict=True)}

        fields: dict[str, Any] = {}
        args: dict[str, Any] = {}
        for item in (*shape.indexed, *shape.plain):
            field = snake(item["name"])
            value = _value(item, values[item["name"]])
            read: Callable[[Any], Any] | None = shape.kind.READ.get(field)
            fields[field] = value if read is None else read(value)
            args[item["name"]] = _json(item, values[item["name"]])
        at = Envelope(
            log.block_number, log.block_hash, block_time, log.tx_hash, log.log_index, log.address
        )
        return Record(contract, shape.name, args, shape.kind(at=at, **fields))


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
        shapes[keccak(text=f"{item['name']}({types})")] = _Shape(
            contract,
            item["name"],
            getattr(MODULES[contract], item["name"]),
            tuple(part for part in inputs if part["indexed"]),
            tuple(part for part in inputs if not part["indexed"]),
        )
    return shapes


def _wire(item: Mapping[str, Any]) -> str:
    """The type to decode as: text as bytes, whose encoding is the same."""
    return str(collapse_if_tuple(dict(item))).replace("string", "bytes")


def _value(item: Mapping[str, Any], value: Any) -> Any:
    kind = item["type"]
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return tuple(_value(inner, each) for each in value)
    if kind == "tuple":
        return tuple(
            _value(part, each) for part, each in zip(item["components"], value, strict=True)
        )
    if kind == "address":
        return to_checksum_address(value)
    if kind == "string":
        return value
    return "0x" + value.hex() if isinstance(value, bytes) else value


def _json(item: Mapping[str, Any], value: Any) -> Any:
    kind = item["type"]
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return [_json(inner, each) for each in value]
    if kind == "tuple":
        return {
            part["name"]: _json(part, each)
            for part, each in zip(item["components"], value, strict=True)
        }
    if kind == "string":
        return readable(value)
    plain = _value(item, value)
    return plain if isinstance(plain, bool | str) else str(plain)
