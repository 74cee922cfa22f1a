"""An Escrow with a real rule book; the timelock and the treasury are accounts, to act for them."""

from dataclasses import astuple
from typing import Any

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.market import (
    DAY,
    DEFAULT_PERFORMER_BPS,
    FEES,
    HOUR,
    RULING_PERIOD,
    Market,
    Person,
    person,
)
from tests.model.quick_jury import QUICK_JURY, wide_bounds

NAMES = (
    "deployer",
    "seller",
    "buyer",
    "courier",
    "guest",
    "stranger",
    "timelock",
    "treasury",
    "arbitrator",
    "guardian",
)
PURSE = 10**24


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def people(accounts) -> dict[str, Person]:
    return {name: person(accounts, index, name) for index, name in enumerate(NAMES)}


@pytest.fixture(scope="module")
def token(StubToken, people) -> Any:
    """A token with permit; everybody has plenty, and has allowed the Escrow nothing yet."""
    made = people["deployer"].account.deploy(StubToken, "Stub Dollar", "STUB", 6)
    return _handed_out(made, people)


@pytest.fixture(scope="module")
def odd(StubOddToken, people) -> Any:
    """A token that behaves until told otherwise."""
    return _handed_out(people["deployer"].account.deploy(StubOddToken), people)


@pytest.fixture(scope="module")
def rules(RuleBook, people, token, odd, chain) -> Any:
    timelock, guardian = people["timelock"].address, people["guardian"].address
    setup = (
        timelock,
        guardian,
        chain[-1].timestamp + 365 * DAY,
        14 * DAY,
        (0, 1_000, 1_000, HOUR),  # fees: smallest, largest, step, notice
        (DAY, 30 * DAY, 30 * DAY, HOUR),  # ruling period
        (0, 10_000, 10_000, HOUR),  # default share
        (1, 2**90, 10_000, HOUR),  # rate of an asset
        wide_bounds(HOUR),
        (FEES,),
        (people["arbitrator"].address, RULING_PERIOD, DEFAULT_PERFORMER_BPS),
        astuple(QUICK_JURY),
        [ZERO_ADDRESS, token.address, odd.address],
        [(True, 10**6)] * 3,
    )
    return people["deployer"].account.deploy(RuleBook, setup)


@pytest.fixture(scope="module")
def points(StubPoints, people) -> Any:
    """Reputation as a test gives it."""
    return people["deployer"].account.deploy(StubPoints)


@pytest.fixture(scope="module")
def labels(StubLabels, people) -> Any:
    """Labels as a test gives them."""
    return people["deployer"].account.deploy(StubLabels)


@pytest.fixture(scope="module")
def escrow(Escrow, people, rules, points, labels) -> Any:
    treasury = people["treasury"].address
    return people["deployer"].account.deploy(Escrow, rules, treasury, points, labels)


@pytest.fixture(scope="module")
def ready(escrow, people, token, odd) -> None:
    """Everybody has allowed the Escrow to take tokens."""
    for one in (token, odd):
        for someone in people.values():
            one.approve(escrow, 2**256 - 1, {"from": someone.account})


@pytest.fixture
def market(escrow, rules, people, ready, chain, web3) -> Market:
    return Market(escrow, rules, people, chain, web3)


@pytest.fixture(params=["coin", "token"])
def asset(request) -> Any:
    """Both kinds of asset."""
    return ZERO_ADDRESS if request.param == "coin" else request.getfixturevalue("token")


def _handed_out(token: Any, people: dict[str, Person]) -> Any:
    for someone in people.values():
        token.mint(someone.address, PURSE, {"from": people["deployer"].account})
    return token
