"""A pool of jurors who stake coin, whose reputation is what the tests say."""

from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from tests.contracts.expect import DAY, ZERO, next_at, now, until

COIN = 10**18
UNIT = COIN // 10
CAP = 50
EPOCH = DAY
LEAVE = 4 * DAY
POINT = 10**6
TIERS = ((10 * POINT, 1), (100 * POINT, 2), (1_000 * POINT, 4))
NAMES = ("deployer", "timelock", "court", "seeds", "stranger", "alice", "bob", "carol", "dave")
NONE, CLOSING, LISTED = range(3)


def parameters(people: Any, points: Any, **changed: Any) -> tuple[Any, ...]:
    """What a pool is deployed with, with some of it changed."""
    values = {
        "asset": ZERO,
        "stake_unit": UNIT,
        "cap": CAP,
        "reputation": points,
        "epoch_length": EPOCH,
        "leave_delay": LEAVE,
        "timelock": people.timelock,
        "tiers": TIERS,
        "callers": [people.court, people.seeds],
    }
    assert not changed.keys() - values.keys()
    return tuple((values | changed).values())


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def people(accounts):
    return SimpleNamespace(**dict(zip(NAMES, accounts, strict=False)))


@pytest.fixture(scope="module")
def points(StubPoints, people):
    """Alice and Bob are of the first tier, Carol of the second; Dave is of none."""
    made = people.deployer.deploy(StubPoints)
    made.set([people.alice, people.bob], 10 * POINT, {"from": people.deployer})
    made.set([people.carol], 100 * POINT, {"from": people.deployer})
    made.set([people.dave], 10 * POINT - 1, {"from": people.deployer})
    return made


@pytest.fixture(scope="module")
def setup(people, points):
    return partial(parameters, people, points)


@pytest.fixture(scope="module")
def pool(JurorPool, people, setup):
    return people.deployer.deploy(JurorPool, setup())


@pytest.fixture
def stake(pool):
    """Stakes units of coin, or an amount."""

    def send(who: Any, units: int = 10, amount: int | None = None) -> Any:
        value = units * UNIT if amount is None else amount
        return pool.stake(value, {"from": who, "value": value})

    return send


@pytest.fixture
def seat(pool, people):
    """The court locks so much of a juror's stake."""
    return lambda who, amount: pool.lock(who, amount, {"from": people.court})


@pytest.fixture
def next_epoch(pool):
    """Lets some epochs end: the next transaction, and views, are in the one after."""

    def go(epochs: int = 1) -> int:
        start = int(pool.start())
        reached = int(pool.currentEpoch()) + epochs
        at = start + (reached - 1) * EPOCH
        until(at)
        return reached - 1

    return go


def after(seconds: int) -> None:
    """The next transaction comes so much later."""
    next_at(now() + seconds)
