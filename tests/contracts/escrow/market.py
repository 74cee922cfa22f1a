"""A market small enough to test the Escrow: people with keys, offers really signed, trades opened.

Terms are built with `backend.terms`, the same code that the service uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS, Listing, Offer, Pin, Terms, Trade, Tranche
from backend.terms.typed_data import hash_listing, signable_offer, signable_split
from tests.contracts.escrow.readings import Readings, address_of
from tests.contracts.expect import next_at, now, until

MNEMONIC = "test test test test test test test test test test test junk"  # of every local node
HOUR, DAY = 3_600, 86_400
DUE_IN, REVIEW = 7 * DAY, 3 * DAY
RULING_PERIOD = 5 * DAY
DEFAULT_PERFORMER_BPS = 3_000
FEES = (250, 200, 300, 0, 150, 100, 80, 50, 1, 1_000)  # bps; kind k is FEES[k - 1]
GOODS, FREE, DEAREST = 1, 4, 10  # kinds
FEE = FEES[GOODS - 1]
AMOUNT = 1_000_003  # at which the fee and most splits are rounded: the fee is 25,000.075
CONTENT = bytes(range(32))

NONE, OPEN, PERFORMED, DISPUTED = range(4)
ACCEPTED, REFUNDED, LAPSED, MISSED, SPLIT, RULED, DEFAULTED = range(4, 11)
FINAL = (ACCEPTED, REFUNDED, LAPSED, MISSED, SPLIT, RULED, DEFAULTED)


@dataclass(frozen=True)
class Person:
    """Somebody with a key; `account` sends transactions."""

    name: str
    account: Any
    key: LocalAccount

    @property
    def address(self) -> str:
        return str(self.account.address)

    def __repr__(self) -> str:
        return self.name


def person(accounts: Any, index: int, name: str) -> Person:
    """The node's unlocked account of this index, with its key."""
    Account.enable_unaudited_hdwallet_features()
    key = Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}")
    assert key.address == accounts[index].address
    return Person(name, accounts[index], key)


def goods(amount: int = AMOUNT, **changed: int) -> Tranche:
    """Party 1 buys from party 0."""
    tranche = Tranche(
        funder=1, performer=0, checker=1, amount=amount, due_in=DUE_IN, review_period=REVIEW
    )
    return replace(tranche, **changed)


def bond(amount: int = AMOUNT, **changed: int) -> Tranche:
    """Party 1 deposits with party 0 as its checker."""
    return goods(amount, funder=1, performer=1, checker=0, **changed)


@dataclass(frozen=True)
class Opened:
    """A trade that was opened, and how."""

    offer: Offer
    trade: Trade
    id: bytes
    receipt: Any = field(repr=False)

    @property
    def packed(self) -> tuple[Any, ...]:
        """The ABI's `Trade`."""
        return self.trade.pack()

    @property
    def opened_at(self) -> int:
        return self.trade.pin.opened_at

    def tranche(self, index: int = 0) -> Tranche:
        return self.trade.terms.tranches[index]

    def altered(self, **changed: Any) -> tuple[Any, ...]:
        """The ABI's `Trade` with members of its terms, pin or itself changed."""
        trade = self.trade
        for name, value in changed.items():
            if hasattr(trade.terms, name):
                trade = replace(trade, terms=replace(trade.terms, **{name: value}))
            elif hasattr(trade.pin, name):
                trade = replace(trade, pin=replace(trade.pin, **{name: value}))
            else:
                trade = replace(trade, **{name: value})
        return trade.pack()


