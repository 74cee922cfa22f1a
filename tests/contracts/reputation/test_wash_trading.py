"""D10: what a ring that trades with itself pays for its votes, and how many it can get.

A ring is both sides of each trade: it has both halves of the points, where an honest pair
has one each. So a point costs the ring the fee of one point, and an honest trader that of
two, half of which its counterparty earns. The ring moves no price and has no income: all it
pays goes to the treasury. The caps limit how fast it grows, whatever it pays.
"""

from itertools import combinations

import pytest

from tests.contracts.expect import now, until
from tests.contracts.reputation.conftest import EPOCH, INDEX, POINT, Tranche

RING = 10
PER_COUNTERPARTY, PER_ACCOUNT = 5 * POINT, 20 * POINT
GENESIS = {"alice": 1_000 * POINT}


@pytest.fixture
def reputation(deploy):
    return deploy(caps=(PER_COUNTERPARTY, PER_ACCOUNT, 1_000), genesis=GENESIS)


@pytest.fixture
def ring(people, accounts):
    """Ten accounts of one person, by name."""
    for number, account in enumerate(accounts[-RING:]):
        setattr(people, f"ring{number}", account)
    return [f"ring{number}" for number in range(RING)]


@pytest.fixture
def wash(reputation, market, claim, people, ring):
    """Every two of the ring trade, so that each side would earn so many points; the fees."""

    def trade(points):
        start = int(reputation.start())
        trades = [
            market.trade(Tranche(performer, funder, start, fee=2 * points))
            for performer, funder in combinations(ring, 2)
        ]
        claim(*trades)
        return 2 * points * len(trades)

    return trade


def held_by(reputation, people, names):
    return sum(int(reputation.unitsOf(getattr(people, name))) for name in names)


def test_a_ring_pays_the_whole_fee_of_every_point_D10(reputation, people, ring, wash):
    """D10: below the caps a point costs a ring just what a pair pays for it."""
    paid = wash(2 * POINT)
    assert held_by(reputation, people, ring) == paid * INDEX


def test_a_ring_gets_no_more_than_the_caps_of_its_accounts_D10(reputation, people, ring, wash):
    """D10: 45 pairs at 5 points a side would be 450; ten accounts are capped at 200."""
    paid = wash(PER_COUNTERPARTY)
    won = held_by(reputation, people, ring)
    assert won == RING * PER_ACCOUNT * INDEX
    assert paid == 450 * POINT


def test_a_ring_that_pays_more_gets_no_more_D10(reputation, people, ring, wash):
    wash(100 * POINT)
    assert held_by(reputation, people, ring) == RING * PER_ACCOUNT * INDEX


def test_a_ring_of_two_gets_no_more_than_the_cap_of_a_pair_D10(
    reputation, people, ring, market, claim
):
    start = int(reputation.start())
    for _ in range(3):
        claim(market.trade(Tranche("ring0", "ring1", start, fee=100 * POINT)))
    assert held_by(reputation, people, ring) == 2 * PER_COUNTERPARTY * INDEX


def test_a_vote_costs_a_ring_half_of_what_an_honest_trader_pays_D10(
    reputation, people, ring, market, claim
):
    """Of the same trade an honest trader has one half of the points, a ring both.

    Not in the figure: who trades honestly has the thing that was traded as well.
    """
    start = int(reputation.start())
    fee = 2 * POINT
    claim(
        market.trade(Tranche("dave", "erin", start, fee=fee)),
        market.trade(Tranche("ring0", "ring1", start, fee=fee)),
    )
    honest = int(reputation.unitsOf(people.dave))
    washed = held_by(reputation, people, ring)
    assert (honest, washed) == (fee // 2 * INDEX, fee * INDEX)


def test_a_ring_keeps_no_more_than_it_goes_on_paying_for_D10(deploy, escrow, people, market, ring):
    """Paying to the cap in every epoch, for two years, holds 5.3 epochs' worth, not 26.

    Even where no account's share is limited.
    """
    reputation = deploy(caps=(PER_COUNTERPARTY, PER_ACCOUNT, 10_000), genesis=GENESIS)
    start = int(reputation.start())
    paid = 0
    for epoch in range(26):
        until(start + epoch * EPOCH)
        trade = market.trade(Tranche("ring0", "ring1", now(), fee=2 * PER_COUNTERPARTY))
        reputation.claim(escrow, [trade], {"from": people.stranger})
        paid += 2 * PER_COUNTERPARTY
    kept = sum(int(reputation.pointsOf(getattr(people, name))) for name in ring)
    per_epoch = 2 * PER_COUNTERPARTY
    limit = per_epoch / (1 - 2 ** (-4 / 13))
    assert 5 * per_epoch < kept < limit < 5.3 * per_epoch
    assert paid == 26 * per_epoch
