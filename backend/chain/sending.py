"""Transactions: tried first, signed here, sent once, and waited for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from backend.chain.data import Log
from backend.chain.errors import CallReverted, NodeError, NodeRefused, NodeUnreachable
from backend.chain.node import Node
from backend.chain.simulation import Attempt

LOOK = 0.25  # seconds between looks for a receipt
TIP = 10**9  # wei per gas, where the node does not say what is usual


class NotMined(NodeError):
    """The transaction was sent, and is in no block yet: it may still be mined."""

    def __init__(self, tx_hash: str, seconds: float) -> None:
        super().__init__(
            f"{tx_hash} was sent, but is in no block after {seconds:g} s. It may still be mined:"
            " look before you send it again."
        )


class MinedAndReverted(CallReverted):
    """The transaction passed when it was tried and failed in its block; `data` as far as known."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A transaction that succeeded; `cost` is wei paid for its gas."""

    tx_hash: str
    block: int
    gas: int
    cost: int
    logs: tuple[Log, ...]


class Wallet:
    """A key on a node. Raises NodeError and its kinds; no message has any part of the key."""

    def __init__(self, node: Node, account: LocalAccount, chain_id: int) -> None:
        self._node = node
        self._account = account
        self._chain_id = chain_id
        self.address = str(account.address)

    def send(
        self, attempt: Attempt, sent: Callable[[str], None], seconds: float = 180.0
    ) -> Receipt:
        """Signs and sends it, tells its hash, and waits for `seconds` for its block.

        Raises TooLittleCoin, NotMined, and MinedAndReverted.
        """
        nonce = int(self._ask("eth_getTransactionCount", self.address, "pending"), 16)
        gas = int(self._ask("eth_estimateGas", self._call(attempt)), 16)
        unsigned: dict[str, Any] = {
            "chainId": self._chain_id,
            "nonce": nonce,
            "to": attempt.to,
            "value": attempt.value,
            "data": attempt.data,
            # Others may act before: the last of a panel to vote also ends the period.
            "gas": gas * 5 // 4 + 50_000,
            **self._price(),
        }
        raw = bytes(self._account.sign_transaction(unsigned).raw_transaction)
        tx_hash = "0x" + keccak(raw).hex()
        self._push(raw, tx_hash)
        sent(tx_hash)
        return self._wait(attempt, tx_hash, seconds)

    def _price(self) -> dict[str, int]:
        head = self._ask("eth_getBlockByNumber", "latest", False)
        if "baseFeePerGas" not in head:
            return {"gasPrice": int(self._ask("eth_gasPrice"), 16)}
        try:
            tip = int(self._ask("eth_maxPriorityFeePerGas"), 16)
        except NodeRefused:
            tip = TIP
        most = 2 * int(head["baseFeePerGas"], 16) + tip
        return {"maxFeePerGas": most, "maxPriorityFeePerGas": tip, "type": 2}

    def _push(self, raw: bytes, tx_hash: str) -> None:
        """A node that was asked twice may say that it has the transaction already."""
        try:
            self._ask("eth_sendRawTransaction", "0x" + raw.hex())
        except NodeUnreachable as error:
            raise NodeUnreachable(
                f"{error}. Whether {tx_hash} was sent is not known: look before you send it again."
            ) from error
        except NodeRefused:
            if self._ask("eth_getTransactionByHash", tx_hash) is None:
                raise

    def _wait(self, attempt: Attempt, tx_hash: str, seconds: float) -> Receipt:
        until = time.monotonic() + seconds
        while (found := self._ask("eth_getTransactionReceipt", tx_hash)) is None:
            if time.monotonic() > until:
                raise NotMined(tx_hash, seconds)
            time.sleep(LOOK)
        block, gas = int(found["blockNumber"], 16), int(found["gasUsed"], 16)
        if int(found["status"], 16) != 1:
            raise MinedAndReverted(
                f"{tx_hash} failed in block {block}", self._reason(attempt, found["blockNumber"])
            )
        price = int(found.get("effectiveGasPrice", "0x0"), 16)
        logs = tuple(Log.read(log) for log in found["logs"])
        return Receipt(tx_hash, block, gas, gas * price, logs)

    def _reason(self, attempt: Attempt, block: str) -> bytes:
        try:
            self._ask("eth_call", self._call(attempt), block)
        except CallReverted as error:
            return error.data
        except NodeRefused:
            pass
        return b""

    def _call(self, attempt: Attempt) -> dict[str, Any]:
        data = "0x" + attempt.data.hex()
        return {
            "from": self.address,
            "to": attempt.to,
            "value": hex(attempt.value),
            "data": data,
        }

    def _ask(self, method: str, *params: object) -> Any:
        return self._node.rpc.ask(method, *params)
