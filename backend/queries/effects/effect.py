"""The parts of what a call would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.terms.standing import Check, Standing, Unit


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after; `old` is None where it is not known, or was never set."""

    field: str
    old: str | None
    new: str | None
    unit: Unit
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """`amount` is base units that leave the treasury; the zero address is the chain's coin."""

    asset: str
    to: str
    amount: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a call does. `notice` is seconds from its execution until it is in force. `checks` are
    those that no single field has. `warning` is about what no list of fields can show."""

    changes: tuple[Change, ...] = ()
    payments: tuple[Payment, ...] = ()
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    notice: int | None = None
    warning: str | None = None


Values = Mapping[str, Any]
Reader = Callable[[Values, Standing], tuple[Effect, Standing]]


def field_change(
    standing: Standing, contract: str, bounds: str, name: str, old: int | None, new: int, unit: Unit
) -> tuple[Change, ...]:
    """One number, if it changes."""
    if old == new:
        return ()
    checks = standing.checks(contract, bounds, old, new)
    return (Change(name, None if old is None else str(old), str(new), unit, checks),)


def flag(value: bool) -> str:
    return "true" if value else "false"
