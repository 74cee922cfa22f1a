"""The budget of an offer, and what it asks of its takers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import AmountOut, Shape
from backend.queries.assets import AssetName
from backend.terms.acceptability import budget_per_fill
from backend.terms.attestations import LABELS
from backend.terms.offer import Listing, Offer


class BudgetOut(Shape):
    """What the sponsor has locked. `locked` is all it ever paid in; of that, `unlocked` went back
    to it and `left` is there for fills that nobody has taken; fills took the rest."""

    sponsor: str
    per_fill: AmountOut
    locked: AmountOut
    unlocked: AmountOut
    left: AmountOut
    fills_covered: int = Field(description="How many more fills `left` pays for.")


class ProgressOut(Shape):
    """How far the fills of a sponsored offer have come."""

    taken: int
    total: int
    paid: AmountOut = Field(description="To performers, of the sponsor's money, after the fee.")


def budget_of(
    offer: Offer, row: Row[Any] | None, names: Mapping[str, AssetName]
) -> BudgetOut | None:
    """None for an offer without a sponsor."""
    if offer.listing.sponsor == 0:
        return None
    asset, needed = offer.terms.asset, budget_per_fill(offer)
    left = 0 if row is None else int(row.amount)
    return BudgetOut(
        sponsor=offer.terms.parties[offer.listing.sponsor - 1],
        per_fill=AmountOut.of(asset, needed, names),
        locked=AmountOut.of(asset, 0 if row is None else int(row.locked), names),
        unlocked=AmountOut.of(asset, 0 if row is None else int(row.unlocked), names),
        left=AmountOut.of(asset, left, names),
        fills_covered=left // needed if needed else offer.listing.fills,
    )


def requirements(listing: Listing) -> list[str]:
    """What whoever takes the offer must have, in words."""
    wanted = [label for label in range(16) if listing.labels >> label & 1]
    told = [_label(label) for label in wanted]
    if listing.least_points:
        points = listing.least_points
        told.append(f"at least {points} point{'' if points == 1 else 's'} of reputation")
    return told


def _label(number: int) -> str:
    if number < len(LABELS):
        return f"label {number}, {LABELS[number]}"
    return f"label {number}, which nobody can have"
