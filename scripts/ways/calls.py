"""Calls of the contracts, from the API's answers alone."""

from __future__ import annotations

from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak


def argument(told: dict[str, Any]) -> tuple[Any, ...]:
    """The offer as the Escrow's functions name it, from the API's answer alone."""
    words = told["argument"]
    return (
        words["asset"],
        words["parties"],
        [int(word) for word in words["tranches"]],
        bytes.fromhex(words["contentHash"][2:]),
        int(words["conditions"]),
    )


def call(signature: str, *values: object) -> bytes:
    types = signature[signature.index("(") + 1 : -1].split(",")
    return keccak(text=signature)[:4] + encode(types, values)
