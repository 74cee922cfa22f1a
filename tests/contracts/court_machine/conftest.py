"""The world of the court's rule machine, deployed once by the fixtures of the court's tests."""

from dataclasses import astuple

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.court.conftest import deployed, jurors, people  # noqa: F401
from tests.contracts.court.world import EPOCH, JURY, POINTS, RULING_PERIOD, STAKE, UNIT
from tests.contracts.court_machine.world import World
from tests.contracts.escrow.market import DAY, DEFAULT_PERFORMER_BPS, FEES, HOUR
from tests.contracts.machine.calls import Face
from tests.model.court import Court
from tests.model.escrow import Escrow
from tests.model.juror_pool import JurorPool
from tests.model.limits import Bounds
from tests.model.quick_jury import wide_bounds
from tests.model.rulebook import AssetRule, DisputeRules, RuleBook

CAP = 50


@pytest.fixture(scope="module")
def world(deployed, people, jurors, web3) -> World:  # noqa: F811
    faces = {name: Face(contract.address, contract.abi) for name, contract in deployed.items()}
    return World(
        port=int(str(web3.provider.endpoint_uri).rsplit(":", 1)[1]),
        **faces,
        people=people,
        pristine=_model(deployed, people, jurors),
        start=int(web3.eth.get_block("latest")["timestamp"]),
    )


def _model(made, people, jurors) -> Court:  # noqa: F811
    limits = {
        "feeBps": (0, 1_000, 1_000, HOUR),
        "rulingPeriod": (DAY, 90 * DAY, 90 * DAY, HOUR),
        "defaultPerformerBps": (0, 10_000, 10_000, HOUR),
        "rate": (1, 2**90, 10_000, HOUR),
        **dict(zip(JURY.named(), wide_bounds(HOUR), strict=True)),
    }
    court, treasury = made["court"].address, people["treasury"].address
    book = RuleBook(
        now=int(made["rules"].tx.timestamp),
        timelock=people["timelock"].address,
        guardian=people["guardian"].address,
        guardian_until=int(made["rules"].guardianUntil()),
        max_pause=14 * DAY,
        bounds={name: Bounds(*each) for name, each in limits.items()},
        first_fees=FEES,
        first_disputes=DisputeRules(court, RULING_PERIOD, DEFAULT_PERFORMER_BPS),
        first_jury=JURY,
        first_assets={ZERO_ADDRESS: AssetRule(True, 10**6)},
    )
    pool = JurorPool(UNIT, CAP, ((POINTS, 1),))
    for one in jurors:
        pool.juror(one.address).stake = STAKE
        pool.reweigh(1, one.address, POINTS)
    start, length = int(made["pool"].start()), int(made["pool"].epochLength())
    assert (length, int(made["pool"].cap())) == (EPOCH, CAP)
    assert tuple(made["rules"].juryRules(1)) == astuple(JURY)
    escrow = Escrow(book, treasury)
    return Court(court, pool, start, length, book, escrow, treasury, 31_337)
