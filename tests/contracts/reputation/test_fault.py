"""Fault decided by a ruling: what the side at fault loses, and that being right costs nothing."""

from itertools import permutations

import pytest

from tests.contracts.expect import DAY, event, next_at, now, plain
from tests.contracts.reputation.conftest import (
    GENESIS,
    INDEX,
    PER_COUNTERPARTY,
    POINT,
    WEEK,
    Tranche,
)
from tests.model.reputation import ACCEPTED, DEFAULTED, LAPSED, RULED, SPLIT, index_after

OTHERS = [status for status in range(ACCEPTED, DEFAULTED + 1) if status != RULED]


@pytest.fixture
def ruled(market, start):
    """A tranche whose two sides would have earned `points` each; alice performs, bob checks."""

    def trade(bps, points=10 * POINT, late=0, **changed):
        values = {"performer": "alice", "funder": "bob", "since": start + late} | changed
        return market.trade(Tranche(fee=2 * points, status=RULED, bps=bps, **values))

    return trade


@pytest.fixture
def owed(reputation, people):
    return lambda name: int(reputation.owedOf(getattr(people, name)))


@pytest.mark.parametrize(
    ("bps", "alice", "bob"),
    [
        (0, 20, 0),
        (2_500, 10, 0),
        (4_000, 4, 0),
        (5_000, 0, 0),
        (6_000, 0, 4),
        (7_500, 0, 10),
        (10_000, 0, 20),
    ],
)
def test_fault_costs_its_share_of_what_both_sides_would_have_earned(
    ruled, claim, units, bps, alice, bob
):
    claim(ruled(bps))
    assert (units("alice"), units("bob")) == (-alice * POINT * INDEX, -bob * POINT * INDEX)


@pytest.mark.parametrize(
    ("bps", "points", "cost"),
    [
        (4_999, 1, 1),  # 2 x 1 / 5,000, rounded up
        (5_001, 2_500, 1),  # 2 x 2,500 / 5,000, exactly
        (5_001, 2_501, 2),
        (0, 1, 2),
        (0, 0, 0),
    ],
)
def test_fault_is_rounded_up(ruled, claim, bps, points, cost):
    receipt = claim(ruled(bps, points))
    told = event(receipt, "ReputationForfeited")["points"] if cost else 0
    assert ("ReputationForfeited" in receipt.events, told) == (cost > 0, cost)


def test_fault_tells_who_forfeited_what_and_what_was_taken(ruled, people, escrow, claim):
    trade = ruled(2_500)
    receipt = claim(trade)
    lost = {"account": people.alice.address, "units": 10 * POINT * INDEX}
    assert event(receipt, "ReputationForfeited") == lost | {
        "counterparty": people.bob.address,
        "tradeId": trade[3],
        "escrow": escrow.address,
        "tranche": 0,
        "points": 10 * POINT,
    }
    assert event(receipt, "ReputationBurned") == lost | {"owed": 0}
    assert "ReputationMinted" not in receipt.events
    assert "ReputationEarned" not in receipt.events


def test_fault_takes_votes_from_the_delegate_and_from_the_supply(reputation, people, ruled, claim):
    """Votes add up to the supply, now and in the past."""
    reputation.delegate(people.carol, {"from": people.alice})
    before = int(reputation.totalUnits())
    trade = ruled(0)
    next_at(now() + 10)
    receipt = claim(trade)
    lost = 20 * POINT * INDEX
    assert reputation.getVotes(people.alice) == 0
    assert reputation.getVotes(people.carol) == 700 * POINT * INDEX - lost
    assert reputation.totalUnits() == before - lost
    next_at(receipt.timestamp + 1)
    reputation.delegate(people.alice, {"from": people.alice})
    assert reputation.getPastTotalSupply(receipt.timestamp) == before - lost
    assert reputation.getPastTotalSupply(receipt.timestamp - 1) == before
    assert reputation.getPastVotes(people.carol, receipt.timestamp) == 700 * POINT * INDEX - lost


@pytest.mark.parametrize("status", OTHERS)
def test_fault_is_decided_by_a_ruling_only(market, claim, start, status):
    """A default too is nobody's fault: nobody has judged."""
    trade = market.trade(Tranche("alice", "bob", start, status=status, bps=0))
    assert "ReputationForfeited" not in claim(trade).events


