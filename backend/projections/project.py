"""From a decoded event to all its rows."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import events
from backend.events import Record

# Imported for what they register.
from backend.projections import (  # noqa: F401
    appeals,
    attestations,
    court_credits,
    credits,
    disputes,
    jurors,
    members,
    offers,
    panels,
    proposal_types,
    proposals,
    reviews,
    rules,
    seats,
    seeds,
    settings,
    timelock,
    trades,
)
from backend.projections.registry import PROJECTIONS, origin


def project(record: Record, rows: Rows) -> None:
    """Writes what one event tells. Does nothing if it was told before among these blocks, of which
    the database has none yet: a log is known by its block's hash and its index."""
    event = record.event
    at = event.at
    if rows.is_new(events, block_hash=at.block_hash, log_index=at.log_index):
        return
    proposal_id = getattr(event, "proposal_id", None)
    rows.add(
        events,
        contract=record.contract,
        address=at.address,
        name=record.name,
        trade_id=getattr(event, "trade_id", None),
        proposal_id=None if proposal_id is None else str(proposal_id),
        case_id=getattr(event, "case_id", None),
        args=record.args,
        **origin(event),
    )
    PROJECTIONS[type(event)](event, rows)
