"""A juror before the contracts: asks them, shows what it sends, sends it, and tells how it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, NoReturn

import typer
from eth_account.signers.local import LocalAccount

from backend import abi
from backend.chain import (
    CallReverted,
    Contract,
    Node,
    NodeRefused,
    NodeUnreachable,
    Rpc,
    TooLittleCoin,
)
from backend.chain.sending import MinedAndReverted, Receipt, Wallet
from backend.chain.simulation import Attempt, simulate
from backend.cli.terminal import CommandError, say
from backend.cli.wallet import find_account
from backend.indexer.market import check_node
from backend.settings import Deployment, Settings
from backend.terms.calldata import calldata
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.plain.money import Money
from backend.terms.reverts import read_revert

COIN_DECIMALS = 18

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be sent and try it; send nothing.")
]


@dataclass(frozen=True, slots=True)
class Deed:
    """A transaction to send: in words, and as a call of one of our contracts."""

    words: str
    contract: Contract
    function: str
    arguments: tuple[object, ...] = ()
    value: int = 0

    @property
    def attempt(self) -> Attempt:
        data = calldata(self.contract.name, self.function, *self.arguments)
        return Attempt(self.contract.address, self.value, data)


@dataclass(frozen=True, slots=True)
class Stakes:
    """What jurors stake. `token` is None where it is the chain's own coin."""

    money: Money
    token: Contract | None


class Desk:
    """One wallet, one node, one market."""

    def __init__(
        self,
        node: Node,
        settings: Settings,
        deployment: Deployment,
        account: LocalAccount,
        dry_run: bool,
    ) -> None:
        self.node = node
        self.chain_id = deployment.chain_id
        self.coin = Money(settings.coin, COIN_DECIMALS)
        self.account = account
        self.address = str(account.address)
        self.dry_run = dry_run
        self.court = self._contract("Court", deployment.address("Court"))
        self.reputation = self._contract("Reputation", deployment.address("Reputation"))
        self.pool = self._contract("JurorPool", self.court.call("pool"))
        self.seeds = self._contract("BondedSeed", self.court.call("randomness"))

    def now(self) -> int:
        """The chain's time: unix seconds of the newest block."""
        return self.node.head().time

    def stakes(self) -> Stakes:
        """Asks the pool, and a token for its symbol and decimals."""
        asset = self.pool.call("asset")
        if asset == ZERO_ADDRESS:
            return Stakes(self.coin, None)
        token = self._contract("Token", asset)
        try:
            return Stakes(Money(token.call("symbol"), token.call("decimals")), token)
        except (NodeRefused, NodeUnreachable) as error:
            raise CommandError(
                f"The token {asset}, which jurors stake, tells no symbol or decimals: {error}"
            ) from None

    def do(self, *deeds: Deed) -> list[Receipt]:
        """Shows the deeds, tries them all together, then sends one after another.

        Raises CommandError for what the contracts refuse, in their words. After a dry run: none.
        """
        say(f"From {self.address} on chain {self.chain_id}:")
        for deed in deeds:
            worth = f", with {self.coin.show(deed.value)}" if deed.value else ""
            say(f"  {deed.words} ({deed.contract.name}.{deed.function}{worth})")
        self._try(deeds)
        if self.dry_run:
            say("It would succeed. Nothing was sent.")
            return []
        wallet = Wallet(self.node, self.account, self.chain_id)
        return [self._send(wallet, deed) for deed in deeds]

    def _try(self, deeds: Sequence[Deed]) -> None:
        tried = simulate(self.node, self.address, [deed.attempt for deed in deeds])
        last = tried.outcomes[-1]
        if last.succeeded or (len(tried.outcomes) > 1 and not tried.together):
            return
        if last.too_little_coin:
            self._poor(sum(deed.value for deed in deeds))
        raise CommandError(f"Nothing was sent: {read_revert(last.data).text}")

    def _send(self, wallet: Wallet, deed: Deed) -> Receipt:
        try:
            receipt = wallet.send(deed.attempt, lambda sent: say(f"Sent {sent}; waiting for it."))
        except MinedAndReverted as error:
            raise CommandError(f"{error}: {read_revert(error.data).text}") from None
        except CallReverted as error:
            raise CommandError(f"Nothing was sent: {read_revert(error.data).text}") from None
        except TooLittleCoin:
            self._poor(deed.value)
        cost = self.coin.show(receipt.cost)
        say(f"In block {receipt.block}, for {receipt.gas} gas ({cost}).")
        return receipt

    def _poor(self, needed: int) -> NoReturn:
        has = self.coin.show(self.node.balance(self.address))
        raise CommandError(
            f"{self.address} has {has}; this takes {self.coin.show(needed)} and the gas."
        )

    def _contract(self, name: str, address: str) -> Contract:
        return Contract(self.node, name, address, abi.load(name))


@contextmanager
def desk(
    rpc_url: str | None,
    deployment: str | None,
    key_file: str | None,
    name: str | None,
    dry_run: bool = False,
) -> Iterator[Desk]:
    """Opens the connection and the wallet, and checks that the node is on the right chain."""
    settings = Settings.read(rpc_url=rpc_url, deployment=deployment)
    market = settings.read_deployment()
    with Rpc(settings.rpc_url, settings.rpc_timeout) as rpc:
        node = Node(rpc)
        check_node(node, market)
        account = find_account(key_file, name, market.chain_id)
        yield Desk(node, settings, market, account, dry_run)
