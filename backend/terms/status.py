"""Where a tranche stands: twin of ``TrancheStatus`` in ``contracts/types/Trade.sol``."""

from __future__ import annotations

from enum import StrEnum


class TrancheStatus(StrEnum):
    """In the contract's order; `number` is the contract's value."""

    NONE = "none"
    OPEN = "open"
    PERFORMED = "performed"
    DISPUTED = "disputed"
    ACCEPTED = "accepted"
    REFUNDED = "refunded"
    LAPSED = "lapsed"
    MISSED = "missed"
    SPLIT = "split"
    RULED = "ruled"
    DEFAULTED = "defaulted"

    @property
    def number(self) -> int:
        return tuple(TrancheStatus).index(self)

    @property
    def is_final(self) -> bool:
        return self.number >= TrancheStatus.ACCEPTED.number

    @property
    def is_partial(self) -> bool:
        """Divided by basis points."""
        return self.number >= TrancheStatus.SPLIT.number
