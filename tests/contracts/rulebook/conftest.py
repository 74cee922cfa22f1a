"""A rule book, and the accounts that may or may not write it."""

from dataclasses import astuple, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from tests.contracts.expect import DAY, ZERO, now
from tests.model.jury_rules import JuryRules

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
HOUR = DAY // 24
JURY_NOTICE = 12 * DAY  # the longest of its fields
JURY_BOUNDS = {
    "jurorFee": (10**14, 10**17, 5 * 10**14, 4 * DAY),
    "seatStake": (10**15, 10**18, 5 * 10**15, 5 * DAY),
    "depositPeriod": (5 * HOUR, 7 * DAY, 6 * HOUR, 6 * DAY),
    "evidencePeriod": (HOUR, 5 * DAY, 6 * HOUR, 7 * DAY),
    "commitPeriod": (2 * HOUR, 4 * DAY, 3 * HOUR, 8 * DAY),
    "revealPeriod": (2 * HOUR, 6 * DAY, 5 * HOUR, 9 * DAY),
    "appealPeriod": (5 * HOUR, 8 * DAY, 11 * HOUR, 10 * DAY),
    "conflictPeriod": (30 * DAY, 90 * DAY, 10 * DAY, JURY_NOTICE),
    "jurors": (1, 9, 2, 11 * DAY),
    "maxAppeals": (0, 3, 1, 3 * DAY),
    "appealMultiplierBps": (11_000, 20_000, 2_500, 2 * DAY),
    "slashBps": (500, 4_000, 1_000, DAY),
    "coherenceBps": (200, 3_000, 300, 9 * DAY),
}
ALL_BOUNDS = BOUNDS | JURY_BOUNDS
FEES = (100, 110, 120, 130, 140, 150, 160, 170, 180, 190)
PERIOD, SHARE = 14 * DAY, 5_000
JURY = JuryRules(
    juror_fee=10**15,
    seat_stake=10**16,
    deposit_period=12 * HOUR,
    evidence_period=8 * HOUR,
    commit_period=8 * HOUR,
    reveal_period=8 * HOUR,
    appeal_period=DAY,
    conflict_period=60 * DAY,
    jurors=5,
    max_appeals=1,
    appeal_multiplier_bps=15_000,
    slash_bps=2_000,
    coherence_bps=1_000,
)
TOKEN = "0x00000000000000000000000000000000000000AA"
UNKNOWN = "0x00000000000000000000000000000000000000bb"
RATES = {ZERO: (True, 2 * 10**9), TOKEN: (True, 10**18)}


def with_fee(kind: int, fee: int, fees: tuple[int, ...] = FEES) -> tuple[tuple[int, ...]]:
    """The fee rules with one kind's fee changed."""
    return ((*fees[: kind - 1], fee, *fees[kind:]),)


def with_jury(**changed: int) -> tuple[int, ...]:
    """The jury rules with some fields changed."""
    return astuple(replace(JURY, **changed))


def parameters(people: Any, **changed: Any) -> tuple[Any, ...]:
    """The deployment parameters, with some changed; bounds as `<number>_bounds`."""
    bounds = [changed.pop(f"{name}_bounds", limits) for name, limits in ALL_BOUNDS.items()]
    values = {
        "timelock": people.timelock,
        "guardian": people.guardian,
        "guardian_until": now() + GUARDED,
        "max_pause": MAX_PAUSE,
        "fees": (FEES,),
        "disputes": (people.arbitrator, PERIOD, SHARE),
        "jury": astuple(JURY),
        "assets": list(RATES),
        "asset_rules": list(RATES.values()),
    } | changed
    assert len(values) == 9, changed
    first, rest = list(values.values())[:4], list(values.values())[4:]
    return (*first, *bounds[: len(BOUNDS)], bounds[len(BOUNDS) :], *rest)


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
