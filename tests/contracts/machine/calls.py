"""Calls to contracts, encoded without detours: the machine makes some hundred thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from eth_abi.abi import decode, encode
from eth_utils.abi import abi_to_signature, collapse_if_tuple
from eth_utils.crypto import keccak

Values = tuple[Any, ...]


@dataclass(frozen=True)
class Call:
    """What is sent where, and how the answer is read."""

    to: str
    data: str
    outputs: tuple[str, ...]

    @property
    def request(self) -> tuple[str, list[Any]]:
        return "eth_call", [{"to": self.to, "data": self.data}, "latest"]

    def read(self, answer: str) -> Any:
        values = decode(self.outputs, bytes.fromhex(answer[2:]))
        return values[0] if len(values) == 1 else values


@dataclass(frozen=True)
class Coins:
    """Asks for an account's coin."""

    account: str

    @property
    def request(self) -> tuple[str, list[Any]]:
        return "eth_getBalance", [self.account, "latest"]

    def read(self, answer: str) -> int:
        return int(answer, 16)


class Face:
    """A contract whose functions, by name, make calls."""

    def __init__(self, address: str, abi: list[dict[str, Any]]) -> None:
        self.address = address
        self._functions = {}
        for item in abi:
            if item["type"] == "function":
                selector = keccak(text=abi_to_signature(item))[:4]
                self._functions[item["name"]] = (
                    selector,
                    _types(item, "inputs"),
                    _types(item, "outputs"),
                )
        self.errors = {
            keccak(text=abi_to_signature(item))[:4]: (item["name"], _types(item, "inputs"))
            for item in abi
            if item["type"] == "error"
        }

    def __getattr__(self, name: str) -> Callable[..., Call]:
        if name.startswith("_") or name not in self._functions:
            raise AttributeError(name)
        return partial(self.call, name)

    def call(self, name: str, *arguments: Any) -> Call:
        selector, inputs, outputs = self._functions[name]
        return Call(self.address, "0x" + (selector + encode(inputs, arguments)).hex(), outputs)


def error_of(data: bytes, *faces: Face) -> tuple[str, Values]:
    """A revert's data as the error's name and its values."""
    for face in faces:
        if data[:4] in face.errors:
            name, types = face.errors[data[:4]]
            return name, plain(decode(types, data[4:]))
    return "unknown error", (data.hex(),)


def plain(values: Values) -> Values:
    """Values of an error as the contract and the model both can be written."""
    return tuple(map(_plain, values))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, str):
        is_hex = value.startswith("0x")
        return value.lower() if is_hex else "0x" + value.encode().ljust(32, b"\0").hex()
    return int(value)


def _types(item: dict[str, Any], side: str) -> tuple[str, ...]:
    return tuple(collapse_if_tuple(each) for each in item[side])
