"""A market on a local chain, to act in as anybody: plain JSON-RPC, with the node's own accounts."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode
from eth_utils.abi import collapse_if_tuple, function_abi_to_4byte_selector

from backend import abi
from backend.chain import Log, Node, Rpc
from backend.events import Decoder, Record
from backend.indexer.constants import contracts_of
from backend.settings import Deployment
from backend.terms.acceptability import funding
from backend.terms.cid import content_hash
from backend.terms.offer import ZERO_ADDRESS, Listing, Offer, Terms, Trade, Tranche
from backend.terms.typed_data import hash_listing, signable_offer, signable_split
from scripts.people import Person
from scripts.toolchain.network import rpc

DAY = 86_400
BUYER, SELLER = 0, 1
GAS = hex(8_000_000)


@dataclass(frozen=True)
class Opened:
    """A trade as later calls name it."""

    trade_id: str
    trade: Trade
    offer: Offer

    @property
    def call(self) -> tuple[Any, ...]:
        return self.trade.pack()


class Market:
    """Acts, and waits for the receipt of each act."""

    def __init__(self, url: str, deployment: Deployment) -> None:
        self.url = url
        self.deployment = deployment
        self.decoder = Decoder(deployment.contracts)
        self._salts = itertools.count(1)
        self._connection = Rpc(url)
        node = Node(self._connection)
        court = contracts_of(node, {"Court": deployment.address("Court")})["Court"]
        around = {"JurorPool": court.call("pool"), "BondedSeed": court.call("randomness")}
        self.addresses = {**around, **deployment.contracts}
        self._contracts = contracts_of(node, self.addresses)

    def close(self) -> None:
        self._connection.close()

    def rpc(self, method: str, *params: object) -> Any:
        return rpc(self.url, method, *params)

    def view(self, contract: str, function: str, *arguments: object) -> Any:
        return self._contracts[contract].call(function, *arguments)

    @property
    def head(self) -> int:
        return int(self.rpc("eth_blockNumber"), 16)

    @property
    def now(self) -> int:
        return int(self.rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def hash_of(self, height: int) -> str:
        return str(self.rpc("eth_getBlockByNumber", hex(height), False)["hash"])

    def mine(self, blocks: int = 1) -> None:
        self.rpc("anvil_mine", hex(blocks))

    def wait_until(self, moment: int) -> None:
        """The next block is of this second."""
        self.rpc("evm_setNextBlockTimestamp", hex(moment))
        self.mine()

    def send(
        self, who: Person | str, contract: str, function: str, *arguments: object, value: int = 0
    ) -> list[Record]:
        """One transaction; what our contracts told in it, without the time. `who` may be any
        address at all."""
        sender = who.address if isinstance(who, Person) else who
        if not isinstance(who, Person):
            self.rpc("anvil_impersonateAccount", sender)
            self.rpc("anvil_setBalance", sender, hex(10**20 + value))
        to = self.addresses.get(contract, contract)
        data = "0x" + calldata(contract, function, *arguments).hex()
        sent = self.rpc(
            "eth_sendTransaction",
            {"from": sender, "to": to, "data": data, "value": hex(value), "gas": GAS},
        )
        receipt = self.receipt(sent)
        assert receipt["status"] == "0x1", f"{function} reverted"
        logs = [Log.read(log) for log in receipt["logs"]]
        ours = [log for log in logs if log.address in self.deployment.contracts.values()]
        return [self.decoder.decode(log, 0) for log in ours]

    def receipt(self, sent: str) -> dict[str, Any]:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found = self.rpc("eth_getTransactionReceipt", sent)
            if found is not None:
                return dict(found)
            time.sleep(0.01)
        raise AssertionError(f"{sent} was not mined")

    def offer(
        self,
        seller: Person = Person.ALICE,
        tranches: Sequence[Tranche] = (Tranche(BUYER, SELLER, BUYER, 1000, DAY, DAY),),
        parties: Sequence[str] | None = None,
        fills: int = 1,
        starts_in: int | None = None,
        sponsor: int = 0,
    ) -> Offer:
        """An offer in coin with the buyer's place open, valid for a month; it starts when it is
        taken, or so many seconds from now."""
        listing = Listing(
            content_hash("a thing"),
            1,
            1_000,
            self.now,
            self.now + 30 * DAY,
            fills,
            next(self._salts),
            0 if starts_in is None else self.now + starts_in,
            sponsor,
        )
        named = tuple(parties or (ZERO_ADDRESS, seller.address))
        return Offer(Terms(ZERO_ADDRESS, named, tuple(tranches)), listing)

    def sign(self, who: Person, offer: Offer) -> bytes:
        chain_id, escrow = self.deployment.chain_id, self.deployment.address("Escrow")
        message = signable_offer(chain_id, escrow, offer)
        return bytes(who.account.sign_message(message).signature)

    def open(
        self,
        offer: Offer | None = None,
        buyer: Person | str = Person.BOB,
        makers: Sequence[Person] = (Person.ALICE,),
        fill: int = 0,
    ) -> Opened:
        """Takes an offer in coin; the taker funds all that no budget pays for."""
        offer = offer or self.offer()
        value = sum(funding(offer))
        signatures = [self.sign(maker, offer) for maker in makers]
        told = self.send(buyer, "Escrow", "openTrade", offer.pack(), fill, signatures, value=value)
        event: Any = told[0].event
        trade = Trade.opened(offer, hash_listing(offer.listing), event.taker, event.pin)
        return Opened(event.trade_id, trade, offer)

    def act(self, who: Person | str, function: str, opened: Opened, *rest: object) -> None:
        """`perform`, `accept` and so on; the first of `rest` is the tranche."""
        self.send(who, "Escrow", function, opened.call, *rest)

    def split(self, opened: Opened, tranche: int, bps: int, *sides: Person) -> None:
        deadline = self.now + DAY
        chain_id, escrow = self.deployment.chain_id, self.deployment.address("Escrow")
        trade_id = bytes.fromhex(opened.trade_id[2:])
        message = signable_split(chain_id, escrow, trade_id, tranche, bps, deadline)
        signatures = [bytes(side.account.sign_message(message).signature) for side in sides]
        self.act(Person.RITA, "split", opened, tranche, bps, deadline, *signatures)

    def by_timelock(self, contract: str, function: str, *arguments: object) -> list[Record]:
        """As if members had voted for it."""
        return self.send(self.deployment.address("MarketTimelock"), contract, function, *arguments)


def calldata(contract: str, function: str, *arguments: object) -> bytes:
    """`function` by name, or by its signature where it is overloaded.

    Text may be given as bytes, which need not be UTF-8: the encoding is the same.
    """
    entry: Any = next(
        item
        for item in abi.load(contract)
        if item["type"] == "function"
        and (item["name"] == function or _signature(item) == function)
        and len(item["inputs"]) == len(arguments)
    )
    types = [
        "bytes"
        if item["type"] == "string" and isinstance(given, bytes)
        else collapse_if_tuple(item)
        for item, given in zip(entry["inputs"], arguments, strict=True)
    ]
    return function_abi_to_4byte_selector(entry) + encode(types, arguments)


def _signature(item: Any) -> str:
    return f"{item['name']}({','.join(collapse_if_tuple(part) for part in item['inputs'])})"
