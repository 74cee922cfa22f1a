"""The contract and its plain model, side by side through random histories."""

import random

import pytest

from tests.contracts.expect import DAY, next_at, outcome, until
from tests.contracts.reputation.conftest import (
    EPOCH,
    GENESIS,
    PER_ACCOUNT,
    PER_COUNTERPARTY,
    POINT,
    WEEK,
    Tranche,
)
from tests.model import reputation as model

CAPS = (PER_COUNTERPARTY, PER_ACCOUNT, 2_200)
STEPS = 40
TRADERS = (*GENESIS, "dave", "erin")


@pytest.fixture
def reputation(deploy):
    """With a share that members reach."""
    return deploy(caps=CAPS)


@pytest.fixture
def start(reputation):
    return int(reputation.start())


@pytest.fixture
def twin(people, escrow, start):
    return model.Reputation(
        start=start,
        timelock=people.timelock.address,
        caps=model.Caps(*CAPS),
        escrows=[escrow.address],
        genesis={getattr(people, name).address: points for name, points in GENESIS.items()},
    )


class Walk:
    """Draws calls that are mostly valid, and sends each to both."""

    def __init__(self, seed, reputation, twin, market, people, escrow):
        self.draw = random.Random(seed)
        self.reputation, self.twin, self.market = reputation, twin, market
        self.people, self.escrow = people, escrow
        self.trades = []

    def step(self, time):
        steps = (self.claim, self.claim, self.claim, self.again, self.release, self.list)
        self.draw.choice(steps)(time)

    def claim(self, time):
        """New trades, closed at some time since the start, or not quite; and one of before."""
        new = [self.trade(time) for _ in range(self.draw.choice([1, 1, 1, 3]))]
        again = self.draw.choices(self.trades, k=self.draw.randint(0, 1)) if self.trades else []
        self.trades += new
        self.send(time, *again, *new)

    def trade(self, time):
        tranches = [self.tranche(time) for _ in range(self.draw.randint(1, 3))]
        opened_at = self.twin.start
        trade = self.market.trade(*tranches, opened_at=opened_at)
        return trade, self.market.twin(trade, *tranches)

    def tranche(self, time):
        performer, funder = self.draw.sample(TRADERS, 2)
        since = max(self.twin.start - DAY, time - self.draw.randint(0, 2 * EPOCH))
        status = self.draw.choices(range(4, 11), [8, 1, 4, 1, 4, 3, 1])[0]
        if self.draw.random() < 0.03:
            status = self.draw.randint(1, 3)
        fee, bps = (
            self.draw.randint(0, 120 * POINT),
            self.draw.choice([0, 4_999, 5_000, 7_501, 10_000]),
        )
        checker = self.draw.choice([name for name in TRADERS if name != performer])
        return Tranche(performer, funder, since, fee, status, bps, checker=checker)

    def again(self, time):
        if self.trades:
            self.send(time, *self.draw.choices(self.trades, k=self.draw.randint(1, 3)))

    def send(self, time, *batch):
        trades, closed = zip(*batch, strict=True)
        self.both(
            outcome(self.twin.claim, time, self.escrow.address, *closed),
            outcome(self.reputation.claim, self.escrow, list(trades)),
        )

    def release(self, time):
        account = self.market.address(self.draw.choice(TRADERS))
        self.both(outcome(self.twin.release, account), outcome(self.reputation.release, account))

    def list(self, time):
        listed = self.draw.random() < 0.7
        caller = self.draw.choice([self.people.timelock, self.people.timelock, self.people.dave])
        self.both(
            outcome(self.twin.set_escrow, caller.address, self.escrow.address, listed),
            outcome(self.reputation.setEscrow, self.escrow, listed, {"from": caller}),
        )

    @staticmethod
    def both(wanted, found):
        if isinstance(wanted, str):
            assert found == wanted
        else:
            assert not isinstance(found, str), found


@pytest.mark.parametrize("seed", range(3))
def test_model_agrees_through_a_random_history(
    reputation, twin, market, people, escrow, start, seed
):
    walk = Walk(seed, reputation, twin, market, people, escrow)
    time = start + 60
    for _ in range(STEPS):
        time += walk.draw.choice([1, 60, DAY, WEEK, 2 * WEEK])
        until(time)
        next_at(time + 10)
        walk.step(time)
        time += 20
        until(time)
        twin.check_invariants()
        for name in TRADERS:
            account = getattr(people, name)
            assert reputation.unitsOf(account) == twin.units[account.address]
            assert reputation.getVotes(account) == twin.units[account.address]
            assert reputation.heldOf(account) == twin.held_of(account.address)
            assert reputation.owedOf(account) == twin.owed_of(account.address)
            assert reputation.pointsOf(account) == twin.points_of(account.address, time)
        assert reputation.totalUnits() == twin.total
    assert any(twin.forfeited.values())
    assert max(twin.beyond.values()) > 0
