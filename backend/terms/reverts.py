"""What a contract said when it refused: the name of its error, its values, and words for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.abi import collapse_if_tuple
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from backend import abi

FOLDER = Path(abi.__file__).parent
# What our interfaces say of their errors, and what we say of those that others wrote.
NOTICES = (FOLDER / "notices" / "errors.json", FOLDER / "notices" / "inherited.json")
ACTIONS = FOLDER / "notices" / "actions.json"

# Of ERC-20 tokens (EIP-6093), and of the language itself.
OTHERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ERC20InsufficientBalance": (
        ("address", "sender"),
        ("uint256", "balance"),
        ("uint256", "needed"),
    ),
    "ERC20InvalidSender": (("address", "sender"),),
    "ERC20InvalidReceiver": (("address", "receiver"),),
    "ERC20InsufficientAllowance": (
        ("address", "spender"),
        ("uint256", "allowance"),
        ("uint256", "needed"),
    ),
    "Error": (("string", "message"),),
    "Panic": (("uint256", "code"),),
}
_PANICS = {
    0x01: "an assertion failed",
    0x11: "a number left its range",
    0x12: "a division by zero",
    0x31: "an empty queue: nothing allows this call",
    0x32: "an index beyond the end",
}


@dataclass(frozen=True, slots=True)
class Revert:
    """`name` is None where the contract said nothing that is known here; `text` says what is
    wrong, and ends with what to do where that is known."""

    name: str | None
    values: tuple[tuple[str, str], ...]
    text: str


def read_revert(data: bytes) -> Revert:
    """From what a reverted call returned."""
    if not data:
        return Revert(None, (), "the contract refuses it and does not say why")
    known = _errors().get(data[:4])
    if known is None:
        return Revert(None, (), f"the contract refuses it with 0x{data[:36].hex()}, unknown here")
    name, inputs = known
    try:
        found = decode([collapse_if_tuple(dict(each)) for each in inputs], data[4:])
    except (DecodingError, OverflowError, UnicodeDecodeError, ValueError):
        return Revert(None, (), f"the contract refuses it with {name}, which cannot be read")
    values = tuple(
        (each["name"], _plain(each["type"], value))
        for each, value in zip(inputs, found, strict=True)
    )
    return Revert(name, values, _text(name, values))


def _text(name: str, values: Sequence[tuple[str, str]]) -> str:
    if name == "Error":
        return values[0][1]
    if name == "Panic":
        code = int(values[0][1])
        return f"a fault in the contract: {_PANICS.get(code, f'panic {code:#x}')}"
    said = f"{name}({', '.join(f'{key}: {value}' for key, value in values)})"
    notice = notices().get(name)
    return said if notice is None else f"{said}: {notice} {actions()[name]}"


@cache
def _errors() -> Mapping[bytes, tuple[str, Sequence[Any]]]:
    found: dict[bytes, tuple[str, Sequence[Any]]] = {}
    entries: list[tuple[str, Sequence[Any]]] = [
        (item["name"], item["inputs"])
        for path in sorted(FOLDER.glob("*.json"))
        for item in abi.load(path.stem)
        if item["type"] == "error"
    ]
    entries += [
        (name, [{"type": kind, "name": label} for kind, label in inputs])
        for name, inputs in OTHERS.items()
    ]
    for name, inputs in entries:
        types = ",".join(collapse_if_tuple(dict(each)) for each in inputs)
        found[keccak(text=f"{name}({types})")[:4]] = (name, inputs)
    return found


@cache
def notices() -> Mapping[str, str]:
    """By name, what each error means."""
    found: dict[str, str] = {}
    for path in NOTICES:
        found |= json.loads(path.read_text(encoding="utf-8"))["notices"]
    return found


@cache
def actions() -> Mapping[str, str]:
    """By name, what whoever meets an error does next."""
    told = json.loads(ACTIONS.read_text(encoding="utf-8"))["actions"]
    return {name: action for action, names in told.items() for name in names}


def _plain(kind: str, value: Any) -> str:
    if kind == "address":
        return str(to_checksum_address(value))
    if kind == "bytes32":
        # The name of a field, where it is text.
        text = value.rstrip(b"\0")
        if text and text.isascii() and text.decode().isidentifier():
            return str(text.decode())
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value)
