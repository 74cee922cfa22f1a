"""Proposals that cannot be drafted."""

from __future__ import annotations

from backend.api.problem_types.kind import new

DRAFT_CONFLICT = new(
    "draft-conflict",
    400,
    "Two changes are of the same thing",
    "Give it once; `field` names it.",
)
DRAFT_INCOMPLETE = new(
    "draft-incomplete",
    400,
    "A change leaves something open",
    "An asset that was never listed needs `allowed` and `rate`.",
)

TOO_MANY_TRADES = new(
    "too-many-trades",
    409,
    "Too many trades to reckon at once",
    "Ask for fewer days; `trades` is how many there are, `limit` how many there may be.",
)
