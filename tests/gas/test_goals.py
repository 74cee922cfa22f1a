"""What a trade and a vote may cost at most, held against the committed figures.

That the figures are those of the contracts is checked by `python -m tests.gas --check`.
"""

import pytest

from backend.terms.templates import all_templates
from tests.gas.page import PAGE, rewritten
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
    "stake: a juror's first": 150_000,
    "request: opens a round of three": 170_000,
    "Court.commit": 75_000,
    "Court.reveal": 60_000,
}
CODE_LIMIT = 24_576
KLEROS_DRAW = 30_000
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


def test_drawing_and_seating_costs_no_more_than_its_goal_per_juror():
    """Of a pool of a thousand, and without what the Court writes down of a seat."""
    costs = read().costs
    one, seven = (costs[f"draw and lock {n} of 1,000"] for n in ("1 juror", "7 jurors"))
    assert (seven.execution - one.execution) / 6 <= 20_000
    assert one.execution <= 32_000


def test_the_court_draws_for_less_than_kleros():
    """Per juror of a thousand, its seat written down."""
    three, seven = (read().costs[f"Court.draw: {n} jurors"] for n in ("three", "seven"))
    assert (seven.execution - three.execution) / 4 <= min(27_000, KLEROS_DRAW)


def test_a_whole_dispute_is_documented():
    """Of three jurors, every transaction of every participant."""
    steps = read().steps
    assert sum(step.times for step in steps) == 25
    assert sum(step.total for step in steps) <= 2_000_000


def test_every_template_is_measured_and_documented():
    """To open, to the happy end, and to the unhappy end."""
    ways = read().ways
    found = {(one.way, one.what) for one in ways}
    ends = ("open", "happy end", "unhappy end")
    assert found == {(name, end) for name in all_templates() for end in ends}


def test_the_page_has_the_figures():
    """`make gas` writes them."""
    assert PAGE.read_text() == rewritten(PAGE.read_text(), read())


def test_every_contract_fits():
    sizes = read().sizes
    assert len(sizes) == 12
    assert all(size <= CODE_LIMIT for size in sizes.values())
    assert sizes["MarketGovernor"] <= GOVERNOR_GOAL
