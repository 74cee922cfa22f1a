"""What is asked of a node: heads, blocks, ranges of logs, and calls of views."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from backend.chain.data import Block, Log
from backend.chain.errors import NodeRefused, NodeUnreachable, UnknownBlock
from backend.chain.rpc import Rpc

HEADERS = 100  # blocks asked for at once


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
        found = self._block("latest")
        if found is None:
            raise NodeUnreachable(f"{self.url} has no block yet")
        return found

    def block(self, number: int) -> Block | None:
        """The block at a height, None beyond the head."""
        found = self._block(hex(number))
        return found if found is not None and found.number == number else None

    def logs_of(self, block: Block, addresses: Collection[str]) -> list[Log]:
        """The logs of one block by its hash, in order. UnknownBlock if it was orphaned.

        Where the header promises logs of an address and none came, the receipts decide:
        NodeUnreachable if the node has more in them.
        """
        answer = self.rpc.ask(
            "eth_getLogs", {"blockHash": block.hash, "address": sorted(addresses)}
        )
        logs = self._logs(answer, addresses)
        if any(log.block_hash != block.hash for log in logs):
            raise UnknownBlock(f"{self.url} told logs of other blocks than {block.hash}")
        silent = set(addresses) - {log.address for log in logs}
        if block.bloom and any(block.may_log(address) for address in silent):
            self._check_receipts(block, addresses, logs)
        return logs

    def _check_receipts(self, block: Block, addresses: Collection[str], logs: list[Log]) -> None:
        """Compares the logs of a block with its receipts, where the node tells those by hash."""
        try:
            receipts = self.rpc.ask("eth_getBlockReceipts", {"blockHash": block.hash})
        except UnknownBlock:
            raise
        except NodeRefused:
            return
        if not isinstance(receipts, list):
            raise NodeUnreachable(f"{self.url} has no receipts of block {block.number}")
        told = [log for receipt in receipts for log in receipt.get("logs", ())]
        if self._logs(told, addresses) != logs:
            raise NodeUnreachable(f"{self.url} does not have all logs of block {block.number} yet")

    def stretch(
        self, first: int, last: int, addresses: Collection[str]
    ) -> tuple[Block | None, list[Log], Block | None]:
        """The block at height `first`, the logs from there to `last`, in order, and the block at
        `last`, all of one replica. TooMuchAsked for too many."""
        opening, answer, closing = self.rpc.ask_each(
            [
                ("eth_getBlockByNumber", (hex(first), False)),
                (
                    "eth_getLogs",
                    (
                        {
                            "fromBlock": hex(first),
                            "toBlock": hex(last),
                            "address": sorted(addresses),
                        },
                    ),
                ),
                ("eth_getBlockByNumber", (hex(last), False)),
            ]
        )
        logs = self._logs(answer, addresses)
        if any(not first <= log.block_number <= last for log in logs):
            raise NodeUnreachable(f"{self.url} told logs of blocks that were not asked for")
        return self._at(opening, first), logs, self._at(closing, last)

    def blocks(self, numbers: Collection[int]) -> list[Block | None]:
        """The blocks at some heights, in that order; None beyond the head."""
        found: list[Block | None] = []
        for some in batched(numbers, HEADERS):
            asked = [("eth_getBlockByNumber", (hex(number), False)) for number in some]
            answers = self.rpc.ask_each(asked)
            found += [self._at(one, number) for one, number in zip(answers, some, strict=True)]
        return found

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

    def _block(self, which: str) -> Block | None:
        try:
            answer = self.rpc.ask("eth_getBlockByNumber", which, False)
        except UnknownBlock:
            return None
        return self._header(answer)

    def _header(self, answer: Any) -> Block | None:
        if answer is None or answer.get("hash") is None:
            return None
        return self._read(Block.read, answer)  # type: ignore[no-any-return]

    def _at(self, answer: Any, number: int) -> Block | None:
        found = self._header(answer)
        return found if found is not None and found.number == number else None

    def _logs(self, answer: Any, addresses: Collection[str]) -> list[Log]:
        if not isinstance(answer, list):
            raise NodeUnreachable(f"{self.url} told no list of logs")
        read = [self._read(Log.read, item) for item in answer if not item.get("removed")]
        ours = [log for log in read if log.address in addresses]
        if len({(log.block_hash, log.log_index) for log in ours}) != len(ours):
            raise NodeUnreachable(f"{self.url} told a log twice")
        return sorted(ours, key=lambda log: (log.block_number, log.log_index))

    def _read(self, read: Any, answer: Any) -> Any:
        try:
            return read(answer)
        except (KeyError, TypeError, ValueError) as error:
            raise NodeUnreachable(f"{self.url} answered half: {error!r}") from error


def batched(items: Collection[int], size: int) -> Iterator[list[int]]:
    """The items in pieces of that size, the last one smaller."""
    left = iter(items)
    while piece := list(islice(left, size)):
        yield piece
