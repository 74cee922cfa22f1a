"""What the indexer remembers of the chain: the checkpoint, the kept hashes, how it fares."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, insert, select, update

from backend.chain import Block
from backend.db.access import access
from backend.db.rows import forget
from backend.db.tables import blocks, checkpoint, events, progress

ONE = 1  # the id of the only row


@dataclass(frozen=True, slots=True)
class Point:
    """The last block applied, and the height below which nothing is undone."""

    number: int
    hash: str
    final: int


def read_point(connection: Connection) -> Point | None:
    """None for a database that nothing was applied to."""
    found = connection.execute(select(checkpoint)).one_or_none()
    if found is None:
        return None
    final = connection.scalar(select(progress.c.final))
    assert final is not None
    return Point(found.number, found.hash, final)


def last_block(connection: Connection) -> Block | None:
    """The last block applied, as it was kept."""
    point = read_point(connection)
    return None if point is None else kept(connection, point.number)


def halted(connection: Connection) -> str | None:
    """Why the indexer stopped for good, if it did."""
    return connection.scalar(select(progress.c.halted))


def kept(connection: Connection, number: int) -> Block | None:
    """The block that was applied at a height, if its hash is still kept."""
    found = connection.execute(select(blocks).where(blocks.c.number == number)).one_or_none()
    return None if found is None else Block(found.number, found.hash, found.parent_hash, found.time)


def kept_below(connection: Connection, number: int) -> Block | None:
    """The highest kept block at or below a height."""
    query = select(blocks).where(blocks.c.number <= number).order_by(blocks.c.number.desc())
    found = connection.execute(query.limit(1)).one_or_none()
    return None if found is None else Block(found.number, found.hash, found.parent_hash, found.time)


def keep(connection: Connection, found: Iterable[Block]) -> None:
    """Keeps the hashes of blocks above the checkpoint."""
    rows = [
        {"number": one.number, "hash": one.hash, "parent_hash": one.parent_hash, "time": one.time}
        for one in found
    ]
    access(blocks, connection.dialect.name).insert(connection, rows)


def move(connection: Connection, block: Block, head: int, finality: int) -> None:
    """Sets the checkpoint to a block applied, and drops what finality makes needless."""
    point = read_point(connection)
    before = point.final if point else block.number
    final = max(before, min(head - finality, block.number))
    _set_checkpoint(connection, block)
    seen(connection, head, final)
    forget(connection, final)
    has_event = exists().where(events.c.block_number == blocks.c.number)
    now_final = blocks.c.number.between(before, final - 1)
    connection.execute(delete(blocks).where(now_final, ~has_event))


def move_back(connection: Connection, block: Block) -> None:
    """Sets the checkpoint to an ancestor, above which all was taken back, and counts it."""
    connection.execute(delete(blocks).where(blocks.c.number > block.number))
    connection.execute(update(progress).values(rollbacks=progress.c.rollbacks + 1))
    _set_checkpoint(connection, block)


def seen(connection: Connection, head: int, final: int | None = None) -> None:
    """Notes the newest block the node told of, and that it answers."""
    values = {"head": head, "seen_at": int(time.time())}
    if final is not None:
        values["final"] = final
    if connection.execute(update(progress).values(values)).rowcount == 0:
        connection.execute(insert(progress).values(id=ONE, **{"final": head, **values}))


def halt(connection: Connection, reason: str | None) -> None:
    """Notes why the indexer stops for good; None once it goes on."""
    connection.execute(update(progress).values(halted=reason))


def _set_checkpoint(connection: Connection, block: Block) -> None:
    values = {"number": block.number, "hash": block.hash, "time": block.time}
    if connection.execute(update(checkpoint).values(values)).rowcount == 0:
        connection.execute(insert(checkpoint).values(id=ONE, **values))
