"""One number for what others say of an account; exact, in integers.

Three rules, explained in ``docs/reviews.md``:

* each author has one voice, its newest review, however often the two traded;
* a voice fades: after `w` whole weeks it weighs `2^(32 - w / 52)`, rounded down, half of what it
  weighed a year (52 weeks) before;
* the score is the mean of all voices and of five that are never heard and never fade, each of 3.50:
  what is not known of an account pulls it to the middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.terms.reviews import RATINGS

WEEK = 7 * 24 * 3_600
HALF_LIFE = 52  # weeks
FULL_BITS = 32
PRIOR = 350  # hundredths of a star
PRIOR_VOICES = 5
PRIOR_WEIGHT = PRIOR_VOICES << FULL_BITS
HUNDRED = 100


def _entry(week: int) -> int:
    """2^(32 - week / 52), rounded down, for a week from 0 to 51."""
    low, high = 1 << FULL_BITS - 1, (1 << FULL_BITS) + 1
    while high - low > 1:
        middle = (low + high) // 2
        fits = middle**HALF_LIFE <= 1 << FULL_BITS * HALF_LIFE - week
        low, high = (middle, high) if fits else (low, middle)
    return low


WEIGHTS = tuple(_entry(week) for week in range(HALF_LIFE))


def weight_after(weeks: int) -> int:
    """What a voice weighs after so many whole weeks."""
    return WEIGHTS[weeks % HALF_LIFE] >> (weeks // HALF_LIFE)


@dataclass(frozen=True, slots=True)
class Voice:
    """A review that counts: the newest of its author, given this many whole weeks ago."""

    weeks: int
    rating: int


@dataclass(frozen=True, slots=True)
class Rating:
    """`score` is in hundredths of a star, rounded down; `stars` has the number of voices of 1 star
    to 5."""

    score: int
    stars: tuple[int, ...]

    @property
    def voices(self) -> int:
        return sum(self.stars)

    @property
    def shown(self) -> str:
        """With two decimals."""
        return f"{self.score // HUNDRED}.{self.score % HUNDRED:02}"


def rate(tally: Mapping[Voice, int] | Iterable[Voice]) -> Rating | None:
    """Of voices, or of how many there are of each. None: there is none."""
    counted = tally if isinstance(tally, Mapping) else _count(tally)
    if not counted:
        return None
    total, weight = PRIOR_WEIGHT * PRIOR, PRIOR_WEIGHT
    stars = dict.fromkeys(RATINGS, 0)
    for voice, number in counted.items():
        each = weight_after(voice.weeks) * number
        total, weight = total + each * voice.rating * HUNDRED, weight + each
        stars[voice.rating] += number
    return Rating(total // weight, tuple(stars.values()))


def _count(voices: Iterable[Voice]) -> dict[Voice, int]:
    found: dict[Voice, int] = {}
    for voice in voices:
        found[voice] = found.get(voice, 0) + 1
    return found
