"""What a proposal would do: its calls in words, whatever its description says.

Only calldata that our own interfaces explain to the last byte is decoded; anything else is shown
raw and flagged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError, EncodingError
from eth_utils.abi import collapse_if_tuple
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

# Offsets in calldata may point twice at one place, so that what is decoded can grow with the square
# of what is read.
LONGEST = 8_192
TOKEN = "Token"  # how an ERC-20 that members voted on is named

Abi = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Argument:
    """`value` is a string, a boolean, a list, or named members; numbers are decimal strings."""

    name: str
    type: str
    value: Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a proposal. `warning` is why it is shown raw, or None."""

    target: str
    value: int
    data: str
    contract: str | None
    function: str | None
    arguments: tuple[Argument, ...]
    warning: str | None


def explain(target: str, value: int, data: bytes, contracts: Mapping[str, tuple[str, Abi]]) -> Call:
    """`contracts` are ours, by address with its checksum: the name and the interface of each."""
    target = to_checksum_address(target)
    raw = "0x" + data.hex()
    known = contracts.get(target)
    if known is None:
        warning = "not a contract of this market" if data else None
        return Call(target, value, raw, None, None, (), warning)
    name, abi = known
    if not data:
        return Call(target, value, raw, name, None, (), None)
    if len(data) > LONGEST:
        return Call(target, value, raw, name, None, (), "too long to be explained")
    for item in abi:
        if item["type"] == "function" and data[:4] == keccak(text=_signature(item))[:4]:
            arguments = _arguments(item["inputs"], data[4:])
            if arguments is None:
                return Call(target, value, raw, name, None, (), "its arguments cannot be read")
            return Call(target, value, raw, name, item["name"], arguments, None)
    return Call(target, value, raw, name, None, (), "not a function of this contract")


def _signature(item: Mapping[str, Any]) -> str:
    types = ",".join(collapse_if_tuple(dict(found)) for found in item["inputs"])
    return f"{item['name']}({types})"


def _arguments(inputs: Sequence[Mapping[str, Any]], data: bytes) -> tuple[Argument, ...] | None:
    """None unless encoding the values again gives the same bytes: nothing may hide between."""
    types = [collapse_if_tuple(dict(found)) for found in inputs]
    try:
        values = decode(types, data)
        if encode(types, values) != data:
            return None
    except (DecodingError, EncodingError, UnicodeDecodeError, OverflowError, ValueError):
        return None
    return tuple(
        Argument(found["name"], found.get("internalType", found["type"]), _plain(found, value))
        for found, value in zip(inputs, values, strict=True)
    )


def _plain(found: Mapping[str, Any], value: Any) -> Any:
    kind = found["type"]
    if kind.endswith("]"):
        inner = {**found, "type": kind[: kind.rindex("[")]}
        return [_plain(inner, each) for each in value]
    if kind == "tuple":
        members = zip(found["components"], value, strict=True)
        return {member["name"]: _plain(member, each) for member, each in members}
    if kind == "address":
        return to_checksum_address(value)
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return value if isinstance(value, bool | str) else str(value)
