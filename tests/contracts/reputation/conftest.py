"""Reputation, the real rule book, and an escrow whose closed trades the tests make up."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from tests.contracts.expect import DAY, next_at, now
from tests.contracts.rulebook.conftest import TOKEN, parameters
from tests.model import reputation as model
from tests.model.reputation import ACCEPTED

WEEK = 7 * DAY
EPOCH = 4 * WEEK
POINT = 10**6
FEE_BPS = 5_000
INDEX = 2**32  # units per point in the first week

# At this rate a fee of 1,000,000 base units is one point.
RATE = 10**18
GENESIS = {"alice": 600 * POINT, "bob": 300 * POINT, "carol": 100 * POINT}
PER_COUNTERPARTY, PER_ACCOUNT, SHARE_BPS = 50 * POINT, 120 * POINT, 7_000
CAPS = (PER_COUNTERPARTY, PER_ACCOUNT, SHARE_BPS)
NAMES = ("deployer", "timelock", "guardian", "arbitrator", "stranger", *GENESIS, "dave", "erin")


@dataclass(frozen=True)
class Tranche:
    """A tranche as the escrow shall tell of it; roles are names of people.

    Half of its amount is the fee (no fee is so high; here it saves zeros), unless `amount` is told;
    the funder is the checker, unless that is told.
    """

    performer: str
    funder: str
    since: int
    fee: int = 2 * POINT
    status: int = ACCEPTED
    bps: int = 5_000
    amount: int | None = None
    checker: str | None = None

    @property
    def checked_by(self) -> str:
        return self.checker or self.funder

    @property
    def whole(self) -> int:
        return 2 * self.fee if self.amount is None else self.amount


class Market:
    """Makes closed trades up, for the contract and for its model."""

    def __init__(self, people: SimpleNamespace, escrow: Any) -> None:
        self.people, self.escrow = people, escrow
        self.made = 0

    def trade(self, *tranches: Tranche, asset: str = TOKEN, opened_at: int | None = None) -> Any:
        """A trade as `claim` takes it; it was opened long ago, or just before the deployment."""
        self.made += 1
        trade_id = self.made.to_bytes(32, "big")
        roles = [(each.funder, each.performer, each.checked_by) for each in tranches]
        names = sorted({name for each in roles for name in each})
        words = [
            sum(
                names.index(name) << shift
                for name, shift in zip(named, (192, 200, 208), strict=True)
            )
            | each.whole
            for named, each in zip(roles, tranches, strict=True)
        ]
        states = [(each.status, each.since, each.bps, 0, 0, each.fee) for each in tranches]
        self.escrow.set(trade_id, states, {"from": self.people.deployer})
        opened = tranches[0].since if opened_at is None else opened_at
        parties = [self.address(name) for name in names]
        return (asset, parties, words, trade_id, opened << 32 | FEE_BPS << 104)

    def twin(self, trade: Any, *tranches: Tranche, rate: int = RATE) -> model.ClosedTrade:
        """The same for the model."""
        closed = (
            model.ClosedTranche(
                self.address(each.performer),
                self.address(each.funder),
                self.address(each.checked_by),
                each.status,
                each.since,
                each.fee,
                each.bps,
                each.whole * FEE_BPS // 10_000,
            )
            for each in tranches
        )
        return model.ClosedTrade(trade[3].hex(), rate, tuple(closed))

    def address(self, name: str) -> str:
        return str(getattr(self.people, name).address)


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def people(accounts):
    return SimpleNamespace(**dict(zip(NAMES, accounts, strict=False)))


@pytest.fixture(scope="module")
def book(RuleBook, people):
    """Deployed some days before the reputation, so that trades may be older than it."""
    made = people.deployer.deploy(RuleBook, parameters(people))
    next_at(now() + 20 * DAY)
    return made


@pytest.fixture(scope="module")
def escrow(StubEscrow, people, book):
    return people.deployer.deploy(StubEscrow)


@pytest.fixture(scope="module")
def deploy(Reputation, people, book, escrow):
    """Deploys a reputation, with some parameters changed; genesis by name or address."""

    def send(caps=CAPS, genesis=GENESIS, **changed):
        accounts = [getattr(people, name, name) for name in genesis]
        values = {
            "timelock": people.timelock,
            "book": book,
            "caps": caps,
            "escrows": [escrow],
            "accounts": accounts,
            "points": list(genesis.values()),
        } | changed
        return people.deployer.deploy(Reputation, *values.values())

    return send


@pytest.fixture(scope="module")
def reputation(deploy):
    return deploy()


@pytest.fixture(scope="module")
def start(reputation):
    return int(reputation.start())


@pytest.fixture
def market(people, escrow):
    return Market(people, escrow)


@pytest.fixture
def claim(reputation, escrow, people):
    """Claims trades, as somebody who has nothing to do with them."""
    return lambda *trades: reputation.claim(escrow, list(trades), {"from": people.stranger})


@pytest.fixture
def units(reputation, people):
    """The units that somebody has beyond the genesis allotment."""

    def earned(name):
        allotted = GENESIS.get(name, 0) * INDEX
        return int(reputation.unitsOf(getattr(people, name))) - allotted

    return earned
