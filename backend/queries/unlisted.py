"""Offers that are not listed, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, select

from backend.db.tables import moderation, offers, withdrawn_offers
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot

_later = moderation.alias("later")


def is_withdrawn() -> ColumnElement[bool]:
    w = withdrawn_offers.c
    return exists().where(
        w.chain_id == offers.c.chain_id,
        w.escrow == offers.c.escrow,
        w.offer_hash == offers.c.offer_hash,
    )


def is_hidden() -> ColumnElement[bool]:
    """The newest decision about it is to hide it."""
    newest = (
        select(func.max(_later.c.id))
        .where(
            _later.c.chain_id == offers.c.chain_id,
            _later.c.escrow == offers.c.escrow,
            _later.c.offer_hash == offers.c.offer_hash,
        )
        .scalar_subquery()
    )
    return exists().where(and_(moderation.c.id == newest, moderation.c.action == "hide"))


def withdrawal_of(snapshot: Snapshot, offer_hash: str) -> Row[Any] | None:
    query = select(withdrawn_offers).where(
        withdrawn_offers.c.chain_id == snapshot.chain_id,
        withdrawn_offers.c.escrow == snapshot.escrow,
        withdrawn_offers.c.offer_hash == offer_hash,
    )
    return snapshot.connection.execute(query).one_or_none()


def hiding_of(snapshot: Snapshot, offer_hash: str) -> Row[Any] | None:
    """The decision that hides it now."""
    query = _log(snapshot).where(moderation.c.offer_hash == offer_hash)
    row = snapshot.connection.execute(query.order_by(moderation.c.id.desc()).limit(1)).one_or_none()
    return row if row is not None and row.action == "hide" else None


def list_decisions(snapshot: Snapshot, after: Sequence[Any] | None, limit: int) -> Part:
    """The newest first."""
    return part_of(snapshot.connection, _log(snapshot), (moderation.c.id,), after, limit)


def _log(snapshot: Snapshot) -> Any:
    return select(moderation).where(
        moderation.c.chain_id == snapshot.chain_id, moderation.c.escrow == snapshot.escrow
    )
