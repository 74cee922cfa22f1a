"""Every fact once more, from logs alone, and whether the database has exactly these rows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, select, type_coerce
from sqlalchemy.types import NullType

from backend.audit.book import Book, Row, shown
from backend.audit.difference import NOTHING, ROW, Difference
from backend.db import migrate, open_engine, reading
from backend.db.tables import FACTS, undo
from backend.events import Decoder
from backend.indexer.apply import apply
from backend.indexer.digest import facts
from backend.indexer.market import begin
from backend.indexer.read import next_range

RANGE = 2_000  # blocks
TOLD_BY = "the logs"

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
    undone = select(undo).where(undo.c.block_number > final).order_by(undo.c.id)
    with reading(engine) as chain:
        for table in FACTS:
            yield from _compare_table(table, facts(table), book.connection, chain)
        yield from _compare_undo(undone, book.connection, chain)


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
        named = {name: shown(table, name, part) for name, part in zip(names, key, strict=True)}
        if key not in theirs:
            yield Difference(table.name, named, ROW, "is there", NOTHING, TOLD_BY)
        elif key not in ours:
            yield Difference(table.name, named, ROW, NOTHING, "is there", TOLD_BY)
        else:
            yield from _compare_row(table, named, ours[key], theirs[key])


def _compare_undo(
    query: Select[Any], database: Connection, chain: Connection
) -> Iterator[Difference]:
    """By their place: the numbers are the database's own."""
    for place, pair in enumerate(zip_longest(_rows(database, query), _rows(chain, query))):
        mine, told = pair
        key = {"place": place}
        if mine is None or told is None:
            here, there = (NOTHING, "is there") if mine is None else ("is there", NOTHING)
            yield Difference(undo.name, key, ROW, here, there, TOLD_BY)
        else:
            yield from _compare_row(undo, key, {**mine, "id": 0}, {**told, "id": 0})


def _compare_row(table: Table, key: Row, ours: Row, theirs: Row) -> Iterator[Difference]:
    for name, value in theirs.items():
        if ours[name] != value:
            here, there = shown(table, name, ours[name]), shown(table, name, value)
            yield Difference(table.name, key, name, here, there, TOLD_BY)


def _rows(connection: Connection, query: Select[Any]) -> Iterator[dict[str, Any]]:
    """As they are stored: a value that makes no sense is a difference, not an error."""
    raw = query.with_only_columns(
        *(type_coerce(column, NullType()).label(column.key) for column in query.selected_columns)
    )
    for row in connection.execute(raw):
        yield row._asdict()
