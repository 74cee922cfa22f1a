"""What people type, as fields of an input: 12.50, 3 days, 2026-05-03 12:00, 50%."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from backend.terms.plain.money import Money
from backend.terms.plain.template import unit_of

LENGTHS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_PART = re.compile(r"(\d+)\s*([a-z]+)")
_FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d")
HINTS = {
    "asset": "an amount in the asset's units, such as 12.50",
    "seconds": "a length of time, such as 3 days or 12h",
    "time": "a time in UTC, such as 2026-05-03 12:00",
    "basisPoints": "a share, such as 50%",
    "count": "a number",
    "text": "text",
    "hash": "0x and 64 hexadecimal digits",
}


def read_period(text: str) -> int:
    """Seconds of `3 days`, `1d 6h`, `90` (seconds). ValueError: it is none."""
    found = text.strip().lower()
    if found.isdecimal():
        return int(found)
    parts = _PART.findall(found)
    if not parts or _PART.sub("", found).strip(" ,"):
        raise ValueError(f"{text!r} is not a length of time: write 3 days, or 1d 6h")
    try:
        return sum(int(number) * LENGTHS[unit[0]] for number, unit in parts)
    except KeyError as error:
        raise ValueError(f"{text!r}: s, m, h, d and w are the units of time") from error


def read_time(text: str) -> int:
    """Unix seconds of a time in UTC. ValueError: it is none."""
    found = text.strip().removesuffix("UTC").strip()
    if found.isdecimal():
        return int(found)
    for pattern in _FORMATS:
        try:
            return int(datetime.strptime(found, pattern).replace(tzinfo=UTC).timestamp())
        except ValueError:
            continue
    raise ValueError(f"{text!r} is not a time: write 2026-05-03 12:00, in UTC")


def read_share(text: str) -> int:
    """Basis points of `50%`, or of `5000`. ValueError: it is none."""
    found = text.strip()
    if found.endswith("%"):
        return Money(decimals=2).read(found.removesuffix("%"))
    return int(found)


def read_value(field: FieldInfo, text: str, money: Money) -> Any:
    """A value of this field. ValueError: it cannot be read."""
    readers: dict[str, Callable[[str], Any]] = {
        "asset": money.read,
        "seconds": read_period,
        "time": read_time,
        "basisPoints": read_share,
        "count": int,
    }
    reader = readers.get(unit_of(field))
    return text if reader is None else reader(text)


def read_entry(shape: type[BaseModel], text: str, money: Money) -> dict[str, Any]:
    """One entry of a list: `title=a draft; pay=400; due-in=3 days`. ValueError."""
    found: dict[str, Any] = {}
    for part in text.split(";"):
        name, mark, value = part.partition("=")
        key = name.strip().replace("-", "_")
        if not mark or key not in shape.model_fields:
            raise ValueError(f"{part.strip()!r}: write {entry_hint(shape)}")
        found[key] = read_value(shape.model_fields[key], value.strip(), money)
    return found


def entry_hint(shape: type[BaseModel]) -> str:
    """How an entry is written."""
    return "; ".join(f"{name.replace('_', '-')}=..." for name in shape.model_fields)


def entries_of(field: FieldInfo) -> type[BaseModel] | None:
    """The shape of a list's entries; None if it is no list."""
    if unit_of(field) != "list":
        return None
    shape: type[BaseModel] = get_args(field.annotation)[0]
    return shape


def hint(field: FieldInfo) -> str:
    """How a value of it is written."""
    shape = entries_of(field)
    if shape is not None:
        return entry_hint(shape)
    if unit_of(field) == "choice":
        return " or ".join(map(str, get_args(field.annotation)))
    return HINTS[unit_of(field)]


def is_optional(field: FieldInfo) -> bool:
    """Whether it can be nothing."""
    union = get_origin(field.annotation) in (Union, UnionType)
    return union and type(None) in get_args(field.annotation)
