"""What sides of closed trades say of each other."""

from __future__ import annotations

from typing import Any

from backend.db.rows import Rows
from backend.db.tables import reviews
from backend.events.reviews import ReplyGiven, ReviewCommitted, ReviewEvent, ReviewRevealed
from backend.projections.registry import origin, projects

NO_CONTENT = "0x" + "00" * 32


@projects(ReviewCommitted)
def review_committed(event: ReviewCommitted, rows: Rows) -> None:
    rows.add(
        reviews,
        commitment=event.commitment,
        committed_at=event.at.block_time,
        commit_until=event.commit_until,
        reveal_until=event.reveal_until,
        **_key(event),
        **origin(event),
    )


@projects(ReviewRevealed)
def review_revealed(event: ReviewRevealed, rows: Rows) -> None:
    """One that was committed to, or one that never was hidden."""
    told: dict[str, Any] = {
        "rating": event.rating,
        "content_hash": _words(event.content_hash),
        "revealed_at": event.at.block_time,
        **origin(event),
    }
    if rows.get(reviews, **_key(event)) is None:
        rows.add(reviews, **_key(event), **told)
    else:
        rows.change(reviews, _key(event), **told)


@projects(ReplyGiven)
def reply_given(event: ReplyGiven, rows: Rows) -> None:
    rows.change(
        reviews,
        _key(event),
        reply_hash=_words(event.content_hash),
        replied_at=event.at.block_time,
        **origin(event),
    )


def _key(event: ReviewEvent) -> dict[str, Any]:
    return {"trade_id": event.trade_id, "author": event.author, "subject": event.subject}


def _words(content_hash: str) -> str | None:
    return None if content_hash == NO_CONTENT else content_hash
