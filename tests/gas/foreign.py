"""What a dispute costs before an arbitrator by ERC-792, which here is a stub."""

from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak
from web3.contract import Contract

from backend.terms.offer import Trade
from tests.gas.chain import Chain
from tests.gas.court import DEFAULT_PERFORMER_BPS, RULING_PERIOD
from tests.gas.market import DAY, Market

COST, APPEAL_COST = 10**16, 3 * 10**16  # wei
DEPOSIT_PERIOD = 2 * DAY
EXTRA_DATA = bytes(31) + b"\1" + bytes(31) + b"\3"  # Kleros: court 1, three jurors
FOR_PERFORMER = 1


@dataclass
class Abroad:
    """The adapter, and a case of it; what is done with `line` is a line of the snapshot."""

    market: Market
    adapter: Contract
    foreign: Contract

    @property
    def chain(self) -> Chain:
        return self.market.chain

    def dispute(self) -> tuple[Trade, bytes]:
        """A tranche that bob disputes, and its case's id, without a zero byte."""
        while True:
            trade = self.market.sell("bob")
            trade_id, _ = self.market.escrow.functions.tranchesOf(trade.pack()).call()
            case = bytes(keccak(encode(["bytes32", "uint256"], [trade_id, 0])))
            if 0 not in case:
                break
        self.market.do("perform", trade, "alice")
        self.market.do("dispute", trade, "bob")
        return trade, case

    def do(self, who: str, name: str, *arguments: Any, value: int = 0, line: str = "") -> None:
        call = self.adapter.get_function_by_name(name)(*arguments)
        said = f"Erc792Arbitrator.{name}{line and ': ' + line}"
        self.chain.send(who, call, value, said)


def measure_foreign(market: Market) -> None:
    """One case with an appeal, and one that nobody joins."""
    abroad = _deploy(market)
    chain = abroad.chain
    trade, case = abroad.dispute()
    abroad.do("bob", "openCase", trade.pack(), 0, value=COST)
    abroad.do("alice", "join", case, value=COST)
    abroad.do("alice", "submitEvidence", case, "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgp")
    abroad.do("frank", "submit", case, trade.pack())
    number = abroad.adapter.functions.caseOf(case).call()[-1]
    chain.send("frank", abroad.foreign.functions.propose(number, FOR_PERFORMER))
    abroad.do("bob", "appeal", case, value=APPEAL_COST)
    chain.send("frank", abroad.foreign.functions.propose(number, FOR_PERFORMER))
    given = abroad.foreign.functions.give(number, FOR_PERFORMER)
    chain.send("frank", given, line="Erc792Arbitrator.rule, and the stub that gives it")
    abroad.do("frank", "execute", case, trade.pack(), line="the ruling")
    alice = chain.address("alice")
    abroad.do("alice", "withdraw", alice, alice)

    trade, case = abroad.dispute()
    call = abroad.adapter.functions.openCase(trade.pack(), 0)
    chain.send("bob", call, COST)
    chain.wait(DEPOSIT_PERIOD + DAY)
    abroad.do("frank", "execute", case, trade.pack(), line="one side did not join")


def _deploy(market: Market) -> Abroad:
    chain = market.chain
    foreign = chain.deploy("StubArbitrator792", COST, APPEAL_COST)
    parts = (market.escrow.address, foreign.address, EXTRA_DATA, DEPOSIT_PERIOD)
    adapter = chain.deploy(
        "Erc792Arbitrator", *parts, "ipfs://meta", line="deploy: Erc792Arbitrator"
    )
    timelock = chain.impersonate(market.timelock.address)
    rules = (adapter.address, RULING_PERIOD, DEFAULT_PERFORMER_BPS)
    chain.send(timelock, market.rule_book.functions.setDisputeRules(rules))
    chain.wait(4 * DAY)
    return Abroad(market, adapter, foreign)
