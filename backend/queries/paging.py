"""Part of a list, from a sort key on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Tuple, literal, tuple_


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list, and the sort key of the last one if there are more."""

    rows: Sequence[Row[Any]]
    last: tuple[Any, ...] | None


def part_of(
    connection: Connection,
    query: Select[Any],
    order: Sequence[ColumnElement[Any]],
    after: Sequence[Any] | None,
    limit: int,
    *,
    rising: bool = False,
) -> Part:
    """At most `limit` rows in falling order of these columns, which together are unique."""
    if after is not None:
        place, key = tuple_(*order), _key(order, after)
        query = query.where(place > key if rising else place < key)
    sort = order if rising else [column.desc() for column in order]
    rows = connection.execute(query.order_by(*sort).limit(limit + 1)).all()
    if len(rows) <= limit:
        return Part(rows, None)
    rows = rows[:limit]
    return Part(rows, tuple(rows[-1]._mapping[column] for column in order))


def _key(order: Sequence[ColumnElement[Any]], after: Sequence[Any]) -> Tuple:
    """The values as their columns keep them."""
    values = zip(after, order, strict=True)
    return tuple_(*(literal(value, column.type) for value, column in values))
