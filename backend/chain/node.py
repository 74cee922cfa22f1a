"""What is asked of a node: heads, blocks, ranges of logs, and calls of views."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from backend.chain.data import Block, Log
from backend.chain.errors import NodeUnreachable, UnknownBlock
from backend.chain.rpc import Rpc


class Node:
    """A node, in typed questions. Everything raises NodeUnreachable and NodeRefused."""

    def __init__(self, rpc: Rpc) -> None:
        self.rpc = rpc

    @property
    def url(self) -> str:
        return self.rpc.url

    def chain_id(self) -> int:
        return int(self.rpc.ask("eth_chainId"), 16)

    def is_syncing(self) -> bool:
        """Whether the node says that it is still behind its own chain."""
        return bool(self.rpc.ask("eth_syncing"))

    def head(self) -> Block:
        """The newest block. NodeUnreachable while the node has none."""
        found = self._block("eth_getBlockByNumber", "latest")
        if found is None:
            raise NodeUnreachable(f"{self.url} has no block yet")
        return found

    def block(self, number: int) -> Block | None:
        """The block at a height, None beyond the head."""
        found = self._block("eth_getBlockByNumber", hex(number))
        return found if found is not None and found.number == number else None

    def logs_of(self, block: Block, addresses: Collection[str]) -> list[Log]:
        """The logs of one block by its hash, in order. UnknownBlock if it was orphaned."""
        answer = self.rpc.ask(
            "eth_getLogs", {"blockHash": block.hash, "address": sorted(addresses)}
        )
        logs = self._logs(answer, addresses)
        if any(log.block_hash != block.hash for log in logs):
            raise UnknownBlock(f"{self.url} told logs of other blocks than {block.hash}")
        return logs

    def logs(self, first: int, last: int, addresses: Collection[str]) -> list[Log]:
        """The logs from height `first` to `last`, in order. TooMuchAsked for too many."""
        answer = self.rpc.ask(
            "eth_getLogs",
            {"fromBlock": hex(first), "toBlock": hex(last), "address": sorted(addresses)},
        )
        logs = self._logs(answer, addresses)
        if any(not first <= log.block_number <= last for log in logs):
            raise NodeUnreachable(f"{self.url} told logs of blocks that were not asked for")
        return logs

    def call(self, to: str, data: bytes, block_hash: str | None = None) -> bytes:
        """What a view returns, as of a block, or of the newest one. CallReverted, UnknownBlock."""
        at = "latest" if block_hash is None else {"blockHash": block_hash}
        answer = self.rpc.ask("eth_call", {"to": to, "data": "0x" + data.hex()}, at)
        return bytes.fromhex(answer[2:])

    def balance(self, address: str) -> int:
        """Coin of an account in base units, in the block that is being made."""
        return int(self.rpc.ask("eth_getBalance", address, "pending"), 16)

    def has_code(self, address: str) -> bool:
        """Whether there is a contract at an address, as of the newest block."""
        return str(self.rpc.ask("eth_getCode", address, "latest")) not in ("0x", "0x0")

    def _block(self, method: str, which: str) -> Block | None:
        try:
            answer = self.rpc.ask(method, which, False)
        except UnknownBlock:
            return None
        if answer is None or answer.get("hash") is None:
            return None
        return self._read(Block.read, answer)  # type: ignore[no-any-return]

    def _logs(self, answer: Any, addresses: Collection[str]) -> list[Log]:
        if not isinstance(answer, list):
            raise NodeUnreachable(f"{self.url} told no list of logs")
        read = [self._read(Log.read, item) for item in answer if not item.get("removed")]
        ours = [log for log in read if log.address in addresses]
        return sorted(ours, key=lambda log: (log.block_number, log.log_index))

    def _read(self, read: Any, answer: Any) -> Any:
        try:
            return read(answer)
        except (KeyError, TypeError, ValueError) as error:
            raise NodeUnreachable(f"{self.url} answered half: {error!r}") from error
