"""The statements that rows are written with, made once for each table and database.

Rows go to the driver as plain tuples, many at a time. This is the one place of the write path
where the kinds of databases differ: in how a value's place is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.types import TypeEngine

from backend.db.types import Json, Uint, canonical, digits

Values = Mapping[str, Any]
Key = Any  # the value of a primary key of one column, a tuple of them for several

PLACES = {"sqlite": "?", "postgresql": "%s"}


class Access:
    """One table. What the database counts by itself is not among its `names`."""

    def __init__(self, table: Table, place: str) -> None:
        self.table = table
        self.names = tuple(c.name for c in table.columns if c.autoincrement is not True)
        self.keys = tuple(column.name for column in table.primary_key)
        self.key_of: Callable[[Values], Key] = itemgetter(*self.keys)
        self.empty: dict[str, Any] = dict.fromkeys(self.names)
        self._place = place
        self._kept = {column.name: _converter(column.type) for column in table.columns}
        self._name = f'"{table.name}"'
        self._insert = (
            f"INSERT INTO {self._name} ({_listed(self.names)})"
            f" VALUES ({', '.join([place] * len(self.names))})"
        )

    def insert(self, connection: Connection, rows: Sequence[Values]) -> None:
        """New rows. Raises IntegrityError where a key is taken."""
        connection.exec_driver_sql(self._insert, self._columns(rows, self.names))

    def update(self, connection: Connection, names: Sequence[str], rows: Sequence[Values]) -> None:
        """These columns of rows that are there, each known by its key."""
        sets = ", ".join(f'"{name}" = {self._place}' for name in names)
        found = " AND ".join(f'"{name}" = {self._place}' for name in self.keys)
        statement = f"UPDATE {self._name} SET {sets} WHERE {found}"
        connection.exec_driver_sql(statement, self._columns(rows, (*names, *self.keys)))

    def _columns(self, rows: Sequence[Values], names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Column by column, because a column has one way to be kept."""
        columns: list[Iterable[Any]] = []
        for name in names:
            values, keep = [row[name] for row in rows], self._kept[name]
            columns.append(values if keep is None else map(keep, values))
        return list(zip(*columns, strict=True))


@cache
def access(table: Table, dialect: str) -> Access:
    """How a table is written in this kind of database."""
    return Access(table, PLACES[dialect])


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _converter(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """From a value to what the driver is given; None where they are the same."""
    if isinstance(kind, Uint):
        return digits
    if isinstance(kind, Json):
        return _json
    return None


def _json(value: Any) -> str | None:
    return None if value is None else canonical(value)
