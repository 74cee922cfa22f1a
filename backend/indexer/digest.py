"""A fingerprint of all facts: equal for every database that holds the same chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, Table, exists, select

from backend.db.tables import FACTS, blocks, checkpoint, events
from backend.db.types import canonical


def digest(connection: Connection) -> str:
    """The sha256 over every table's digest, in the order of their names."""
    total = hashlib.sha256()
    for name, value in sorted(table_digests(connection)):
        total.update(f"{name} {value}\n".encode())
    return total.hexdigest()


def table_digests(connection: Connection) -> Iterator[tuple[str, str]]:
    """Name and sha256 of each table: its rows in the order of the primary key, a line each."""
    for table in FACTS:
        found = hashlib.sha256()
        for row in connection.execute(facts(table)):
            found.update(canonical(list(row)).encode() + b"\n")
        yield table.name, found.hexdigest()


def facts(table: Table) -> Select[Any]:
    """The rows of a table that follow from the chain up to the checkpoint alone.

    Of blocks without an event only the last is one: how many others are kept depends on when
    they were read.
    """
    query = select(table).order_by(*table.primary_key)
    if table is not blocks:
        return query
    has_event = exists().where(events.c.block_number == blocks.c.number)
    is_last = exists().where(checkpoint.c.number == blocks.c.number)
    return query.where(has_event | is_last)
