"""What is read of a posted offer, before it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from backend.queries.offers import signed_offer
from backend.terms.offer import Offer

FREE_SHOWN = 20


@dataclass(frozen=True, slots=True)
class OfferRows:
    """A posted offer and what became of it; `booked` are open trades that it overlaps with."""

    row: Row[Any]
    taken: Sequence[int]
    cancelled: bool
    withdrawal: Row[Any] | None = None
    hiding: Row[Any] | None = None
    budget: Row[Any] | None = None
    booked: Sequence[str] = ()

    def offer(self) -> Offer:
        return signed_offer(self.row._asdict())

    def state(self, now: int) -> str:
        if self.cancelled:
            return "cancelled"
        if len(self.taken) >= self.row.fills:
            return "filled"
        started = 0 < self.row.starts_at < now
        return "expired" if started or now > self.row.expires_at else "live"

    def free_fills(self) -> list[int]:
        """The lowest numbers not taken, at most a few."""
        free: list[int] = []
        taken = set(self.taken)
        fill = 0
        while fill < self.row.fills and len(free) < FREE_SHOWN:
            if fill not in taken:
                free.append(fill)
            fill += 1
        return free