def test_fault_of_the_checker_who_did_not_fund(ruled, claim, units):
    """Two sides quarrel, performer and checker; who paid for the tranche has no part in it."""
    claim(ruled(10_000, funder="carol", checker="bob"))
    assert (units("alice"), units("bob"), units("carol")) == (0, -20 * POINT * INDEX, 0)


@pytest.mark.parametrize(("bps", "at_fault"), [(0, "alice"), (10_000, "bob")])
def test_fault_counts_in_a_deposit_too(market, start, claim, units, bps, at_fault):
    """A performer's own money pays no fee; what is quarrelled about is as much."""
    deposit = Tranche("alice", "alice", start, 0, RULED, bps, 40 * POINT, checker="bob")
    claim(market.trade(deposit))
    assert units(at_fault) == -20 * POINT * INDEX


def test_fault_costs_at_most_what_both_sides_could_have_earned(ruled, claim, units):
    claim(ruled(0, points=3 * PER_COUNTERPARTY))
    assert units("alice") == -2 * PER_COUNTERPARTY * INDEX


def test_fault_costs_half_of_the_most_if_it_is_half(ruled, claim, units):
    claim(ruled(2_500, points=3 * PER_COUNTERPARTY))
    assert units("alice") == -PER_COUNTERPARTY * INDEX


def test_fault_uses_up_no_cap(market, ruled, claim, units, start):
    """What is earned with the same counterparty in the same epoch has all its room."""
    claim(ruled(0), market.trade(Tranche("alice", "bob", start, fee=2 * PER_COUNTERPARTY)))
    assert units("alice") == (PER_COUNTERPARTY - 20 * POINT) * INDEX
    assert units("bob") == PER_COUNTERPARTY * INDEX


def test_fault_of_one_without_points_is_owed_D14(reputation, people, ruled, claim, units, owed):
    """No burn, and no error."""
    receipt = claim(ruled(0, performer="dave"))
    lost = 20 * POINT * INDEX
    assert (units("dave"), owed("dave")) == (0, lost)
    told = {"account": people.dave.address, "units": 0, "owed": lost}
    assert event(receipt, "ReputationBurned") == told
    assert reputation.heldOf(people.dave) == reputation.getVotes(people.dave) == 0
    assert reputation.totalUnits() == sum(GENESIS.values()) * INDEX


def test_fault_takes_all_there_is_and_the_rest_is_owed(market, ruled, claim, units, owed, start):
    claim(market.trade(Tranche("dave", "bob", start, fee=2 * 5 * POINT)))
    claim(ruled(0, performer="dave"))
    assert (units("dave"), owed("dave")) == (0, 15 * POINT * INDEX)


def test_what_is_owed_is_paid_by_earnings_D14(market, ruled, claim, units, owed, start, people):
    claim(ruled(0, performer="dave"))
    receipt = claim(market.trade(Tranche("dave", "carol", start, fee=2 * 15 * POINT)))
    assert (units("dave"), owed("dave")) == (0, 5 * POINT * INDEX)
    told = {"account": people.dave.address, "units": 0, "owed": 5 * POINT * INDEX}
    assert event(receipt, "ReputationBurned") == told
    receipt = claim(market.trade(Tranche("dave", "bob", start, fee=2 * 5 * POINT)))
    assert (units("dave"), owed("dave")) == (0, 0)
    told = [plain(dict(each)) for each in receipt.events["ReputationMinted"]]
    assert {"account": people.dave.address, "units": 0, "held": 0} in told
    claim(market.trade(Tranche("dave", "erin", start, fee=2 * POINT)))
    assert (units("dave"), owed("dave")) == (POINT * INDEX, 0)


def test_what_is_owed_fades_as_points_do(market, ruled, claim, units, owed, start):
    """Thirteen weeks later half as many points settle it."""
    claim(ruled(0, performer="dave"))
    next_at(start + 13 * WEEK + DAY)
    late = Tranche("dave", "bob", start + 13 * WEEK, fee=2 * 10 * POINT)
    claim(market.trade(late))
    assert (units("dave"), owed("dave")) == (0, 0)


@pytest.mark.parametrize("late", [-1, 0])
def test_fault_counts_at_the_index_of_the_ruling(ruled, claim, units, start, late):
    closed = 9 * WEEK + late
    next_at(start + 30 * WEEK)
    claim(ruled(0, late=closed))
    assert units("alice") == -20 * POINT * index_after(closed)


