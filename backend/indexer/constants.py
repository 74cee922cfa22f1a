"""What the contracts were built with and tell in no event: read once, as it never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eth_utils.address import is_address

from backend import abi
from backend.chain import Contract, Node
from backend.terms.jury import FIELDS as JURY_FIELDS

GETTERS: Mapping[str, tuple[str, ...]] = {
    "Escrow": ("treasury", "ruleBook"),
    "RuleBook": ("timelock", "guardian", "guardianUntil", "maxPause"),
    "Reputation": ("timelock", "ruleBook", "start", "caps"),
    "MarketGovernor": (
        "name",
        "token",
        "grace",
        "guardian",
        "guardianUntil",
        "quorumFloor",
        "proposalTypes",
    ),
    "ProposalTypes": ("timelock", "ruleBook", "escrow", "notice"),
    "MarketTimelock": ("delayBounds",),
    "Attestations": ("timelock", "maxValidity"),
    "Reviews": ("escrow", "commitWindow", "revealWindow"),
    "Court": ("escrow", "pool", "randomness", "treasury"),
    "JurorPool": (
        "asset",
        "stakeUnit",
        "cap",
        "tiers",
        "start",
        "epochLength",
        "leaveDelay",
        "reputation",
        "timelock",
    ),
    "BondedSeed": (
        "pool",
        "treasury",
        "giversPerRound",
        "bond",
        "commitPeriod",
        "revealPeriod",
        "depth",
    ),
}
BOUNDS: Mapping[str, tuple[str, ...]] = {
    "RuleBook": ("feeBps", "rulingPeriod", "defaultPerformerBps", "rate", *JURY_FIELDS),
    "MarketGovernor": (
        "votingDelay",
        "votingPeriod",
        "proposalThreshold",
        "lateQuorumVoteExtension",
    ),
    "ProposalTypes": ("quorumBps", "approvalBps", "delay"),
}


def contracts_of(node: Node, addresses: Mapping[str, str]) -> dict[str, Contract]:
    """The market's contracts, to be asked."""
    return {
        name: Contract(node, name, address, abi.load(name)) for name, address in addresses.items()
    }


def read_constants(contracts: Mapping[str, Contract]) -> Iterator[dict[str, Any]]:
    """Rows for the table `constants`: by contract and name, bounds as `bounds.FIELD`."""
    for contract, names in GETTERS.items():
        for name in names:
            value = contracts[contract].call(name)
            yield {"contract": contract, "name": name, "value": _json(value)}
    for contract, fields in BOUNDS.items():
        for field in fields:
            value = contracts[contract].call("boundsOf", field.encode().ljust(32, b"\0"))
            yield {"contract": contract, "name": f"bounds.{field}", "value": _json(value)}


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    if isinstance(value, str):
        assert is_address(value) or value.isprintable()
        return value
    return str(value)
