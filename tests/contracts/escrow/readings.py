"""What a transaction did: who has what, who is owed what, and where a tranche stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS

if TYPE_CHECKING:
    from tests.contracts.escrow.market import Opened, Person


class Readings:
    """The chain, as it is after a block."""

    def __init__(self, escrow: Any, people: dict[str, Person], web3: Any) -> None:
        self.escrow, self.people, self.web3 = escrow, people, web3

    def status(self, opened: Opened, index: int = 0) -> int:
        return int(self.escrow.statusOf(opened.packed, index))

    def held(self, asset: Any, account: Any, block: int | str = "latest") -> int:
        """Base units of an asset that an account has after a block."""
        if address_of(asset) == ZERO_ADDRESS:
            return int(self.web3.eth.get_balance(address_of(account), block))
        return int(asset.balanceOf(address_of(account), block_identifier=block))

    def gained(self, receipt: Any, asset: Any, account: Any) -> int:
        """What a transaction changed of somebody's asset; the price of its gas is not counted."""
        block = receipt.block_number
        change = self.held(asset, account, block) - self.held(asset, account, block - 1)
        if address_of(asset) == ZERO_ADDRESS and receipt.sender == address_of(account):
            raw = self.web3.eth.get_transaction_receipt(receipt.txid)
            change += raw["gasUsed"] * raw["effectiveGasPrice"]
        return change

    def credit(self, account: Any, asset: Any, block: int | str = "latest") -> int:
        return int(
            self.escrow.creditOf(address_of(account), address_of(asset), block_identifier=block)
        )

    def owed(self, receipt: Any, asset: Any, account: Any) -> int:
        """What a transaction changed of somebody's credit."""
        block = receipt.block_number
        return self.credit(account, asset, block) - self.credit(account, asset, block - 1)

    def assert_closed(
        self,
        opened: Opened,
        receipt: Any,
        outcome: int,
        *,
        performer: int,
        checker: int,
        fee: int,
        index: int = 0,
        asset: Any = ZERO_ADDRESS,
        credited: Sequence[Any] = (),
    ) -> None:
        """The tranche is final, its sides and the treasury got these sums and nobody got more.

        `credited` are the sides to whom the payment could not be pushed.
        """
        tranche, parties = opened.tranche(index), opened.trade.terms.parties
        assert performer + checker + fee == tranche.amount
        sums = {parties[tranche.performer]: performer, parties[tranche.checker]: checker}
        refused = {address_of(account) for account in credited}
        for account, amount in sums.items():
            pushed, owed = (0, amount) if account in refused else (amount, 0)
            assert self.gained(receipt, asset, account) == pushed
            assert self.owed(receipt, asset, account) == owed
        pushed = sum(amount for account, amount in sums.items() if account not in refused)
        assert self.gained(receipt, asset, self.escrow) == -pushed
        assert self.owed(receipt, asset, self.people["treasury"]) == fee

        assert self.status(opened, index) == outcome
        trade_id, states = self.escrow.tranchesOf(opened.packed)
        assert bytes(HexBytes(trade_id)) == opened.id
        assert states[index][0] == outcome
        assert tuple(map(int, tuple(states[index])[3:])) == (performer, checker, fee)
        assert tuple(self.escrow.nextDefault(opened.packed)[index]) == (0, 0, 0, 0, 0)


def address_of(account: Any) -> str:
    return str(getattr(account, "address", account))
