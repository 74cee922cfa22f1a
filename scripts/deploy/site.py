"""Where a market is built: sends what is not there yet, and knows again what is.

Before a contract is sent, its address (which follows from the deployer's nonce) is on record; so
whenever a run breaks, the next one finds what was done.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from rlp import encode  # type: ignore[import-untyped]

from scripts.deploy.record import DeployError, Record
from scripts.toolchain.network import load_project

PENDING_SECONDS = 300.0
FORETOLD = "foretold"
_IMMUTABLE = "7f" + "00" * 32  # PUSH32 of a value that the constructor fills in


def address_of(sender: str, nonce: int) -> str:
    """The address of the contract that this transaction creates."""
    return to_checksum_address(keccak(encode([bytes.fromhex(sender[2:]), nonce]))[12:])


def is_code_of(expected: str, found: str) -> bool:
    """Whether deployed code is that of a build, whatever its immutables (hex, without 0x)."""
    if len(expected) != len(found):
        return False
    place = 0
    for piece in expected.split(_IMMUTABLE):
        if found[place : place + len(piece)] != piece:
            return False
        place += len(piece)
        if place < len(found) and not found.startswith("7f", place):
            return False
        place += len(_IMMUTABLE)
    return True


class Site:
    """The deployer's account, the record, and what to tell while it works."""

    def __init__(self, deployer: Any, record: Record, tell: Callable[[str], None]) -> None:
        from brownie import web3

        self.deployer = deployer
        self.record = record
        self._tell = tell
        self._web3 = web3
        self._project = load_project()

    def foretell(self, first: str, ahead: Mapping[str, int]) -> list[str]:
        """The addresses of contracts to come: `ahead` says how many creations after `first`.

        As recorded if `first`, which is told of them, stands.
        """
        if (known := self.record.steps.get(first)) is None or not self._stands(known):
            nonce = self._web3.eth.get_transaction_count(self.deployer.address, "pending")
            sender = self.deployer.address
            told = {name: address_of(sender, nonce + after) for name, after in ahead.items()}
            self.record.steps.pop(FORETOLD, None)
            self.record.note(FORETOLD, **told)
        return [self.record.steps[FORETOLD][name] for name in ahead]

    def create(
        self, name: str, *arguments: object, key: str | None = None, at: str | None = None
    ) -> Any:
        """The contract of this key, which is its name if none is given.

        As recorded if it stands, else deployed; where it was foretold, if that is given.
        """
        key = key or name
        container = self._project[name]
        known = self.record.steps.get(key)
        if known is not None and self._stands(known):
            self._check_code(known["address"], container)
            if "transaction" not in known:  # the run broke between sending and writing
                self.record.note(key, transaction=None)
            self._tell(f"{key} is at {known['address']}")
            return container.at(known["address"], persist=False)
        nonce = self._web3.eth.get_transaction_count(self.deployer.address, "pending")
        address = address_of(self.deployer.address, nonce)
        if at is not None and address != at:
            raise DeployError(
                f"{name} must stand at {at}, which others were told, but would now be deployed to "
                f"{address}: {self.deployer.address} has sent something else meanwhile. Move "
                f"{self.record.path} away (--fresh) to deploy a market anew"
            )
        self.record.steps.pop(key, None)
        self.record.note(key, address=address, nonce=nonce)
        # Not `deploy`, which fails on live networks: Brownie cannot keep what it deployed there.
        receipt = self.deployer.transfer(
            data=container.deploy.encode_input(*arguments), nonce=nonce, silent=True
        )
        if receipt.contract_address != address:
            raise DeployError(f"{name} was not deployed by {receipt.txid}")
        self.record.note(key, transaction=receipt.txid, block=receipt.block_number)
        self._tell(f"{key} deployed to {address}")
        return container.at(address, tx=receipt, persist=False)

    def ensure(self, key: str, done: Callable[[], bool], send: Callable[[], Any]) -> None:
        """Sends a transaction unless what it does is done."""
        transaction = None
        if not done():
            self._tell(key)
            transaction = send().txid
            if not done():
                raise DeployError(f"{key}: the transaction {transaction} had no effect")
        if key not in self.record.steps or transaction is not None:
            self.record.note(key, transaction=transaction)

    def _stands(self, known: dict[str, Any]) -> bool:
        """Whether a recorded contract has code; waits for a creation that is still under way."""
        deadline = time.monotonic() + PENDING_SECONDS
        sender = self.record.deployer
        while not self._web3.eth.get_code(known["address"]):
            mined = self._web3.eth.get_transaction_count(sender)
            pending = self._web3.eth.get_transaction_count(sender, "pending")
            if not mined <= known["nonce"] < pending:
                return False
            if time.monotonic() > deadline:
                raise DeployError(
                    f"transaction {known['nonce']} of {sender} is still pending; "
                    "replace it or wait, then run this again"
                )
            time.sleep(1)
        return True

    def _check_code(self, address: str, container: Any) -> None:
        found = self._web3.eth.get_code(address).hex().removeprefix("0x")
        if not is_code_of(container._build["deployedBytecode"], found):
            raise DeployError(
                f"what stands at {address} is not this {container._name}: the sources were "
                f"changed since. Go back to those of the deployment, or move {self.record.path} "
                "away (--fresh) to deploy a market anew"
            )
