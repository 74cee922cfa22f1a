"""A market whose members voted a foreign arbitrator (ERC-792) in, and what people do with it."""

from __future__ import annotations

from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.escrow.actions import dispute, perform
from tests.contracts.escrow.conftest import (  # noqa: F401
    escrow,
    isolation,
    labels,
    market,
    odd,
    people,
    points,
    ready,
    rules,
    token,
)
from tests.contracts.escrow.market import (
    DAY,
    DEFAULT_PERFORMER_BPS,
    HOUR,
    RULING_PERIOD,
    Market,
    Opened,
)
from tests.contracts.expect import plain

COST, APPEAL_COST = 10**15 + 1, 3 * 10**15  # odd, so that halves are rounded
DEPOSIT_PERIOD = 2 * DAY
EXTRA_DATA = bytes.fromhex("00" * 31 + "01" + "00" * 31 + "03")  # Kleros: court 1, three jurors
META_EVIDENCE = "ipfs://meta-evidence"
NONE, DEPOSITED, JOINED, SUBMITTED, RULED, CLOSED = range(6)
REFUSED, FOR_PERFORMER, FOR_CHECKER, HALVES = range(4)
WORK, REFUSE, REFUSE_TO_CREATE, REPEAT, CALL = range(5)  # moods of the stub
FIELDS = (
    "performer", "deadline", "due_at", "status", "tranche", "checker", "deposit", "held",
    "opened_by_performer", "ruling", "dispute_id",
)  # fmt: skip


class Cases:
    """Cases of disputed trades, and shorthands for what can be done to them."""

    def __init__(self, market: Market, contract: Any, foreign: Any) -> None:  # noqa: F811
        self.market, self.contract, self.foreign = market, contract, foreign
        self.seller, self.buyer = market.seller, market.buyer
        self.stranger = market.people["stranger"]

    def disputed(self, *tranches: Any) -> Opened:
        """Trade of the seller's goods that the buyer disputes, but with no case yet."""
        opened = self.market.open(*tranches)
        perform(self.market, opened)
        dispute(self.market, opened)
        return opened

    def id(self, opened: Opened, tranche: int = 0) -> bytes:
        return bytes(keccak(encode(["bytes32", "uint256"], [opened.id, tranche])))

    def due_at(self, opened: Opened) -> int:
        """The last second in which the Escrow takes a ruling."""
        return int(self.market.escrow.tranchesOf(opened.packed)[1][0][1]) + RULING_PERIOD

    def open(self, opened: Opened, who: Any = None, value: int = COST) -> Any:
        sender = {"from": (who or self.seller).account, "value": value}
        return self.contract.openCase(opened.packed, 0, sender)

    def join(self, opened: Opened, who: Any = None, value: int = COST) -> Any:
        sender = {"from": (who or self.buyer).account, "value": value}
        return self.contract.join(self.id(opened), sender)

    def submit(self, opened: Opened, value: int = 0) -> Any:
        sender = {"from": self.stranger.account, "value": value}
        return self.contract.submit(self.id(opened), opened.packed, sender)

    def execute(self, opened: Opened) -> Any:
        sender = {"from": self.stranger.account}
        return self.contract.execute(self.id(opened), opened.packed, sender)

    def give(self, opened: Opened, ruling: int) -> Any:
        """The foreign arbitrator rules."""
        sender = {"from": self.stranger.account}
        return self.foreign.give(self.of(opened)["dispute_id"], ruling, sender)

    def in_status(self, status: int) -> Opened:
        """A case opened by the seller and brought so far; ruled for the performer."""
        opened = self.disputed()
        steps = [self.open, self.join, self.submit, lambda o: self.give(o, FOR_PERFORMER)]
        for step in [*steps, self.execute][:status]:
            step(opened)
        assert self.of(opened)["status"] == status
        return opened

    def of(self, opened: Opened) -> dict[str, Any]:
        """The stored case."""
        told = plain(self.contract.caseOf(self.id(opened)))
        return dict(zip(FIELDS, told, strict=True))

    def credit(self, who: Any) -> int:
        return int(self.contract.creditOf(who.address))

    def credits(self) -> tuple[int, int]:
        """What the seller and the buyer are owed."""
        return self.credit(self.seller), self.credit(self.buyer)

    def held(self) -> int:
        return int(self.contract.balance())


@pytest.fixture(scope="module")
def foreign(StubArbitrator792, people) -> Any:  # noqa: F811
    return people["deployer"].account.deploy(StubArbitrator792, COST, APPEAL_COST)


@pytest.fixture(scope="module")
def contract(Erc792Arbitrator, people, escrow, foreign) -> Any:  # noqa: F811
    arguments = (escrow, foreign, EXTRA_DATA, DEPOSIT_PERIOD, META_EVIDENCE)
    return people["deployer"].account.deploy(Erc792Arbitrator, *arguments)


@pytest.fixture(scope="module")
def voted_in(contract, rules, people, chain) -> None:  # noqa: F811
    """The members voted for it: here an account stands for their timelock."""
    values = (contract, RULING_PERIOD, DEFAULT_PERFORMER_BPS)
    rules.setDisputeRules(values, {"from": people["timelock"].account})
    chain.mine(timestamp=chain[-1].timestamp + HOUR)
    assert rules.currentVersion() == 2


@pytest.fixture
def cases(market, contract, foreign, voted_in) -> Cases:  # noqa: F811
    return Cases(market, contract, foreign)
