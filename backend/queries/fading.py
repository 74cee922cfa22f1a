"""How points fade: the index that doubles every 13 weeks.

Twin of `contracts/libraries/FadingIndex.sol`; a test holds them together.
"""

from __future__ import annotations

WEEK = 7 * 24 * 3600
WEEKS_TO_DOUBLE = 13
LAST_WEEK = 2_911


def _entry(week: int) -> int:
    """2^(week / 13) * 2^32, rounded down, for a week from 0 to 12."""
    low, high = 2**32, 2**33
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**13 <= 2 ** (week + 416) else (low, middle)
    return low


_TABLE = tuple(_entry(week) for week in range(WEEKS_TO_DOUBLE))


def index_after(elapsed: int) -> int:
    """Units per point, so many seconds after the start of the reputation."""
    week = min(elapsed // WEEK, LAST_WEEK)
    return _TABLE[week % WEEKS_TO_DOUBLE] << (week // WEEKS_TO_DOUBLE)


def points_of(units: int, elapsed: int) -> int:
    """Faded points (base units, 6 decimals), rounded down."""
    return units // index_after(elapsed)
