"""A foreign arbitrator's ruling costs the side at fault as much as any other."""

import pytest

from tests.contracts.erc792.conftest import FOR_CHECKER, FOR_PERFORMER, HALVES, REFUSED
from tests.contracts.escrow.market import FEE, goods
from tests.model.reputation import index_after

AMOUNT = 40 * 10**18
RATE = 10**6  # of the fixture's assets
BOTH = 2 * (AMOUNT * FEE // 10_000 * RATE // 10**18 // 2)  # points that both sides would have
WIDE = (2**96 - 1, 2**96 - 1, 10_000)


@pytest.fixture(scope="module")
def reputation(Reputation, people, rules, escrow):
    deployer, timelock = people["deployer"].account, people["timelock"].address
    genesis = [[people["guest"].address], [10**6]]
    return deployer.deploy(Reputation, timelock, rules, WIDE, [escrow], *genesis)


@pytest.mark.parametrize(
    ("ruling", "seller", "buyer"),
    [(FOR_PERFORMER, 0, 1), (FOR_CHECKER, 1, 0), (HALVES, 0, 0), (REFUSED, 0, 0)],
)
def test_a_foreign_ruling_costs_the_side_at_fault(cases, reputation, ruling, seller, buyer):
    opened = cases.disputed(goods(AMOUNT))
    cases.open(opened)
    cases.join(opened)
    cases.submit(opened)
    cases.give(opened, ruling)
    cases.execute(opened)
    escrow = cases.market.escrow
    reputation.claim(escrow, [opened.packed], {"from": cases.stranger.account})
    closed_at = int(escrow.tranchesOf(opened.packed)[1][0][1])
    lost = BOTH * index_after(closed_at - reputation.start())
    owed = [reputation.owedOf(side.address) for side in (cases.seller, cases.buyer)]
    assert owed == [seller * lost, buyer * lost]
