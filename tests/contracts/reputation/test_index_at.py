"""The index that makes votes fade, against exact integer arithmetic."""

import pytest

from tests.contracts.expect import reverts
from tests.contracts.reputation.conftest import WEEK
from tests.model.reputation import TABLE, index_after

LAST = 2_911


def test_index_at_is_the_rounded_root_in_every_week_of_a_half_life(reputation, start):
    for week in range(13):
        index = int(reputation.indexAt(start + week * WEEK))
        assert index == TABLE[week]
        # The largest integer that is at most 2^(week/13) * 2^32, without any fraction.
        assert index**13 <= 2 ** (week + 416) < (index + 1) ** 13


@pytest.mark.parametrize("week", [1, 8, 12, 13, 14, 26, 1_640, LAST])
def test_index_at_grows_in_the_first_second_of_a_week(reputation, start, week):
    for late in (-1, 0, 1):
        elapsed = week * WEEK + late
        assert reputation.indexAt(start + elapsed) == index_after(elapsed)
    before, after = (int(reputation.indexAt(start + week * WEEK - late)) for late in (1, 0))
    assert before < after < before * 1.06


def test_index_at_doubles_every_13_weeks(reputation, start):
    for week in (0, 1, 7, 12, 100, 1_000, LAST - 13):
        index = int(reputation.indexAt(start + week * WEEK))
        assert reputation.indexAt(start + (week + 13) * WEEK) == 2 * index


def test_index_at_stands_still_where_a_word_would_overflow(reputation, start):
    last = int(reputation.indexAt(start + LAST * WEEK))
    assert 2**255 < last < 2**256
    for later in (WEEK - 1, WEEK, 13 * WEEK, 2**64):
        assert reputation.indexAt(start + LAST * WEEK + later) == last


@pytest.mark.parametrize("early", [1, WEEK])
def test_index_at_refuses_a_time_before_the_start(reputation, start, early):
    with reverts("Reputation_BeforeStart", start - early, start):
        reputation.indexAt(start - early)
