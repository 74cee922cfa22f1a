"""What happened since a block, for those who watch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import blocks, events, progress
from backend.queries.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has been told: the last block, and how many rollbacks there had been."""

    number: int
    rollbacks: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}-{self.rollbacks}-{self.hash}"

    @classmethod
    def read(cls, text: str) -> Place:
        """From its text. ValueError if it is none."""
        found = _PLACE.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no place in a stream")
        return cls(int(found[1]), int(found[2]), found[3])


PLACE = r"^(\d{1,18})-(\d{1,18})-(0x[0-9a-f]{64})$"
_PLACE = re.compile(PLACE)


@dataclass(frozen=True, slots=True)
class Changes:
    """Events after a block, oldest first; `more` if not all are given."""

    rows: Sequence[Row[Any]]
    more: bool


def place_of(snapshot: Snapshot) -> Place:
    """Where the index is."""
    rollbacks = snapshot.connection.scalar(select(progress.c.rollbacks)) or 0
    return Place(snapshot.block.number, rollbacks, snapshot.block.hash)


def undone_since(snapshot: Snapshot, place: Place, now: Place) -> bool:
    """Whether blocks were undone since then, also such as that place was never told of.

    The count tells, and the hash where the database was built anew.
    """
    if place.rollbacks != now.rollbacks or place.number > now.number:
        return True
    query = select(blocks.c.hash).where(blocks.c.number == place.number)
    found = snapshot.connection.scalar(query)
    return found is not None and found != place.hash


def changes_after(snapshot: Snapshot, number: int, limit: int) -> Changes:
    """Events of the blocks above this one."""
    query = select(events).where(events.c.block_number > number)
    order = events.c.block_number, events.c.log_index
    rows = snapshot.connection.execute(query.order_by(*order).limit(limit + 1)).all()
    return Changes(rows[:limit], len(rows) > limit)
