"""Reviews as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import FactOut, Shape
from backend.api.schemas.content import ContentOut, Kept
from backend.queries.reviews import TradeReviews
from backend.terms.rating import Rating

Pair = tuple[str, str]


class ReviewOut(Shape):
    """A review that was revealed. Times are unix seconds."""

    trade_id: str
    author: str
    subject: str
    rating: int = Field(description="1 to 5.")
    words: ContentOut | None = Field(description="Null: it has none.")
    revealed_at: int
    reply: ContentOut | None = Field(description="What the subject says to it.")
    replied_at: int | None
    fact: FactOut = Field(description="The latest log of this review: a reply is one.")


class StepOut(Shape):
    """What can be done about a review, by a function of the Reviews: from `beginsAt` (null: now) up
    to and including `until` (null: for ever), unix seconds of the chain."""

    function: Literal["commit", "reveal", "revealTogether", "review", "reply"]
    by: str | None = Field(description="Null: anyone who can open it, or has both signatures.")
    begins_at: int | None
    until: int | None


class SideReviewOut(Shape):
    """What one side of a trade says of another. `none`: nothing yet; `committed`: it is hidden;
    `expired`: it was never said, or stayed hidden, and counts as none."""

    author: str
    subject: str
    state: Literal["none", "committed", "revealed", "expired"]
    commitment: str | None = Field(description="26 bytes: the first of a hash.")
    review: ReviewOut | None
    next: list[StepOut]


class TradeReviewsOut(Shape):
    """Reviews of a closed trade, one for each ordered pair of its sides. Times are unix seconds."""

    commit_until: int
    reveal_until: int
    items: list[SideReviewOut]


class RatingOut(Shape):
    """One number for what others say, pulled to 3.50 while few say anything, and faded by age;
    `docs/reviews.md` has the arithmetic."""

    score: str = Field(description="Stars with two decimals, rounded down.")
    voices: int = Field(description="Authors; of each the newest review counts.")
    stars: list[int] = Field(description="How many of the voices gave 1 star, 2 stars, up to 5.")

    @classmethod
    def of(cls, rating: Rating | None) -> RatingOut | None:
        if rating is None:
            return None
        return cls(score=rating.shown, voices=rating.voices, stars=list(rating.stars))


def review_of(row: Row[Any], kept: Kept) -> ReviewOut:
    return ReviewOut(
        trade_id=row.trade_id,
        author=row.author,
        subject=row.subject,
        rating=row.rating,
        words=_content(row.content_hash, kept),
        revealed_at=row.revealed_at,
        reply=_content(row.reply_hash, kept),
        replied_at=row.replied_at,
        fact=FactOut.of(row),
    )


def trade_reviews(found: TradeReviews | None, kept: Kept, now: int) -> TradeReviewsOut | None:
    if found is None:
        return None
    return TradeReviewsOut(
        commit_until=found.windows.commit_until,
        reveal_until=found.windows.reveal_until,
        items=[_side_review(found, pair, kept, now) for pair in found.pairs],
    )


def _content(content_hash: str | None, kept: Kept) -> ContentOut | None:
    return None if content_hash is None else ContentOut.of(content_hash, kept)


def _side_review(found: TradeReviews, pair: Pair, kept: Kept, now: int) -> SideReviewOut:
    row = found.rows.get(pair)
    steps = [step for step in _steps(found, pair, now) if step.until is None or now <= step.until]
    revealed = row is not None and row.rating is not None
    state: Literal["none", "committed", "revealed", "expired"] = "none"
    if revealed:
        state = "revealed"
    elif not steps:
        state = "expired"
    elif row is not None:
        state = "committed"
    return SideReviewOut(
        author=pair[0],
        subject=pair[1],
        state=state,
        commitment=None if row is None else row.commitment,
        review=review_of(row, kept) if row is not None and revealed else None,
        next=steps,
    )


def _steps(found: TradeReviews, pair: Pair, now: int) -> Iterator[StepOut]:
    """Also those that are over."""
    author, subject = pair
    row, other = found.rows.get(pair), found.rows.get((subject, author))
    windows = found.windows
    after = windows.commit_until + 1 if now <= windows.commit_until else None
    last = windows.reveal_until
    if row is None:
        yield StepOut(function="commit", by=author, begins_at=None, until=windows.commit_until)
        if other is None:
            yield StepOut(function="revealTogether", by=None, begins_at=None, until=last)
            yield StepOut(function="review", by=author, begins_at=after, until=last)
    elif row.rating is None:
        begins = after if other is None else None
        yield StepOut(function="reveal", by=None, begins_at=begins, until=last)
    elif row.reply_hash is None:
        yield StepOut(function="reply", by=subject, begins_at=None, until=None)
