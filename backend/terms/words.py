"""Numbers as people say them."""

from __future__ import annotations

from datetime import UTC, datetime

POINT = 10**6
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def duration(seconds: int) -> str:
    """Exact: `9 days 1 hour`."""
    parts: list[str] = []
    left = seconds
    for name, length in _UNITS:
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count} {name}{'s' * (count != 1)}")
    return " ".join(parts) or "0 seconds"


def points(base: int) -> str:
    """Base units of points (6 decimals) as a decimal number."""
    whole, rest = divmod(base, POINT)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") if rest else str(whole)


_LAST = int(datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp())
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def moment(time: int) -> str:
    """Unix seconds as people say them, exact: `3 May 2026 12:00 UTC`."""
    if time > _LAST:
        return f"the second {time} of unix time"
    when = datetime.fromtimestamp(time, UTC)
    clock = f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year} {clock} UTC"
