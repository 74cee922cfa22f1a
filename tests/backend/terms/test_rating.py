"""The arithmetic of ratings: what it must do whatever is said, and figures worked out by hand."""

from __future__ import annotations

from decimal import Decimal, getcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.terms.rating import HALF_LIFE, PRIOR, Rating, Voice, rate, weight_after

STARS = st.integers(1, 5)
WEEKS = st.integers(0, 60 * HALF_LIFE)
VOICES = st.lists(st.builds(Voice, WEEKS, STARS), min_size=1, max_size=60)


def score(*voices: Voice) -> int:
    found = rate(voices)
    assert found is not None
    return found.score


def fresh(*stars: int) -> int:
    return score(*(Voice(0, each) for each in stars))


def test_nobody_says_anything() -> None:
    assert rate([]) is None


@pytest.mark.parametrize(
    ("stars", "expected"),
    [((5,), 375), ((1,), 308), ((5, 5, 5, 5, 5), 425), ((5, 1), 335), ((4, 3), 350)],
    ids=str,
)
def test_fresh_voices_are_averaged_with_five_of_three_and_a_half(
    stars: tuple[int, ...], expected: int
) -> None:
    """(5 x 3.50 + the stars) / (5 + their number), rounded down to hundredths."""
    exact = (5 * Fraction(7, 2) + sum(stars)) / (5 + len(stars))
    assert int(exact * 100) == expected
    assert fresh(*stars) == expected


def test_one_five_of_an_unknown_does_not_beat_many_nearly_as_good_R4() -> None:
    many = [5] * 40 + [4] * 10
    assert Fraction(sum(many), len(many)) == Fraction(48, 10)
    assert fresh(5) < fresh(5, 5, 5, 5, 4) < fresh(*many)


def test_a_voice_of_a_year_weighs_half_and_of_two_a_quarter() -> None:
    weights = [weight_after(years * HALF_LIFE) for years in range(4)]
    assert weights == [2**32, 2**31, 2**30, 2**29]
    assert score(Voice(HALF_LIFE, 5)) == int(
        100 * (5 * Fraction(7, 2) + Fraction(5, 2)) / (5 + Fraction(1, 2))
    )
    assert weight_after(33 * HALF_LIFE) == 0


@pytest.mark.parametrize("weeks", [*range(0, 120), 519, 1_000])
def test_weights_are_powers_of_two_rounded_down(weeks: int) -> None:
    getcontext().prec = 60
    exact = Decimal(2) ** (32 - Decimal(weeks) / HALF_LIFE)
    assert weight_after(weeks) == int(exact)


def test_weights_only_fall() -> None:
    weights = [weight_after(weeks) for weeks in range(40 * HALF_LIFE)]
    assert all(later <= earlier for earlier, later in pairwise(weights))


@given(VOICES, st.randoms())
def test_the_order_of_voices_means_nothing(voices: list[Voice], random: object) -> None:
    shuffled = list(voices)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rate(shuffled) == rate(voices)


@given(VOICES)
def test_the_score_stays_between_the_worst_and_the_best_that_is_said(voices: list[Voice]) -> None:
    said = [voice.rating * 100 for voice in voices]
    assert min(*said, PRIOR) <= score(*voices) <= max(*said, PRIOR)


@given(VOICES, STARS, st.data())
def test_a_better_voice_in_the_place_of_another_never_lowers_the_score(
    voices: list[Voice], better: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(voices) - 1))
    was = voices[place]
    changed = [*voices]
    changed[place] = Voice(was.weeks, max(was.rating, better))
    assert score(*changed) >= score(*voices)


@given(st.lists(STARS, min_size=1, max_size=40), WEEKS, st.integers(0, 5 * HALF_LIFE))
def test_with_age_the_score_moves_to_the_middle_and_never_past_it(
    stars: list[int], weeks: int, more: int
) -> None:
    young = score(*(Voice(weeks, each) for each in stars))
    old = score(*(Voice(weeks + more, each) for each in stars))
    if young >= PRIOR:
        assert PRIOR <= old <= young
    else:
        assert young <= old <= PRIOR


@given(st.lists(STARS, min_size=1, max_size=40))
def test_more_voices_of_the_same_kind_pull_harder(stars: list[int]) -> None:
    once, twice = fresh(*stars), fresh(*stars, *stars)
    assert twice >= once if once >= PRIOR else twice <= once


def test_stars_are_counted_and_shown() -> None:
    found = rate([Voice(0, 5), Voice(3, 5), Voice(900, 1)])
    assert found is not None
    assert (found.stars, found.voices) == ((1, 0, 0, 0, 2), 3)
    assert Rating(405, ()).shown == "4.05"
