"""Asking the views of a contract, with values as Python has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eth_abi.abi import decode, encode
from eth_utils.abi import abi_to_signature, collapse_if_tuple, function_abi_to_4byte_selector
from eth_utils.address import to_checksum_address

from backend.chain.errors import NodeUnreachable
from backend.chain.node import Node


class Contract:
    """A contract by its ABI. Values are ints, checksummed addresses, 0x hex, text and tuples."""

    def __init__(self, node: Node, name: str, address: str, abi: Sequence[Any]) -> None:
        self.node = node
        self.name = name
        self.address = address
        self._functions: dict[str, Any] = {}
        for entry in abi:
            if entry["type"] == "function":
                self._functions.setdefault(entry["name"], entry)
                self._functions[abi_to_signature(entry)] = entry

    def call(self, function: str, *arguments: object, block_hash: str | None = None) -> Any:
        """The value of a view as of a block; a tuple where it returns several.

        Overloaded functions are named by their signature. Raises NodeError and its kinds.
        """
        entry = self._functions[function]
        inputs = [collapse_if_tuple(item) for item in entry["inputs"]]
        data = function_abi_to_4byte_selector(entry) + encode(inputs, arguments)
        answer = self.node.call(self.address, data, block_hash)
        outputs = [collapse_if_tuple(item) for item in entry["outputs"]]
        if not answer and outputs:
            raise NodeUnreachable(
                f"{self.name}.{function}: the node has no such contract at {self.address}"
            )
        values = tuple(
            plain(value, item["type"], item.get("components"))
            for value, item in zip(decode(outputs, answer), entry["outputs"], strict=True)
        )
        return values[0] if len(values) == 1 else values


def plain(value: Any, kind: str, components: Sequence[dict[str, Any]] | None = None) -> Any:
    """A decoded value with addresses checksummed and bytes as 0x hex."""
    if kind.endswith("]"):
        inner = kind[: kind.rindex("[")]
        return tuple(plain(item, inner, components) for item in value)
    if kind == "tuple":
        assert components is not None
        return tuple(
            plain(item, part["type"], part.get("components"))
            for item, part in zip(value, components, strict=True)
        )
    if kind == "address":
        return to_checksum_address(value)
    return "0x" + value.hex() if isinstance(value, bytes) else value
