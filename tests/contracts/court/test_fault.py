"""What the Court's decisions cost in reputation

├── a jury's ruling: the side below or above one half, by how much
├── a side that did not deposit: wholly
└── no panel, or settled by the parties: nobody
"""

import pytest

from tests.contracts.escrow.market import FEE, goods
from tests.model.reputation import index_after

AMOUNT = 40 * 10**18
RATE = 10**6  # of the fixture's asset
BOTH = 2 * (AMOUNT * FEE // 10_000 * RATE // 10**18 // 2)  # points that both sides would have
WIDE = (2**96 - 1, 2**96 - 1, 10_000)


@pytest.fixture(scope="module")
def reputation(Reputation, people, deployed):
    deployer, timelock = people["deployer"].account, people["timelock"].address
    genesis = [[people["guest"].address], [10**6]]
    parts = (timelock, deployed["rules"], WIDE, [deployed["escrow"]])
    return deployer.deploy(Reputation, *parts, *genesis)


@pytest.fixture
def lost(room, reputation):
    """What performer and checker owe once a closed trade is claimed, of what both would have."""

    def claim(dispute):
        packed, escrow = dispute.opened.packed, room.market.escrow
        reputation.claim(escrow, [packed], {"from": room.stranger})
        since = int(escrow.tranchesOf(packed)[1][0][1])
        whole = BOTH * index_after(since - reputation.start())
        sides = (dispute.performer, dispute.checker)
        return [int(reputation.owedOf(side.address)) / whole for side in sides]

    return claim


@pytest.mark.parametrize(
    ("bps", "performer", "checker"), [(0, 1, 0), (3_750, 0.25, 0), (5_000, 0, 0), (7_500, 0, 0.5)]
)
def test_a_jurys_ruling_costs_the_side_at_fault(room, lost, bps, performer, checker):
    dispute = room.dispute(goods(AMOUNT))
    dispute.to_decision(bps, bps, bps)
    dispute.execute()
    assert lost(dispute) == [performer, checker]


def test_who_does_not_deposit_is_wholly_at_fault(room, lost):
    dispute = room.dispute(goods(AMOUNT))
    dispute.open()
    dispute.past()
    dispute.execute()
    assert lost(dispute) == [1, 0]


def test_a_case_without_a_ruling_costs_nobody(room, lost):
    """Nobody reveals, twice: the Court declines, and the pinned default is nobody's fault."""
    dispute = room.dispute(goods(AMOUNT))
    dispute.to_ruling(None, None, None)
    dispute.attempt = 1
    dispute.to_ruling(None, None, None)
    dispute.execute()
    assert lost(dispute) == [0, 0]


def test_a_case_that_the_parties_settle_costs_nobody(room, lost):
    dispute = room.dispute(goods(AMOUNT))
    dispute.to_evidence()
    sender = {"from": dispute.performer.account}
    room.market.escrow.refund(dispute.opened.packed, dispute.index, sender)
    dispute.execute()
    assert lost(dispute) == [0, 0]
