"""What a trade and a vote may cost at most, held against the committed figures.

That the figures are those of the contracts is checked by `python -m tests.gas --check`.
"""

import pytest

from tests.gas.snapshot import read

GOALS = {
    "open, coin": 75_000,
    "accept, coin": 50_000,
    "open, token": 105_000,
    "accept, token": 62_000,
    "open, coin: 10 tranches": 150_000,
    "castVote: first": 85_000,
    "castVote": 85_000,
    "propose": 90_000,
}
CODE_LIMIT = 24_576
GOVERNOR_GOAL = 20_000


@pytest.mark.parametrize("line", GOALS)
def test_transaction_costs_no_more_than_its_goal(line):
    assert read().costs[line].total <= GOALS[line]


def test_second_fill_costs_no_more_than_the_first():
    """But for the fill's own number in calldata: 0 is one byte of zero, 1 is not."""
    costs = read().costs
    first = costs["open, coin: first fill of an offer"]
    second = costs["open, coin: second fill of an offer"]
    third = costs["open, coin: third fill of an offer"]
    assert second.intrinsic - first.intrinsic == 16 - 4
    assert second.execution <= first.execution
    assert third.total <= second.total


def test_every_contract_fits():
    sizes = read().sizes
    assert len(sizes) == 5
    assert all(size <= CODE_LIMIT for size in sizes.values())
    assert sizes["MarketGovernor"] <= GOVERNOR_GOAL
