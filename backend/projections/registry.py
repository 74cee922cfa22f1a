"""Which function projects which event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from backend.db.rows import Rows
from backend.events import Event

E = TypeVar("E", bound=Event)
Projection = Callable[[Any, Rows], None]

PROJECTIONS: dict[type[Event], Projection] = {}


def projects(*kinds: type[E]) -> Callable[[Callable[[E, Rows], None]], Callable[[E, Rows], None]]:
    """Marks the function that turns these events into rows; there is one for each kind."""

    def mark(function: Callable[[E, Rows], None]) -> Callable[[E, Rows], None]:
        for kind in kinds:
            assert kind not in PROJECTIONS, kind
            PROJECTIONS[kind] = function
        return function

    return mark


def origin(event: Event) -> dict[str, Any]:
    """The columns that tell which log a row comes from."""
    at = event.at
    return {
        "block_number": at.block_number,
        "block_hash": at.block_hash,
        "block_time": at.block_time,
        "tx_hash": at.tx_hash,
        "log_index": at.log_index,
    }
