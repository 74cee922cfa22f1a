"""Offers that answer one another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from backend.db.tables import offers
from backend.queries.offers import find_offer, of_market
from backend.queries.snapshot import Snapshot

LONGEST = 20  # versions from the first offer to the last answer
SHOWN = 100


def before(at: Snapshot, row: Row[Any]) -> list[Row[Any]]:
    """The offers that led to this one, the first of all first. Ends at one that is forgotten."""
    found: list[Row[Any]] = []
    answered = row.answers
    while answered is not None and len(found) < LONGEST:
        earlier = find_offer(at, answered)
        if earlier is None:
            break
        found.append(earlier)
        answered = earlier.answers
    return found[::-1]


def after(at: Snapshot, row: Row[Any]) -> list[Row[Any]]:
    """The answers to this one, the answers to those, and so on, as they were posted."""
    found: list[Row[Any]] = []
    asked = [row.offer_hash]
    while asked and len(found) < SHOWN:
        query = of_market(at).where(offers.c.answers.in_(asked)).limit(SHOWN - len(found))
        rows = at.connection.execute(query).all()
        found += rows
        asked = [one.offer_hash for one in rows]
    return sorted(found, key=lambda one: (one.posted_at, one.offer_hash))
