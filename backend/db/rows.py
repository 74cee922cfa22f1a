"""Writing rows so that they can be taken back.

Everything that blocks change goes through `Rows`, which holds the rows of a transaction in memory
and writes them together. What was there before a block is kept beside them, in the same
transaction, until the block is final; `take_back` puts it back, newest first.

    rows = Rows(connection)
    for block in blocks:
        rows.at(block.number, final=False)
        rows.change(trades, {"trade_id": trade}, open_tranches=0)
    rows.write()
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from backend.db.access import Access, Key, access
from backend.db.tables import metadata, undo

Row = Mapping[str, Any]


class RowError(Exception):
    """A row that must be there is not, or one that must not be is."""


class _Held:
    """What is held of one table. A row is never changed in place: a new one takes its place."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.rows: dict[Key, Row | None] = {}  # None: there is no such row
        self.added: dict[Key, None] = {}  # to insert, in this order
        self.changed: dict[Key, tuple[str, ...]] = {}  # columns to update
        self.newest: dict[str, Row | None] = {}  # by column
        self.remembered: set[Key] = set()  # in this block


class Rows:
    """The rows as the blocks of one transaction find and leave them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._held: dict[Table, _Held] = {}
        self._block_number = 0
        self._final = False
        self._undo: list[dict[str, Any]] = []

    def at(self, block_number: int, *, final: bool) -> None:
        """What follows is of this block; of a final one nothing is kept to undo it."""
        self._block_number, self._final = block_number, final
        for held in self._held.values():
            held.remembered.clear()

    def get(self, table: Table, **key: Any) -> Row | None:
        """One row by its primary key, or None."""
        held = self._held.get(table) or self._hold(table)
        return self._find(held, held.access.key_of(key))

    def is_new(self, table: Table, **key: Any) -> bool:
        """Whether a row was added here and is not written yet; the database is not asked."""
        held = self._held.get(table) or self._hold(table)
        return held.access.key_of(key) in held.added

    def newest(self, table: Table, by: str) -> Row | None:
        """The row with the largest value in a column, or None."""
        held = self._held.get(table) or self._hold(table)
        if by not in held.newest:
            self._write_table(held)
            query = select(table).order_by(table.c[by].desc()).limit(1)
            found = self._connection.execute(query).one_or_none()
            held.newest[by] = None if found is None else found._asdict()
        return held.newest[by]

    def where(self, table: Table, **values: Any) -> list[Row]:
        """Every row with these values."""
        held = self._held.get(table) or self._hold(table)
        self._write_table(held)
        found = self._connection.execute(_select(table, tuple(values)), _old(values))
        rows: list[Row] = [row._asdict() for row in found]
        held.rows |= {held.access.key_of(row): row for row in rows}
        return rows

    def need(self, table: Table, **key: Any) -> Row:
        """One row by its primary key. RowError if there is none."""
        held = self._held.get(table) or self._hold(table)
        found = self._find(held, held.access.key_of(key))
        if found is None:
            raise RowError(f"there is no row {key} in {table.name}")
        return found

    def add(self, table: Table, **values: Any) -> None:
        """A new row. RowError if its key is taken: at once, or when the rows are written."""
        held = self._held.get(table) or self._hold(table)
        key = held.access.key_of(values)
        if held.rows.get(key) is not None:
            raise RowError(f"there is a row {key} in {table.name} already")
        held.added[key] = None
        self._set(held, key, None, {**held.access.empty, **values})

    def change(self, table: Table, key: Row, **values: Any) -> None:
        """New values for some columns of a row. RowError if there is none."""
        held = self._held.get(table) or self._hold(table)
        place = held.access.key_of(key)
        before = self._find(held, place)
        if before is None:
            raise RowError(f"there is no row {key} in {table.name}")
        self._overwrite(held, place, before, values)

    def put(self, table: Table, **values: Any) -> None:
        """A whole row, in place of the one with its key if there is one."""
        held = self._held.get(table) or self._hold(table)
        key = held.access.key_of(values)
        before = self._find(held, key)
        if before is None:
            held.added[key] = None
            self._set(held, key, None, {**held.access.empty, **values})
        else:
            self._overwrite(held, key, before, values)

    def write(self) -> None:
        """Writes all that was added and changed. RowError if the key of a new row is taken."""
        for held in self._held.values():
            self._write_table(held)
        if self._undo:
            access(undo, self._dialect).insert(self._connection, self._undo)
            self._undo.clear()

    def _hold(self, table: Table) -> _Held:
        held = self._held[table] = _Held(access(table, self._dialect))
        return held

    def _find(self, held: _Held, key: Key) -> Row | None:
        try:
            return held.rows[key]
        except KeyError:
            pass
        names = held.access.keys
        values = key if len(names) > 1 else (key,)
        query = _select(held.access.table, names)
        sought = {f"old_{name}": value for name, value in zip(names, values, strict=True)}
        found = self._connection.execute(query, sought).one_or_none()
        row = held.rows[key] = None if found is None else found._asdict()
        return row

    def _overwrite(self, held: _Held, key: Key, before: Row, values: Row) -> None:
        if key not in held.added:
            names, known = tuple(values), held.changed.get(key, ())
            held.changed[key] = names if not known else _union(known, names)
        self._set(held, key, before, {**before, **values})

    def _set(self, held: _Held, key: Key, before: Row | None, row: Row) -> None:
        held.rows[key] = row
        for by, newest in held.newest.items():
            if newest is None or row[by] >= newest[by]:
                held.newest[by] = row
        if self._final or key in held.remembered:
            return
        held.remembered.add(key)
        self._undo.append(
            {
                "block_number": self._block_number,
                "table_name": held.access.table.name,
                "key": {name: row[name] for name in held.access.keys},
                "before": before,
            }
        )

    def _write_table(self, held: _Held) -> None:
        """Rows are found again after they were written: they stay held."""
        rows: Any = held.rows
        if held.added:
            added = [rows[key] for key in held.added]
            try:
                held.access.insert(self._connection, added)
            except IntegrityError as error:
                name = held.access.table.name
                raise RowError(f"a new row is in {name} already: {error.orig}") from error
            held.added.clear()
        if held.changed:
            alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
            for key, names in held.changed.items():
                alike[names].append(rows[key])
            for names, changed in alike.items():
                held.access.update(self._connection, names, changed)
            held.changed.clear()


def take_back(connection: Connection, above: int) -> None:
    """Undoes all that the blocks above this height wrote."""
    later = undo.c.block_number > above
    query = select(undo).where(later).order_by(undo.c.id.desc())
    for record in connection.execute(query).all():
        table = metadata.tables[record.table_name]
        key = _old(record.key)
        if record.before is None:
            connection.execute(_delete(table, tuple(record.key)), key)
        else:
            statement = _update(table, tuple(record.key), tuple(record.before))
            connection.execute(statement, {**key, **record.before})
    connection.execute(delete(undo).where(later))


def forget(connection: Connection, up_to: int) -> None:
    """Drops what is kept to undo blocks up to this height: they are final."""
    connection.execute(delete(undo).where(undo.c.block_number <= up_to))


# Statements are made once for each table and set of columns: making one takes longer than running
# it. The values to look for have a name of their own, because a key may be overwritten by itself.


def _old(values: Row) -> dict[str, Any]:
    return {f"old_{name}": value for name, value in values.items()}


def _match(table: Table, names: Sequence[str]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == bindparam(f"old_{name}") for name in names))


@cache
def _union(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *others)))


@cache
def _select(table: Table, names: tuple[str, ...]) -> Select[Any]:
    return select(table).where(_match(table, names))


@cache
def _update(table: Table, names: tuple[str, ...], columns: tuple[str, ...]) -> Update:
    values = {column: bindparam(column, type_=table.c[column].type) for column in columns}
    return update(table).where(_match(table, names)).values(values)


@cache
def _delete(table: Table, names: tuple[str, ...]) -> Delete:
    return delete(table).where(_match(table, names))
