"""Blocks and logs as the node tells of them, with hashes in lowercase hex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eth_utils.address import to_checksum_address


@dataclass(frozen=True, slots=True)
class Block:
    """A block's place in the chain; `time` is its timestamp in unix seconds."""

    number: int
    hash: str
    parent_hash: str
    time: int

    @classmethod
    def read(cls, answer: Mapping[str, Any]) -> Block:
        return cls(
            number=int(answer["number"], 16),
            hash=answer["hash"].lower(),
            parent_hash=answer["parentHash"].lower(),
            time=int(answer["timestamp"], 16),
        )


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
            address=to_checksum_address(answer["address"]),
            topics=tuple(bytes.fromhex(topic[2:]) for topic in answer["topics"]),
            data=bytes.fromhex(answer["data"][2:]),
            block_number=int(answer["blockNumber"], 16),
            block_hash=answer["blockHash"].lower(),
            tx_hash=answer["transactionHash"].lower(),
            log_index=int(answer["logIndex"], 16),
        )
