"""Where the story is played: the market, what has been opened so far, and the chain's clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.terms.offer import Offer, Pin, Trade
from backend.terms.typed_data import hash_listing
from scripts.deploy import Deployment
from scripts.parameters import Parameters
from scripts.people import Person
from scripts.toolchain.network import rpc

GAS_MARGIN = 1.25  # over the estimate
PRIORITY_FEE = 10**9
MAX_FEE = 20 * 10**9
RECEIPT_SECONDS = 60.0


class StoryError(RuntimeError):
    """A step that did not go as the story has it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a step did. `receipts` are those of its transactions; a signature has none."""

    who: str
    changed: str
    receipts: tuple[Any, ...] = ()

    @property
    def gas(self) -> int:
        """Gas of the whole transactions."""
        return sum(int(receipt["gasUsed"]) for receipt in self.receipts)


@dataclass(frozen=True, slots=True)
class Signed:
    """An offer that its maker signed; `text` is what its content hash is of."""

    offer: Offer
    maker: Person
    signature: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A trade as its `TradeOpened` log tells of it."""

    trade_id: bytes
    trade: Trade
    receipt: Any

    @property
    def calldata(self) -> tuple[Any, ...]:
        """As every later call names it."""
        return self.trade.pack()


@dataclass(slots=True)
class Stage:
    """A deployed market on a development node, and what the story has made of it so far."""

    deployment: Deployment
    parameters: Parameters
    url: str
    offers: dict[str, Signed] = field(default_factory=dict)
    trades: dict[str, Opened] = field(default_factory=dict)
    proposals: list[dict[str, Any]] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)  # of these trades
    words: dict[str, Person] = field(
        default_factory=dict
    )  # whose hash is on the chain; who said so

    @property
    def proposal(self) -> dict[str, Any]:
        """The newest."""
        return self.proposals[-1]

    def asset(self, symbol: str) -> str:
        """The address of an asset of the first rules."""
        return self.deployment.assets(self.parameters)[symbol]

    def send(self, who: Person, call: Any, *arguments: Any, value: int = 0) -> Any:
        """Signs a call with this person's key, sends it raw, and waits for its receipt.

        StoryError if the chain refuses it or it reverts.
        """
        from brownie import web3
        from brownie.exceptions import VirtualMachineError

        transaction = {
            "from": who.address,
            "to": call._address,
            "data": call.encode_input(*arguments),
            "value": value,
        }
        try:
            gas = web3.eth.estimate_gas(transaction)
        except ValueError as error:
            reason = VirtualMachineError(error).revert_msg
            raise StoryError(f"{who.title}'s {call._name} would revert: {reason}") from None
        signed = who.account.sign_transaction(
            transaction
            | {
                "chainId": self.deployment.chain_id,
                "nonce": web3.eth.get_transaction_count(who.address),
                "gas": int(gas * GAS_MARGIN),
                "maxFeePerGas": MAX_FEE,
                "maxPriorityFeePerGas": PRIORITY_FEE,
            }
        )
        sent = web3.eth.send_raw_transaction(signed.raw_transaction)
        receipt = web3.eth.wait_for_transaction_receipt(sent, timeout=RECEIPT_SECONDS)
        if receipt["status"] != 1:
            raise StoryError(f"{who.title}'s {call._name} reverted in block {receipt.blockNumber}")
        return receipt

    def logs(self, contract: Any, event: str, receipt: Any) -> list[Mapping[str, Any]]:
        """The arguments of every such log of this contract in a receipt."""
        from brownie import web3
        from web3.logs import DISCARD

        known = web3.eth.contract(address=contract.address, abi=contract.abi).events[event]()
        found = known.process_receipt(receipt, errors=DISCARD)
        return [log["args"] for log in found if log["address"] == contract.address]

    def note_trade(self, name: str, offer: Offer, receipt: Any) -> Opened:
        """Remembers what was opened, rebuilt from the log alone."""
        (told,) = self.logs(self.deployment.escrow, "TradeOpened", receipt)
        trade = Trade.opened(
            offer, hash_listing(offer.listing), told["taker"], Pin.unpack(told["pin"])
        )
        self.trades[name] = Opened(bytes(told["tradeId"]), trade, receipt)
        return self.trades[name]

    @property
    def now(self) -> int:
        """Unix seconds of the newest block."""
        from brownie import web3

        return int(web3.eth.get_block("latest")["timestamp"])

    def wait_until(self, moment: int) -> None:
        """Moves the chain's clock: the next block is of this second. Never back."""
        if moment > self.now:
            rpc(self.url, "evm_setNextBlockTimestamp", moment)
            rpc(self.url, "evm_mine")