class Market(Readings):
    """The deployed contracts and shorthands for what people do with them."""

    def __init__(
        self, escrow: Any, rules: Any, people: dict[str, Person], chain: Any, web3: Any
    ) -> None:
        super().__init__(escrow, people, web3)
        self.rules, self.chain = rules, chain
        self.seller, self.buyer = people["seller"], people["buyer"]
        self.salt = 0

    # time

    next_at = staticmethod(next_at)
    mine_at = staticmethod(until)

    @property
    def now(self) -> int:
        """The time of the last block."""
        return now()

    # offers

    def offer(
        self,
        *tranches: Tranche,
        parties: Sequence[Person | Any | None] | None = None,
        asset: Any = ZERO_ADDRESS,
        **listing: Any,
    ) -> Offer:
        """An offer, by default of goods for coin to anyone; `None` is the open party."""
        self.salt += 1
        named = (self.seller, None) if parties is None else parties
        addresses = tuple(ZERO_ADDRESS if p is None else address_of(p) for p in named)
        conditions = {
            "content_hash": CONTENT,
            "kind": GOODS,
            "max_fee_bps": FEE,
            "created_at": self.now,
            "expires_at": self.now + 30 * DAY,
            "fills": 1,
            "salt": self.salt,
        }
        terms = Terms(address_of(asset), addresses, tranches or (goods(),))
        return Offer(terms, Listing(**(conditions | listing)))

    def sign(
        self, offer: Offer, *signers: Person, escrow: Any = None, chain_id: int | None = None
    ) -> list[bytes]:
        """Signatures of these people, of the seller if nobody is named."""
        domain = chain_id or self.chain.id, address_of(escrow or self.escrow)
        message = signable_offer(*domain, offer)
        return [bytes(p.key.sign_message(message).signature) for p in signers or (self.seller,)]

    def sign_split(
        self,
        trade_id: bytes,
        signer: Person,
        performer_bps: int,
        deadline: int,
        tranche: int = 0,
        *,
        escrow: Any = None,
        chain_id: int | None = None,
    ) -> bytes:
        domain = chain_id or self.chain.id, address_of(escrow or self.escrow)
        message = signable_split(*domain, trade_id, tranche, performer_bps, deadline)
        return bytes(signer.key.sign_message(message).signature)

    # trades

    def coin_needed(self, offer: Offer) -> int:
        """What the taker sends with the opening: nothing of what comes out of a budget."""
        sponsor = offer.listing.sponsor - 1
        amounts = (t.amount for t in offer.terms.tranches if t.funder != sponsor)
        return sum(amounts) if offer.terms.asset == ZERO_ADDRESS else 0

    def open(
        self,
        *tranches: Tranche,
        offer: Offer | None = None,
        taker: Person | None = None,
        signers: Sequence[Person] = (),
        fill: int = 0,
        **made: Any,
    ) -> Opened:
        """Opens a trade, by default the buyer's of the seller's goods for coin."""
        offer = offer or self.offer(*tranches, **made)
        return self.opened(offer, self.take(offer, self.sign(offer, *signers), taker, fill))

    def take(
        self,
        offer: Offer,
        signatures: Sequence[bytes],
        taker: Person | None = None,
        fill: int = 0,
        value: int | None = None,
        gas: int | None = None,
    ) -> Any:
        """The bare call; the value is what the terms need unless given."""
        sent = self.coin_needed(offer) if value is None else value
        who = {"from": (taker or self.buyer).account, "value": sent, "gas_limit": gas}
        return self.escrow.openTrade(offer.pack(), fill, list(signatures), who)

    def opened(self, offer: Offer, receipt: Any) -> Opened:
        """The trade that the log of its opening tells of."""
        event = receipt.events["TradeOpened"]
        pin = Pin.unpack(int(event["pin"]))
        trade = Trade.opened(offer, hash_listing(offer.listing), str(event["taker"]), pin)
        return Opened(offer, trade, bytes(HexBytes(event["tradeId"])), receipt)

    def whoever(self, opened: Opened, index: int, role: str) -> Person:
        """A tranche's funder, performer or checker."""
        address = opened.trade.terms.parties[getattr(opened.tranche(index), role)]
        return next(p for p in self.people.values() if p.address == address)

    def party(self, opened: Opened, index: int, role: str) -> Any:
        """The account from which they send."""
        return self.whoever(opened, index, role).account

    def in_one_block(self, *transactions: dict[str, Any]) -> list[Any]:
        """Mines these to the Escrow in one block, in this order; their raw receipts."""
        ask, eth = self.web3.provider.make_request, self.web3.eth
        ask("evm_setAutomine", [False])
        try:
            hashes = [
                eth.send_transaction(
                    {
                        "to": self.escrow.address,
                        "gas": 3_000_000,
                        "maxFeePerGas": 10**11,
                        "maxPriorityFeePerGas": 10**10 - i * 10**9,
                    }
                    | transaction
                )
                for i, transaction in enumerate(transactions)
            ]
            self.chain.mine()
        finally:
            ask("evm_setAutomine", [True])
        receipts = [eth.get_transaction_receipt(one) for one in hashes]
        assert [r["transactionIndex"] for r in receipts] == list(range(len(receipts)))
        return receipts
