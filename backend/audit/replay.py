"""Every fact once more, from logs alone, and whether the database has exactly these rows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, select

from backend.audit.book import Book, compare
from backend.audit.difference import NOTHING, ROW, Difference
from backend.db import migrate, open_engine, reading
from backend.db.tables import FACTS, undo
from backend.events import Decoder
from backend.indexer.apply import apply
from backend.indexer.digest import facts
from backend.indexer.market import begin
from backend.indexer.read import next_range

RANGE = 2_000  # blocks

Tell = Callable[[int, int], None]


@contextmanager
def replayed(book: Book, final: int, tell: Tell) -> Iterator[Engine]:
    """A database of its own, built up to the book's block; from `final` on with what undoes."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(str(Path(folder) / "replay.sqlite"))
        migrate(engine)
        _replay(engine, book, final, tell)
        yield engine
        engine.dispose()


def differences(book: Book, engine: Engine, final: int) -> Iterator[Difference]:
    """Rows that are missing, too many, or not the same."""
    with reading(engine) as chain:
        for table in FACTS:
            yield from _compare_table(table, facts(table), book.connection, chain)
        later = select(undo.c.block_number, undo.c.table_name, undo.c.key, undo.c.before)
        later = later.where(undo.c.block_number > final).order_by(undo.c.id)
        pairs = zip_longest(book.connection.execute(later), chain.execute(later))
        for place, (mine, told) in enumerate(pairs):
            if mine is None or told is None:
                here, there = (NOTHING, "is there") if mine is None else ("is there", NOTHING)
                yield Difference(undo.name, {"place": place}, ROW, here, there, "the logs")
                continue
            for column, (here, there) in zip(
                told._fields, zip(mine, told, strict=True), strict=True
            ):
                if here != there:
                    yield Difference(undo.name, {"place": place}, column, here, there, "the logs")


def _replay(engine: Engine, book: Book, final: int, tell: Tell) -> None:
    deployment, node, last = book.deployment, book.node, book.block.number
    start = node.block(deployment.start_block)
    assert start is not None
    begin(engine, node, deployment, start, final)
    decoder = Decoder(deployment.contracts)
    addresses = frozenset(deployment.contracts.values())
    number = start.number
    while number < last:
        until = min(number + RANGE, final if number < final else last)
        stretch = next_range(node, number + 1, until, final, addresses)
        apply(engine, decoder, stretch, finality=0)
        number = stretch.last.number
        tell(number - start.number, last - start.number)


def _compare_table(
    table: Table, query: Select[Any], database: Connection, chain: Connection
) -> Iterator[Difference]:
    names = [column.name for column in table.primary_key]
    ours = {tuple(row[name] for name in names): row for row in _rows(database, query)}
    theirs = {tuple(row[name] for name in names): row for row in _rows(chain, query)}
    for key in sorted(ours.keys() | theirs.keys(), key=str):
        named = dict(zip(names, key, strict=True))
        if key not in theirs:
            yield Difference(table.name, named, ROW, "is there", NOTHING, "the logs")
        elif key not in ours:
            yield Difference(table.name, named, ROW, NOTHING, "is there", "the logs")
        else:
            yield from compare(table, ours[key], "the logs", **theirs[key])


def _rows(connection: Connection, query: Select[Any]) -> Iterator[dict[str, Any]]:
    for row in connection.execute(query):
        yield row._asdict()
