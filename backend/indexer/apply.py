"""Applying blocks: their logs become rows, and the checkpoint moves, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Engine

from backend.chain import Block, Log
from backend.db import writing
from backend.db.rows import Rows
from backend.events import Decoder
from backend.indexer.errors import Reorged
from backend.indexer.state import keep, move, read_point
from backend.projections import project


@dataclass(frozen=True, slots=True)
class Stretch:
    """Successive blocks that lead on from the checkpoint.

    `parent_hash` is that of the first one, `blocks` those with logs, in order, `last` the last
    one, `head` the node's newest height.
    """

    parent_hash: str
    blocks: Sequence[Block]
    logs: Sequence[Log]
    last: Block
    head: int


def apply(engine: Engine, decoder: Decoder, stretch: Stretch, finality: int) -> int:
    """Writes a stretch; returns how many events it had.

    Raises Reorged, with nothing written, unless it leads on from the checkpoint.
    """
    known = {block.number: block for block in stretch.blocks}
    with writing(engine) as connection:
        point = read_point(connection)
        if point is None or point.hash != stretch.parent_hash:
            raise Reorged(f"block {stretch.last.number} does not lead on from the checkpoint")
        final = stretch.last.number <= stretch.head - finality
        rows = Rows(connection)
        for number, logs in groupby(stretch.logs, key=lambda log: log.block_number):
            rows.at(number, final=final)
            time = known[number].time
            for log in logs:
                project(decoder.decode(log, time), rows)
        rows.write()
        keep(connection, (known | {stretch.last.number: stretch.last}).values())
        move(connection, stretch.last, stretch.head, finality)
    return len(stretch.logs)
