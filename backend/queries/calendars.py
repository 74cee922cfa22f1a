"""When a maker's thing is taken: open trades of offers in the same calendar."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, exists, func, select

from backend.db.tables import offer_parties, offers, trades, tranches
from backend.queries.offers import NAMED
from backend.queries.snapshot import Snapshot
from backend.terms.offer import Offer


def booked(
    at: Snapshot, offer_hash: str, offer: Offer, makers: Collection[str], calendar: str | None
) -> list[str]:
    """The open trades about the same thing that overlap in time, from start to the last due time.

    Only trades with a start of their own have a time; further fills of one offer never overlap, as
    its makers offered them side by side.
    """
    starts_at = offer.listing.starts_at
    if calendar is None or starts_at == 0:
        return []
    ends_at = starts_at + max(tranche.due_in for tranche in offer.terms.tranches)
    last_due = (
        select(func.max(tranches.c.due_in))
        .where(tranches.c.trade_id == trades.c.trade_id)
        .scalar_subquery()
    )
    of_makers = exists().where(NAMED, offer_parties.c.account.in_(list(makers)))
    query = (
        select(trades.c.trade_id)
        .join(
            offers,
            and_(
                offers.c.offer_hash == trades.c.offer_hash,
                offers.c.chain_id == at.chain_id,
                offers.c.escrow == at.escrow,
            ),
        )
        .where(
            offers.c.calendar == calendar,
            of_makers,
            trades.c.offer_hash != offer_hash,
            trades.c.open_tranches > 0,
            trades.c.starts_at > 0,
            trades.c.starts_at < ends_at,
            trades.c.starts_at + last_due > starts_at,
        )
        .order_by(trades.c.starts_at, trades.c.trade_id)
    )
    return list(at.connection.execute(query).scalars())
