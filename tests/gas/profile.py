"""Where the gas of a transaction goes, opcode group by opcode group."""

from collections import Counter, defaultdict
from typing import Any

from scripts.toolchain.node import Anvil

GROUPS = {
    "SSTORE": "storage written",
    "SLOAD": "storage read",
    "TLOAD": "re-entrancy lock",
    "TSTORE": "re-entrancy lock",
    "CALL": "calls, and the accounts they touch",
    "STATICCALL": "calls, and the accounts they touch",
    "EXTCODESIZE": "calls, and the accounts they touch",
    "KECCAK256": "hashing",
    "CALLDATALOAD": "reading calldata",
    "CALLDATACOPY": "reading calldata",
    "CALLDATASIZE": "reading calldata",
    "MLOAD": "memory",
    "MSTORE": "memory",
    "MSTORE8": "memory",
    "MCOPY": "memory",
    "JUMP": "jumps",
    "JUMPI": "jumps",
    "JUMPDEST": "jumps",
}
CALLS = ("CALL", "STATICCALL", "DELEGATECALL")
PRECOMPILES = {1: "ecrecover", 4: "copying by precompile"}


def profile(node: Anvil, transaction: str) -> tuple[dict[tuple[int, str], int], Counter[str]]:
    """Gas by depth of call and group of opcodes, and how often each opcode ran."""
    options = {"disableMemory": True, "disableStorage": True}
    steps = node.rpc("debug_traceTransaction", transaction, options)["structLogs"]
    costs: dict[tuple[int, str], int] = defaultdict(int)
    counts: Counter[str] = Counter()
    for step, cost in zip(steps, _own_costs(steps), strict=True):
        counts[step["op"]] += 1
        costs[step["depth"], _group(step)] += cost
    return dict(costs), counts


def _own_costs(steps: list[dict[str, Any]]) -> list[int]:
    """What each step used itself: of a call without what ran inside."""
    own = [int(step["gasCost"]) for step in steps]
    calls: list[int] = []  # not returned yet, innermost last
    for index, step in enumerate(steps):
        while calls and step["depth"] <= steps[calls[-1]]["depth"]:
            call = calls.pop()
            own[call] = steps[call]["gas"] - step["gas"] - sum(own[call + 1 : index])
        if step["op"] in CALLS:
            calls.append(index)
    return own


def _group(step: dict[str, Any]) -> str:
    name = str(step["op"])
    if name in CALLS:
        target = int(step["stack"][-2], 16)
        return PRECOMPILES.get(target, GROUPS["CALL"])
    if name.startswith("LOG"):
        return "logs"
    if name.startswith(("PUSH", "DUP", "SWAP", "POP")):
        return "stack"
    return GROUPS.get(name, "arithmetic and the rest")
