"""Writing rows so that they can be taken back.

Everything that a block changes goes through `Rows`. What was there before is kept beside it, in
the same transaction, until the block is final; `take_back` puts it back, newest first.
"""

from __future__ import annotations

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
    insert,
    select,
    update,
)

from backend.db.tables import metadata, undo

Row = Mapping[str, Any]


class RowError(Exception):
    """A row that must be there is not, or one that must not be is."""


class Rows:
    """The rows as one block finds and leaves them."""

    def __init__(self, connection: Connection, block_number: int, *, final: bool) -> None:
        self._connection = connection
        self._block_number = block_number
        self._final = final

    def get(self, table: Table, **key: Any) -> Row | None:
        """One row by its primary key, or None."""
        return _get(self._connection, table, key)

    def newest(self, table: Table, by: str) -> Row | None:
        """The row with the largest value in a column, or None."""
        query = select(table).order_by(table.c[by].desc()).limit(1)
        found = self._connection.execute(query).one_or_none()
        return None if found is None else found._asdict()

    def where(self, table: Table, **values: Any) -> list[Row]:
        """Every row with these values."""
        found = self._connection.execute(_select(table, tuple(values)), _old(values))
        return [row._asdict() for row in found]

    def need(self, table: Table, **key: Any) -> Row:
        """One row by its primary key. RowError if there is none."""
        found = self.get(table, **key)
        if found is None:
            raise RowError(f"there is no row {key} in {table.name}")
        return found

    def add(self, table: Table, **values: Any) -> None:
        """A new row. RowError if its key is taken."""
        key = _key(table, values)
        if self.get(table, **key) is not None:
            raise RowError(f"there is a row {key} in {table.name} already")
        self._connection.execute(insert(table), values)
        self._remember(table, key, None)

    def change(self, table: Table, key: Row, **values: Any) -> None:
        """New values for some columns of a row. RowError if there is none."""
        before = self.need(table, **key)
        _overwrite(self._connection, table, key, values)
        self._remember(table, key, before)

    def put(self, table: Table, **values: Any) -> None:
        """A whole row, in place of the one with its key if there is one."""
        key = _key(table, values)
        before = self.get(table, **key)
        if before is None:
            self._connection.execute(insert(table), values)
        else:
            _overwrite(self._connection, table, key, values)
        self._remember(table, key, before)

    def _remember(self, table: Table, key: Row, before: Row | None) -> None:
        if self._final:
            return
        record = {
            "block_number": self._block_number,
            "table_name": table.name,
            "key": dict(key),
            "before": before,
        }
        self._connection.execute(insert(undo), record)


def take_back(connection: Connection, above: int) -> None:
    """Undoes all that the blocks above this height wrote."""
    later = undo.c.block_number > above
    query = select(undo).where(later).order_by(undo.c.id.desc())
    for record in connection.execute(query).all():
        table = metadata.tables[record.table_name]
        if record.before is None:
            connection.execute(_delete(table, tuple(record.key)), _old(record.key))
        else:
            _overwrite(connection, table, record.key, record.before)
    connection.execute(delete(undo).where(later))


def forget(connection: Connection, up_to: int) -> None:
    """Drops what is kept to undo blocks up to this height: they are final."""
    connection.execute(delete(undo).where(undo.c.block_number <= up_to))


def _key(table: Table, values: Row) -> dict[str, Any]:
    return {column.name: values[column.name] for column in table.primary_key}


def _get(connection: Connection, table: Table, key: Row) -> Row | None:
    found = connection.execute(_select(table, tuple(key)), _old(key)).one_or_none()
    return None if found is None else found._asdict()


def _overwrite(connection: Connection, table: Table, key: Row, values: Row) -> None:
    connection.execute(_update(table, tuple(key), tuple(values)), {**_old(key), **values})


# Statements are made once for each table and set of columns: making one takes longer than running
# it. The values to look for have a name of their own, because a key may be overwritten by itself.


def _old(values: Row) -> dict[str, Any]:
    return {f"old_{name}": value for name, value in values.items()}


def _match(table: Table, names: Sequence[str]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == bindparam(f"old_{name}") for name in names))


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
