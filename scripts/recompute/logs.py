"""The logs that tell of draws and tallies, decoded by their signatures alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from scripts.toolchain.network import rpc

RANGE = 2_000  # blocks asked for at once
JURY = "(uint96,uint96,uint32,uint32,uint32,uint32,uint32,uint32,uint8,uint8,uint16,uint16,uint16)"

# contract: event(type name, ...), indexed ones marked with *.
EVENTS = {
    "rule_book": (f"JuryRulesSet(uint32* version,uint40 effectiveAt,{JURY} old,{JURY} rules)",),
    "randomness": (
        "SeedSet(uint256* requestId,uint256 seed)",
        "RoundOpened(uint256* round,uint256 base,uint256 epoch,address[] givers,uint40 until)",
        "SecretCommitted(uint256* round,address* giver,uint256 seat,bytes32 commitment)",
        "TargetMixed(uint256* round,uint256 target,bytes32 blockHash)",
        "SecretRevealed(uint256* round,address* giver,uint256 seat,bytes32 secret)",
    ),
    "pool": (
        "Staked(address* juror,uint256 amount,uint256 stake)",
        "StakeWithdrawn(address* juror,uint256 amount)",
        "WeightSet(address* juror,uint256 position,uint256 weight,uint256 epoch)",
        "StakeLocked(address* juror,address* by,uint256 amount)",
        "StakeUnlocked(address* juror,address* by,uint256 amount)",
        "StakeSlashed(address* juror,address* by,uint256 amount)",
        "StakeAwarded(address* juror,address* by,uint256 amount)",
    ),
    "court": (
        "CaseOpened(bytes32* caseId,bytes32* tradeId,uint256 tranche,address performer,"
        "address checker,uint32 rulesVersion,uint8 depositor,uint256 deposit,uint40 deadline)",
        "PeriodStarted(bytes32* caseId,uint8 status,uint256 round,uint40 deadline)",
        "PanelRequested(bytes32* caseId,uint256 round,uint256 attempt,uint256 requestId,"
        "uint256 epoch,uint256 jurors)",
        "JurorDrawn(bytes32* caseId,address* juror,uint256 round,uint256 seat,uint256 draw)",
        "JurorStruck(bytes32* caseId,address* juror,uint256 round,uint256 seat,bytes32 tradeId)",
        "VoteCommitted(bytes32* caseId,address* juror,uint256 round,uint256 seat,"
        "bytes32 commitment)",
        "VoteRevealed(bytes32* caseId,address* juror,uint256 round,uint256 seat,"
        "uint256 performerBps,bytes32 salt)",
        "VoteDenounced(bytes32* caseId,address* juror,uint256 round,uint256 seat,address by,"
        "uint256 amount)",
        "PanelFailed(bytes32* caseId,uint256 round,uint256 attempt,uint8 state,uint256 reveals,"
        "uint256 needed)",
        "PanelRuled(bytes32* caseId,uint256 round,uint256 performerBps,uint256 reveals)",
        "CaseDecided(bytes32* caseId,uint256 performerBps,uint8 decision)",
        "RoundSettled(bytes32* caseId,uint256 round,uint256 attempt,uint256 paid,uint256 slashed,"
        "uint256 feeShare,uint256 stakeShare,uint256 slash,uint256 feeToTreasury,"
        "uint256 stakeToTreasury)",
    ),
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the logs come from."""

    court: str
    pool: str
    randomness: str
    rule_book: str

    @classmethod
    def of_court(cls, url: str, court: str) -> Addresses:
        """The court names the others; none of them can change."""
        escrow = _ask(url, court, "escrow()")
        return cls(
            court=to_checksum_address(court),
            pool=_ask(url, court, "pool()"),
            randomness=_ask(url, court, "randomness()"),
            rule_book=_ask(url, escrow, "ruleBook()"),
        )


@dataclass(frozen=True, slots=True)
class Log:
    """A decoded log, in the order of the chain by (block, index)."""

    block: int
    index: int
    name: str
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class _Event:
    name: str
    topic: str
    members: tuple[tuple[str, str, bool], ...]  # type, name, whether it is indexed

    @classmethod
    def parse(cls, text: str) -> _Event:
        name, inside = text[:-1].split("(", 1)
        members = tuple(
            (kind.removesuffix("*"), member, kind.endswith("*"))
            for kind, member in (part.rsplit(" ", 1) for part in _split(inside))
        )
        signature = f"{name}({','.join(kind for kind, _, _ in members)})"
        return cls(name, "0x" + keccak(text=signature).hex(), members)

    def decode(self, raw: dict[str, Any]) -> Log:
        topics = iter(raw["topics"][1:])
        plain = [kind for kind, _, indexed in self.members if not indexed]
        data = iter(decode(plain, bytes.fromhex(raw["data"][2:])))
        values = {}
        for kind, name, indexed in self.members:
            value = decode([kind], bytes.fromhex(next(topics)[2:]))[0] if indexed else next(data)
            values[name] = _named(kind, value)
        return Log(int(raw["blockNumber"], 16), int(raw["logIndex"], 16), self.name, values)


def read(url: str, addresses: Addresses, first: int = 0) -> list[Log]:
    """Every such log from block `first` to the head."""
    head = int(rpc(url, "eth_blockNumber"), 16)
    found = [
        log
        for key, texts in EVENTS.items()
        for log in _of_contract(url, getattr(addresses, key), texts, first, head)
    ]
    return sorted(found, key=lambda log: (log.block, log.index))


def _of_contract(
    url: str, address: str, texts: Iterable[str], first: int, head: int
) -> Iterator[Log]:
    events = {event.topic: event for event in map(_Event.parse, texts)}
    for start in range(first, head + 1, RANGE):
        wanted = {
            "address": address,
            "fromBlock": hex(start),
            "toBlock": hex(min(start + RANGE - 1, head)),
            "topics": [list(events)],
        }
        for raw in rpc(url, "eth_getLogs", wanted):
            yield events[raw["topics"][0]].decode(raw)


def _named(kind: str, value: Any) -> Any:
    """Addresses with their checksum, as everywhere else."""
    if kind == "address[]":
        return [to_checksum_address(one) for one in value]
    return to_checksum_address(value) if kind == "address" else value


def _ask(url: str, contract: str, function: str) -> str:
    """The address that a view without arguments returns."""
    call = {"to": contract, "data": "0x" + keccak(text=function)[:4].hex()}
    answer = rpc(url, "eth_call", call, "latest")
    return to_checksum_address("0x" + answer[-40:])


def _split(members: str) -> Iterator[str]:
    """At commas outside of parentheses."""
    depth, part = 0, ""
    for letter in members:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield part
            part = ""
        else:
            part += letter
    yield part
