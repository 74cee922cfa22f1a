"""Offers that were ended. Those taken are told by the trades."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import cancelled_offers, cancelled_until
from backend.events.escrow import OfferCancelled, OffersCancelled
from backend.projections.registry import origin, projects


@projects(OfferCancelled)
def offer_cancelled(event: OfferCancelled, rows: Rows) -> None:
    rows.add(cancelled_offers, offer_hash=event.offer_hash, by=event.by, **origin(event))


@projects(OffersCancelled)
def offers_cancelled(event: OffersCancelled, rows: Rows) -> None:
    rows.put(cancelled_until, party=event.party, created_until=event.created_until, **origin(event))
