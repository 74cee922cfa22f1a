"""Calls as the governor and the timelock take them, and the calldata of our contracts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode
from eth_utils.abi import collapse_if_tuple, function_abi_to_4byte_selector
from eth_utils.crypto import keccak

from backend.abi import load

# With this at the end of its description, a proposal can be made by that account only.
PROPOSER = re.compile(r"#proposer=0x[0-9a-fA-F]{40}\Z")
_PROPOSAL = ["address[]", "uint256[]", "bytes[]", "bytes32"]


@dataclass(frozen=True, slots=True)
class RawCall:
    """One call of a proposal; `value` is coin in base units."""

    target: str
    value: int
    data: bytes


def calldata(contract: str, function: str, *arguments: object) -> bytes:
    """A call of a function by its name, of which the interface must have one only."""
    entry: Any
    (entry,) = (
        item for item in load(contract) if item["type"] == "function" and item["name"] == function
    )
    types = [collapse_if_tuple(item) for item in entry["inputs"]]
    return function_abi_to_4byte_selector(entry) + encode(types, arguments)


def described(text: str, proposer: str | None) -> str:
    """A description that names its only proposer, if there is to be one."""
    if proposer is None:
        return text
    return f"{text.rstrip()}\n\n#proposer={proposer}"


def hash_proposal(calls: Sequence[RawCall], description: str) -> int:
    """Twin of `Governor.hashProposal`: the number of the proposal."""
    targets = [call.target for call in calls]
    values = [call.value for call in calls]
    data = [call.data for call in calls]
    return int.from_bytes(
        keccak(encode(_PROPOSAL, [targets, values, data, keccak(text=description)])), "big"
    )


def propose(calls: Sequence[RawCall], description: str) -> bytes:
    """The calldata with which a wallet makes the proposal at the governor."""
    targets = [call.target for call in calls]
    values = [call.value for call in calls]
    data = [call.data for call in calls]
    return calldata("MarketGovernor", "propose", targets, values, data, description)
