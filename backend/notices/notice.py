"""A notice, and what carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class NoticeError(Exception):
    """It did not arrive; trying again may help."""


class Undeliverable(NoticeError):
    """It will never arrive: trying again does not help."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`account` has so many unread messages in a conversation."""

    account: str
    thread: str
    unread: int


class Channel(Protocol):
    """One way to carry notices."""

    name: str

    def carry(self, notice: Notice) -> None:
        """Raises NoticeError, or Undeliverable."""
