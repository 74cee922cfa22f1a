"""How values are kept that SQL has no exact type for."""

from __future__ import annotations

import json
from typing import Any

import orjson
from sqlalchemy import Dialect, String, Text, TypeDecorator

END = 1 << 256
DIGITS = 78  # of 2^256 - 1


class Uint(TypeDecorator[int]):
    """An integer from 0 to 2^256 - 1, exact: 78 decimal digits, so that text sorts by value."""

    impl = String(DIGITS)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> str | None:
        return digits(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)


class Json(TypeDecorator[Any]):
    """JSON in the one form that equal values have: sorted keys, no spaces.

    Integers that may go beyond 2^53 are decimal strings inside.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def digits(value: int | None) -> str | None:
    """The text that a Uint is kept as."""
    if value is None:
        return None
    if not 0 <= value < END:
        raise ValueError(f"{value} is not from 0 to 2^256 - 1")
    return str(value).zfill(DIGITS)


def canonical(value: Any) -> str:
    """The JSON text of a value, always the same for equal values."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:  # an integer of more than 64 bits
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
