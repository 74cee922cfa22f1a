"""What can be earned in an epoch, with one counterparty and in all (D10, D11)."""

from itertools import permutations

import pytest

from tests.contracts.expect import next_at, plain
from tests.contracts.reputation.conftest import (
    EPOCH,
    INDEX,
    PER_ACCOUNT,
    PER_COUNTERPARTY,
    POINT,
    WEEK,
    Tranche,
)
from tests.model.reputation import index_after


def fee(points: int) -> int:
    """The fee that earns each side so many points."""
    return 2 * points


@pytest.fixture
def trade(market, start):
    """A trade closed some weeks after the start."""

    def make(performer, funder, points, week=0, late=0):
        closed_at = start + week * WEEK + late
        return market.trade(Tranche(performer, funder, closed_at, fee=fee(points)))

    return make


@pytest.fixture
def later(start):
    """Lets some epochs pass."""
    return lambda epochs: next_at(start + epochs * EPOCH)


@pytest.mark.parametrize("more", [-1, 0, 1, POINT])
def test_caps_limit_what_one_counterparty_brings(trade, claim, units, more):
    claim(trade("dave", "erin", PER_COUNTERPARTY + more))
    expected = min(PER_COUNTERPARTY + more, PER_COUNTERPARTY) * INDEX
    assert units("dave") == units("erin") == expected


def test_caps_count_both_roles_with_one_counterparty(trade, claim, units):
    claim(trade("dave", "erin", PER_COUNTERPARTY - 1), trade("erin", "dave", POINT))
    assert units("dave") == units("erin") == PER_COUNTERPARTY * INDEX


@pytest.mark.parametrize("more", [-1, 0, 1, POINT])
def test_caps_limit_what_an_account_earns_in_all(trade, claim, units, more):
    claim(
        trade("dave", "erin", PER_COUNTERPARTY),
        trade("dave", "carol", PER_COUNTERPARTY),
        trade("bob", "dave", PER_ACCOUNT - 2 * PER_COUNTERPARTY + more),
    )
    assert units("dave") == min(PER_ACCOUNT + more, PER_ACCOUNT) * INDEX
    assert units("bob") == (PER_ACCOUNT - 2 * PER_COUNTERPARTY + more) * INDEX


def test_caps_tell_what_was_lost(trade, claim):
    receipt = claim(trade("dave", "erin", PER_COUNTERPARTY + POINT))
    for found in receipt.events["ReputationEarned"]:
        assert plain(found["points"]) == PER_COUNTERPARTY + POINT
        assert plain(found["units"]) == PER_COUNTERPARTY * INDEX


def test_caps_do_not_give_back_what_was_lost(reputation, trade, claim, later, units, people):
    claim(trade("dave", "erin", PER_COUNTERPARTY + POINT))
    later(2)
    claim(trade("dave", "carol", POINT))
    assert units("dave") == (PER_COUNTERPARTY + POINT) * INDEX
    assert reputation.heldOf(people.dave) == 0


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_caps_are_those_of_the_epoch_of_the_closing(trade, claim, later, units, late):
    later(3)
    full = trade("dave", "erin", PER_COUNTERPARTY)
    claim(full, trade("dave", "erin", POINT, week=4, late=late))
    more = 0 if late < 0 else POINT * index_after(EPOCH)
    assert units("dave") == PER_COUNTERPARTY * INDEX + more


@pytest.mark.parametrize("epoch", [0, 1, 3])
def test_caps_are_measured_in_points_of_the_first_week(trade, claim, later, units, epoch):
    """In the last week of an epoch fewer points reach the cap: each is more units."""
    later(5)
    claim(trade("dave", "erin", PER_COUNTERPARTY, week=4 * epoch + 3))
    assert units("dave") == PER_COUNTERPARTY * index_after(epoch * EPOCH)


def test_caps_do_not_depend_on_the_time_of_the_claim(trade, claim, later, units):
    """D11: half is claimed at once and half after two years."""
    claim(trade("dave", "erin", PER_COUNTERPARTY * 2 // 3))
    later(26)
    claim(trade("dave", "erin", PER_COUNTERPARTY * 2 // 3, week=0))
    assert units("dave") == PER_COUNTERPARTY * INDEX


@pytest.mark.parametrize("order", list(permutations(range(4)))[::4], ids=str)
def test_caps_do_not_depend_on_the_order_of_claims(trade, claim, later, units, order):
    """D11: earned is min(per account, sum of min(per counterparty, earned)), in units."""
    later(2)
    trades = [
        trade("dave", "erin", 30 * POINT, week=0),
        trade("erin", "dave", 40 * POINT, week=3),
        trade("dave", "carol", 45 * POINT, week=2),
        trade("bob", "dave", 45 * POINT, week=1),
    ]
    for place in order:
        claim(trades[place])
    with_erin = min(30 * INDEX + 40 * index_after(3 * WEEK), 50 * INDEX) * POINT
    with_others = (45 * index_after(2 * WEEK) + 45 * index_after(WEEK)) * POINT
    assert units("erin") == with_erin
    assert units("dave") == min(with_erin + with_others, PER_ACCOUNT * INDEX) == PER_ACCOUNT * INDEX
