"""The kinds of trade, in the order of the fee table: kind k stands at index k - 1."""

from __future__ import annotations

KIND_NAMES = (
    "goods",
    "digital",
    "gig",
    "stay",
    "rental",
    "ride",
    "guide",
    "delivery",
    "campaign",
    "other",
)


def kind_name(kind: int) -> str:
    """The name of a row of the fee table, from 1 on."""
    return KIND_NAMES[kind - 1] if 1 <= kind <= len(KIND_NAMES) else "unknown"
