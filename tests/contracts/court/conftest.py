"""A real rule book, escrow and pool with the court; the timelock and the treasury are accounts."""

from collections.abc import Callable
from dataclasses import astuple, replace
from typing import Any

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.court.striking import trade_between
from tests.contracts.court.world import (
    EPOCH,
    JURY,
    POINTS,
    RULING_PERIOD,
    STAKE,
    UNIT,
    Dispute,
    Room,
)
from tests.contracts.escrow.market import (
    DAY,
    DEFAULT_PERFORMER_BPS,
    FEES,
    HOUR,
    Market,
    Person,
    person,
)
from tests.contracts.expect import now, until
from tests.model.quick_jury import wide_bounds

LISTED = 2
NAMES = (
    "deployer",
    "seller",
    "buyer",
    "courier",
    "stranger",
    "timelock",
    "treasury",
    "guardian",
    "guest",
    *(f"juror {i}" for i in range(11)),
)


@pytest.fixture(autouse=True)
def isolation(fn_isolation):
    """Each test starts from the same chain."""


@pytest.fixture(scope="module")
def people(accounts) -> dict[str, Person]:
    return {name: person(accounts, index, name) for index, name in enumerate(NAMES)}


@pytest.fixture(scope="module")
def jurors(people) -> list[Person]:
    return [one for name, one in people.items() if name.startswith("juror")]


@pytest.fixture(scope="module")
def deployed(
    RuleBook, Escrow, StubPoints, StubRandomness, JurorPool, Court, people, jurors, chain
) -> dict[str, Any]:
    """Everything, in the order of deployment; the rule book needs the court's address."""
    deployer = people["deployer"].account
    court_address = deployer.get_deployment_address(deployer.nonce + 5)
    setup = (
        people["timelock"].address,
        people["guardian"].address,
        chain[-1].timestamp + 365 * DAY,
        14 * DAY,
        (0, 1_000, 1_000, HOUR),  # fees: smallest, largest, step, notice
        (DAY, 90 * DAY, 90 * DAY, HOUR),  # ruling period
        (0, 10_000, 10_000, HOUR),  # default share
        (1, 2**90, 10_000, HOUR),  # rate of an asset
        wide_bounds(HOUR),
        (FEES,),
        (court_address, RULING_PERIOD, DEFAULT_PERFORMER_BPS),
        astuple(JURY),
        [ZERO_ADDRESS],
        [(True, 10**6)],
    )
    rules = deployer.deploy(RuleBook, setup)
    points = deployer.deploy(StubPoints)
    escrow = deployer.deploy(Escrow, rules, people["treasury"].address, points, ZERO_ADDRESS)
    randomness = deployer.deploy(StubRandomness)
    pool = deployer.deploy(
        JurorPool,
        (
            ZERO_ADDRESS,
            UNIT,
            50,
            points,
            EPOCH,
            4 * DAY,
            people["timelock"].address,
            [(POINTS, 1)],
            [court_address],
        ),
    )
    treasury = people["treasury"].address
    court = deployer.deploy(Court, escrow, pool, randomness, treasury)
    assert court.address == court_address
    points.set([one.address for one in jurors], POINTS, {"from": deployer})
    for one in jurors:
        pool.stake(STAKE, {"from": one.account, "value": STAKE})
    until(now() + EPOCH)
    names = ("rules", "escrow", "points", "randomness", "pool", "court")
    made = (rules, escrow, points, randomness, pool, court)
    return dict(zip(names, made, strict=True))


@pytest.fixture
def elsewhere(room, deployed, Court) -> Callable[[Any], Room]:
    """Deploys a court with this randomness, lists it, votes it in: a room that trades under it."""

    def move(randomness: Any) -> Room:
        return _another_court(room, deployed, Court, randomness)

    return move


def _another_court(room: Room, deployed: dict[str, Any], Court: Any, randomness: Any) -> Room:
    people = room.people
    deployer, timelock = people["deployer"].account, {"from": people["timelock"].account}
    parts = (deployed["escrow"], room.pool, randomness, people["treasury"].address)
    court = deployer.deploy(Court, *parts)
    room.pool.setCaller(court, LISTED, timelock)
    deployed["rules"].setDisputeRules((court, RULING_PERIOD + DAY, DEFAULT_PERFORMER_BPS), timelock)
    until(now() + HOUR)
    return replace(room, court=court, randomness=randomness)


@pytest.fixture
def room(deployed, people, jurors, chain, web3) -> Room:
    market = Market(deployed["escrow"], deployed["rules"], people, chain, web3)
    names = ("court", "pool", "randomness", "points")
    return Room(market, *(deployed[name] for name in names), jurors)


@pytest.fixture
def conflicts(room, jurors) -> dict[str, Any]:
    """Trades of every juror with the seller, opened just now, by the juror's address."""
    seller = room.people["seller"]
    return {juror.address: trade_between(room, seller, juror) for juror in jurors}


@pytest.fixture
def dispute(room, conflicts) -> Dispute:
    """A panel drawn from jurors who traded with the seller, in the evidence period."""
    made = room.dispute()
    made.to_evidence()
    made.seed()
    made.draw()
    return made
