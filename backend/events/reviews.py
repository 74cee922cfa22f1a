"""What the Reviews tell. Times are unix seconds, hashes of content sha2-256, zero for none."""

from __future__ import annotations

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEvent(Event):
    """Something happened to the review of `subject` by `author`."""

    trade_id: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCommitted(ReviewEvent):
    """`commitment` has 26 bytes; see `backend.terms.reviews`."""

    commitment: str
    commit_until: int
    reveal_until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRevealed(ReviewEvent):
    """`rating` is 1 to 5."""

    rating: int
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyGiven(ReviewEvent):
    content_hash: str
