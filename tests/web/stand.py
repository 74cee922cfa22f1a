"""A market with offers, its service and its pages, for one session of tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount

from scripts.local.inbox import post_offer
from scripts.local.market import chain, open_market
from scripts.local.place import Place
from scripts.local.service import Service, serve
from scripts.local.stall import post_all, traders_of
from scripts.parameters import GOODS
from scripts.people import Person
from scripts.story import Stage
from scripts.story.steps import OLD_FEE
from scripts.story.trading import sign_sale
from scripts.toolchain.node import Anvil, rpc
from scripts.ways import Traders
from scripts.ways.bargain import Listed
from scripts.ways.calls import call

COINS = 10**20  # wei: what a newcomer begins with
CAST = {"seller": Person.ALICE, "buyer": Person.BOB}


@dataclass
class Stand:
    """The market as tests arrange it. What the pages show they must read themselves."""

    place: Place
    node: Anvil
    stage: Stage
    service: Service
    traders: Traders
    offers: Mapping[str, str]  # hashes of one offer of each way of trading

    @property
    def url(self) -> str:
        """Where the pages are."""
        return self.place.api_url

    @property
    def token(self) -> str:
        """The test token: six decimals, with permits."""
        return self.traders.token

    def lamp(self, title: str = "A lamp", price: int = 12_000_000, **given: Any) -> str:
        """The hash of a new offer of Alice's, of goods for so many base units of the token."""
        return self.offer("goods", {"title": title, "price": str(price), **given}, CAST).hash

    def offer(
        self, way: str, given: Mapping[str, Any], cast: Mapping[str, Person], taker: str = "buyer"
    ) -> Listed:
        """A new offer, signed and posted."""
        return self.traders.offer(way, given, cast, taker)

    def words(self, text: str, price: int = 10**16) -> str:
        """The hash of a new offer of Alice's for coin that says just this, by no template."""
        name = f"words {len(self.stage.offers)}"
        sign_sale(
            self.stage,
            name,
            Person.ALICE,
            text=text,
            symbol="ETH",
            price=price,
            kind=GOODS,
            max_fee_bps=OLD_FEE,
        )
        return str(post_offer(self.stage, self.service, self.stage.offers[name])["hash"])

    def newcomer(self, name: str, *, coins: int = COINS, tokens: int = 0) -> LocalAccount:
        """Somebody whom nobody else is, with coin and tokens (base units). The name makes the key:
        two tests must not use the same."""
        account: LocalAccount = Account.from_key(sha256(f"newcomer {name}".encode()).digest())
        self.node.rpc("anvil_setBalance", account.address, hex(coins))
        if tokens:
            minted = call("mint(address,uint256)", account.address, tokens)
            self.traders._send(Person.RITA, self.token, minted)
        return account

    def get(self, path: str, **query: Any) -> Any:
        """What the API tells once it has caught up with the chain."""
        self.service.wait_for_head()
        return self.service.get(path, **query)

    def trades_of(self, account: str) -> list[Any]:
        """The newest first."""
        return list(self.get("/trades", party=account)["items"])

    def balance(self, account: str) -> int:
        """Of the token."""
        data = "0x" + call("balanceOf(address)", account).hex()
        return int(rpc(self.node.url, "eth_call", {"to": self.token, "data": data}, "latest"), 16)


@contextmanager
def open_stand() -> Iterator[Stand]:
    """Deploys, serves, and posts one offer of each way; ends all of it."""
    place = Place.aside()
    with chain(place) as node:
        stage, _ = open_market(place, lambda _: None)
        with serve(place) as service:
            service.wait_for_head()
            offers = post_all(stage, service)
            yield Stand(place, node, stage, service, traders_of(stage, service), offers)
    place.leave()
