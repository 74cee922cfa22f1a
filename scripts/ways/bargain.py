"""Posted offers, and the trades that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.people import Person


@dataclass(frozen=True, slots=True)
class Signature:
    """Of a split, by the side in `role`."""

    role: str
    deadline: int
    signature: bytes


@dataclass(slots=True)
class Listed:
    """A posted offer: `terms` is the API's answer; `steps`, by fill, tranche and share, are signed
    beforehand and not posted."""

    terms: dict[str, Any]
    cast: Mapping[str, Person]
    taker: str
    steps: dict[tuple[int, int, int], Signature] = field(default_factory=dict)
    costs: list[tuple[str, str, int]] = field(default_factory=list)  # before it can be taken

    @property
    def hash(self) -> str:
        return str(self.terms["offerHash"])


@dataclass(slots=True)
class Bargain:
    """A trade, and what each side has paid in gas: role, call, gas."""

    listed: Listed
    trade_id: str
    fill: int
    call: tuple[Any, ...] | None = None  # as the API tells, once it is asked
    costs: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def starts_at(self) -> int:
        """Unix seconds; zero: when it was opened."""
        return int(self.listed.terms["offer"]["listing"]["startsAt"])

    @property
    def bytes_id(self) -> bytes:
        return bytes.fromhex(self.trade_id[2:])