def test_fault_before_the_start_costs_nothing(ruled, claim):
    assert "ReputationForfeited" not in claim(ruled(0, late=-1)).events


def test_fault_in_an_asset_that_earns_nothing_costs_nothing(ruled, market, claim, start):
    tranche = Tranche("alice", "bob", start, fee=20 * POINT, status=RULED, bps=0)
    trade = market.trade(tranche, asset="0x" + "07" * 20)
    assert "ReputationForfeited" not in claim(trade).events


def test_fault_blocks_nothing_in_the_same_batch_D15(market, claim, units, start, owed):
    """Three parties: one tranche ruled on, the others closed well."""
    claim(
        market.trade(
            Tranche("dave", "erin", start, fee=2 * 8 * POINT, status=RULED, bps=0),
            Tranche("carol", "erin", start, fee=2 * 3 * POINT, status=LAPSED),
            Tranche("dave", "erin", start, fee=2 * 2 * POINT, status=SPLIT),
        ),
        market.trade(Tranche("bob", "erin", start, fee=2 * POINT)),
    )
    assert (units("dave"), owed("dave")) == (0, 14 * POINT * INDEX)
    assert (units("carol"), units("bob")) == (3 * POINT * INDEX, POINT * INDEX)
    assert units("erin") == 6 * POINT * INDEX


def test_a_claim_twice_burns_once_D15(ruled, claim, units, market, start):
    trade = ruled(0)
    claim(trade, trade)
    claim(trade, market.trade(Tranche("carol", "dave", start)))
    assert units("alice") == -20 * POINT * INDEX


def test_the_order_of_claims_changes_nothing_D14(
    chain, reputation, people, market, ruled, claim, start
):
    """Who claims the ruling first, while it has nothing yet, owes what it then earns."""
    good = [
        market.trade(Tranche("dave", name, start, fee=2 * 12 * POINT)) for name in ("bob", "erin")
    ]
    bad = [ruled(0, performer="dave"), ruled(9_000, 5 * POINT, performer="bob", funder="dave")]
    ends = set()
    for order in permutations([*good, *bad]):
        chain.snapshot()
        for trade in order:
            claim(trade)
        ends.add(tuple(int(view(people.dave)) for view in (reputation.unitsOf, reputation.owedOf)))
        chain.revert()
    # 24 earned; 20 and 8 of 10 forfeited
    assert ends == {(0, 4 * POINT * INDEX)}


def test_a_ruling_earns_neither_side_anything_D16(ruled, claim, units, reputation, people):
    """Two accounts of one person, and a jury of friends: votes are lost, and none are won."""
    before = int(reputation.totalUnits())
    for bps in (0, 5_000, 10_000):
        assert "ReputationEarned" not in claim(ruled(bps)).events
    assert units("alice") == units("bob") == -20 * POINT * INDEX
    assert reputation.totalUnits() == before - 40 * POINT * INDEX


def test_fault_touches_nobody_who_had_no_side_in_it_D16(ruled, claim, units, owed):
    claim(ruled(0), ruled(10_000))
    assert [units(name) for name in ("carol", "dave", "erin")] == [0, 0, 0]
    assert [owed(name) for name in ("carol", "dave", "erin")] == [0, 0, 0]


def test_others_earn_though_all_points_are_burned_D17(deploy, people, escrow, market, start):
    """The share is of what was allotted, when less than that is left."""
    share, wide = 2_500, 10_000 * POINT
    lonely = deploy(caps=(wide, wide, share), genesis={"alice": 100 * POINT})
    fault = Tranche("alice", "bob", now(), fee=2 * 50 * POINT, status=RULED, bps=0)
    lonely.claim(escrow, [market.trade(fault)], {"from": people.stranger})
    assert lonely.totalUnits() == 0
    good = market.trade(Tranche("dave", "erin", now(), fee=2 * 40 * POINT))
    lonely.claim(escrow, [good], {"from": people.stranger})
    for name in ("dave", "erin"):
        account = getattr(people, name)
        assert lonely.unitsOf(account) == 25 * POINT * INDEX
        assert lonely.heldOf(account) == 15 * POINT * INDEX
