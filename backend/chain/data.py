"""Blocks and logs as the node tells of them, with hashes in lowercase hex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak


@dataclass(frozen=True, slots=True)
class Block:
    """A block's place in the chain; `time` is its timestamp in unix seconds.

    `bloom` is the header's filter of who logged what in it; nothing where only the place is known.
    """

    number: int
    hash: str
    parent_hash: str
    time: int
    bloom: bytes = field(default=b"", compare=False, repr=False)

    @classmethod
    def read(cls, answer: Mapping[str, Any]) -> Block:
        return cls(
            number=int(answer["number"], 16),
            hash=answer["hash"].lower(),
            parent_hash=answer["parentHash"].lower(),
            time=int(answer["timestamp"], 16),
            bloom=bytes.fromhex(answer.get("logsBloom", "0x")[2:]),
        )

    def may_log(self, address: str) -> bool:
        """False if the header says that this address logged nothing in the block."""
        return all(self.bloom[-1 - bit // 8] >> bit % 8 & 1 for bit in _bits(address))


@dataclass(frozen=True, slots=True)
class Log:
    """A raw entry of the chain."""

    address: str
    topics: tuple[bytes, ...]
    data: bytes
    block_number: int
    block_hash: str
    tx_hash: str
    log_index: int

    @classmethod
    def read(cls, answer: Mapping[str, Any]) -> Log:
        return cls(
            address=_checksummed(answer["address"]),
            topics=tuple(bytes.fromhex(topic[2:]) for topic in answer["topics"]),
            data=bytes.fromhex(answer["data"][2:]),
            block_number=int(answer["blockNumber"], 16),
            block_hash=answer["blockHash"].lower(),
            tx_hash=answer["transactionHash"].lower(),
            log_index=int(answer["logIndex"], 16),
        )


@lru_cache(1_024)
def _checksummed(address: str) -> str:
    return to_checksum_address(address)


@cache
def _bits(address: str) -> tuple[int, ...]:
    """The three bits of an address in a filter of 2,048 (Ethereum's yellow paper, 4.4.3)."""
    found = keccak(hexstr=address)
    return tuple(int.from_bytes(found[at : at + 2], "big") & 2047 for at in (0, 2, 4))
