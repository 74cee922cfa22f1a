"""What happened since a block, for those who watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import blocks, events
from backend.queries.snapshot import Block, Snapshot


@dataclass(frozen=True, slots=True)
class Changes:
    """Events after a block, oldest first; `more` if not all are given."""

    rows: Sequence[Row[Any]]
    more: bool


def was_undone(snapshot: Snapshot, block: Block) -> bool:
    """Whether a block that was seen is no longer part of the chain, as far as the index goes."""
    if block.number > snapshot.block.number:
        return True
    query = select(blocks.c.hash).where(blocks.c.number == block.number)
    found = snapshot.connection.scalar(query)
    return found is not None and found != block.hash


def changes_after(snapshot: Snapshot, number: int, limit: int) -> Changes:
    """Events of the blocks above this one."""
    query = select(events).where(events.c.block_number > number)
    order = events.c.block_number, events.c.log_index
    rows = snapshot.connection.execute(query.order_by(*order).limit(limit + 1)).all()
    return Changes(rows[:limit], len(rows) > limit)
