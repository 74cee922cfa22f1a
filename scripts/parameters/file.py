"""Parameters from a TOML file, laid over a profile.

    [guardian]
    account = "0x..."            # or "none"
    [[reputation.genesis]]
    account = "0x..."
    points = "1500 points"
    [governor]
    voting_period = "5 days"     # or a plain number of seconds

A list replaces the profile's list; every other value replaces one value. Numbers are in the units
of `model.py`, or text with a unit of its own: seconds, minutes, hours, days, weeks, points, bps.
"""

import dataclasses
import re
import tomllib
import types
import typing
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from eth_utils.address import (
    is_checksum_address,
    is_checksum_formatted_address,
    is_hex_address,
    to_checksum_address,
)

from backend.terms.offer import ZERO_ADDRESS
from scripts.parameters.model import POINT, ParameterError, Parameters

UNITS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "point": POINT,
    "bps": 1,
}


def read(base: Parameters, file: Path) -> Parameters:
    """The parameters with what the file says in the place of what they said."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        raise ParameterError(f"{file}: there is no such file") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ParameterError(f"{file}: {error}") from None
    for name in ("profile", "local"):
        if name in values:
            raise ParameterError(f"{file}: {name} cannot be set by a file")
    try:
        found: Parameters = _lay_over(base, values, "")
    except ParameterError as error:
        raise ParameterError(f"{file}: {error}") from None
    return found


def _lay_over(base: Any, values: dict[str, Any], path: str) -> Any:
    hints = typing.get_type_hints(type(base))
    changed = {}
    for name, value in values.items():
        if name not in hints:
            raise ParameterError(f"{path}{name} is unknown; there are: {', '.join(sorted(hints))}")
        old = getattr(base, name)
        if dataclasses.is_dataclass(old) and isinstance(value, dict):
            changed[name] = _lay_over(old, value, f"{path}{name}.")
        else:
            changed[name] = _convert(hints[name], value, f"{path}{name}")
    return dataclasses.replace(base, **changed)


def _convert(kind: Any, value: Any, path: str) -> Any:
    if typing.get_origin(kind) is tuple:
        item = typing.get_args(kind)[0]
        if not isinstance(value, list):
            raise ParameterError(f"{path} must be a list")
        return tuple(_convert(item, one, f"{path}[{i}]") for i, one in enumerate(value))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _build(kind, value, path)
    if kind is int:
        return _number(value, path)
    if kind is Decimal:
        return _decimal(value, path)
    if kind is str or isinstance(kind, types.UnionType):
        named_account = path.rsplit(".", maxsplit=1)[-1] in {"account", "address"}
        return _address(value, path) if named_account else _text(value, path)
    raise ParameterError(f"{path} cannot be set by a file")


def _build(kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise ParameterError(f"{path} must be a table")
    hints = typing.get_type_hints(kind)
    if unknown := value.keys() - hints.keys():
        raise ParameterError(f"{path}.{min(unknown)} is unknown; there are: {', '.join(hints)}")
    required = {
        f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING
    }  # fields of lists of tables have no default factories
    if missing := required - value.keys():
        raise ParameterError(f"{path}.{min(missing)} is missing")
    return kind(**{k: _convert(hints[k], v, f"{path}.{k}") for k, v in value.items()})


def _number(value: Any, path: str) -> int:
    if isinstance(value, str):
        found = re.fullmatch(
            r"([0-9_]+(?:\.[0-9]+)?) *(second|minute|hour|day|week|point|bps)s?", value
        )
        if found is None:
            raise ParameterError(
                f'{path}: "{value}" is not a number with a unit ({", ".join(UNITS)})'
            )
        exact = Decimal(found[1]) * UNITS[found[2]]
        if exact != int(exact):
            raise ParameterError(f'{path}: "{value}" is finer than its smallest unit')
        return int(exact)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ParameterError(f"{path} must be a whole number that is not negative")
    if path.endswith(".points"):
        raise ParameterError(f'{path} needs a unit: "{value} points"')
    return value


def _decimal(value: Any, path: str) -> Decimal:
    try:
        found = Decimal(value) if isinstance(value, int | str | Decimal) else None
    except InvalidOperation:
        found = None
    if found is None or isinstance(value, bool) or not found.is_finite() or found < 0:
        raise ParameterError(f"{path} must be a number that is not negative")
    return found


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str) or not value:
        raise ParameterError(f"{path} must be text")
    return value


def _address(value: Any, path: str) -> str:
    if value in {"none", "native"}:
        return ZERO_ADDRESS
    if not isinstance(value, str) or not is_hex_address(value):
        raise ParameterError(f'{path}: "{value}" is not an address')
    if is_checksum_formatted_address(value) and not is_checksum_address(value):
        raise ParameterError(f'{path}: "{value}" has a wrong checksum')
    return str(to_checksum_address(value))
