"""A rule book, and the accounts that may or may not write it."""

from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from tests.contracts.expect import DAY, ZERO, now

NOTICE = {"feeBps": 7 * DAY, "rulingPeriod": 10 * DAY, "defaultPerformerBps": 3 * DAY}
RATE_NOTICE = 5 * DAY
MAX_PAUSE = 3 * DAY
GUARDED = 180 * DAY

# smallest, largest, step, notice; the step of the rate is in basis points
BOUNDS = {
    "feeBps": (10, 500, 50, NOTICE["feeBps"]),
    "rulingPeriod": (DAY, 30 * DAY, 7 * DAY, NOTICE["rulingPeriod"]),
    "defaultPerformerBps": (2_000, 8_000, 1_000, NOTICE["defaultPerformerBps"]),
    "rate": (10**6, 10**24, 2_000, RATE_NOTICE),
}
FEES = (100, 110, 120, 130, 140, 150, 160, 170, 180, 190)
PERIOD, SHARE = 14 * DAY, 5_000
TOKEN = "0x00000000000000000000000000000000000000AA"
UNKNOWN = "0x00000000000000000000000000000000000000bb"
RATES = {ZERO: (True, 2 * 10**9), TOKEN: (True, 10**18)}


def with_fee(kind: int, fee: int, fees: tuple[int, ...] = FEES) -> tuple[tuple[int, ...]]:
    """The fee rules with one kind's fee changed."""
    return ((*fees[: kind - 1], fee, *fees[kind:]),)


def parameters(people: Any, **changed: Any) -> tuple[Any, ...]:
    """The deployment parameters, with some changed; bounds as `<number>_bounds`."""
    bounds = tuple(changed.pop(f"{name}_bounds", BOUNDS[name]) for name in BOUNDS)
    values = {
        "timelock": people.timelock,
        "guardian": people.guardian,
        "guardian_until": now() + GUARDED,
        "max_pause": MAX_PAUSE,
        "fees": (FEES,),
        "disputes": (people.arbitrator, PERIOD, SHARE),
        "assets": list(RATES),
        "asset_rules": list(RATES.values()),
    } | changed
    assert len(values) == 8, changed
    first, rest = list(values.values())[:4], list(values.values())[4:]
    return (*first, *bounds, *rest)


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def people(accounts):
    names = ("deployer", "timelock", "guardian", "arbitrator", "stranger")
    return SimpleNamespace(**dict(zip(names, accounts, strict=False)))


@pytest.fixture(scope="module")
def setup(people):
    return partial(parameters, people)


@pytest.fixture(scope="module")
def book(RuleBook, people, setup):
    return people.deployer.deploy(RuleBook, setup())


@pytest.fixture(scope="module")
def start(book):
    """When the rule book was deployed."""
    return int(book.tx.timestamp)
