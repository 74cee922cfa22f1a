"""Posted offers, and which of them can still be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from backend.db.tables import cancelled_offers, cancelled_until, offer_parties, offers, trades
from backend.queries.snapshot import Snapshot
from backend.queries.unlisted import is_withdrawn
from backend.terms.offer import Listing, Offer, Terms, Tranche

NAMED = and_(
    offer_parties.c.chain_id == offers.c.chain_id,
    offer_parties.c.escrow == offers.c.escrow,
    offer_parties.c.offer_hash == offers.c.offer_hash,
)


def listing_of(row: Mapping[str, Any]) -> Listing:
    """What a row of an offer, or of a trade, tells of how it was offered."""
    return Listing(
        content_hash=bytes.fromhex(row["content_hash"][2:]),
        kind=row["kind"],
        max_fee_bps=row["max_fee_bps"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        fills=row["fills"],
        salt=row["salt"],
        starts_at=row["starts_at"],
        sponsor=row["sponsor"],
        labels=row["labels"],
        least_points=row["least_points"],
    )


def signed_offer(row: Mapping[str, Any]) -> Offer:
    """The signed message that a row of an offer holds."""
    tranches = tuple(Tranche.unpack(int(word)) for word in row["tranches"])
    return Offer(Terms(row["asset"], tuple(row["parties"]), tranches), listing_of(row))


def of_market(snapshot: Snapshot) -> Select[Any]:
    """Every offer of this market, live or not."""
    return select(offers).where(
        offers.c.chain_id == snapshot.chain_id, offers.c.escrow == snapshot.escrow
    )


def is_live(now: int) -> ColumnElement[bool]:
    """Neither expired nor started nor cancelled nor filled. An offer ends when any of its parties
    ends all of its own, though it alone could then still take it."""
    taken = (
        select(func.count())
        .select_from(trades)
        .where(trades.c.offer_hash == offers.c.offer_hash)
        .scalar_subquery()
    )
    ended = exists().where(cancelled_offers.c.offer_hash == offers.c.offer_hash)
    ended_together = exists().where(
        NAMED,
        cancelled_until.c.party == offer_parties.c.account,
        cancelled_until.c.created_until >= offers.c.created_at,
    )
    starts = or_(offers.c.starts_at == 0, offers.c.starts_at >= now)
    return and_(offers.c.expires_at >= now, starts, offers.c.fills > taken, ~ended, ~ended_together)


def find_offer(snapshot: Snapshot, offer_hash: str) -> Row[Any] | None:
    query = of_market(snapshot).where(offers.c.offer_hash == offer_hash)
    return snapshot.connection.execute(query).one_or_none()


def count_live(snapshot: Snapshot, account: str) -> int:
    """Live offers that name this account."""
    query = of_market(snapshot).where(is_live(snapshot.now), ~is_withdrawn())
    query = query.where(exists().where(NAMED, offer_parties.c.account == account))
    return _count(snapshot, query)


def count_signed(snapshot: Snapshot, maker: str) -> int:
    """Live offers that this account signed: who names others in offers takes no room of theirs."""
    live = of_market(snapshot).where(is_live(snapshot.now), ~is_withdrawn())
    return _count(snapshot, live.where(_is_signed_by(maker)))


def count_posted(snapshot: Snapshot, maker: str, since: int) -> tuple[int, int]:
    """How many offers of this account were posted after a time (unix seconds of the clock), and
    when the first of them was."""
    query = of_market(snapshot).where(offers.c.posted_at > since, _is_signed_by(maker))
    found = query.subquery()
    told = select(func.count(), func.min(found.c.posted_at)).select_from(found)
    count, first = snapshot.connection.execute(told).one()
    return count, first or since


def _is_signed_by(maker: str) -> ColumnElement[bool]:
    """Of the offers that name an account, those with its signature."""
    signed = type_coerce(offers.c.signatures, Text).contains(f'"{maker}":')
    return exists().where(NAMED, offer_parties.c.account == maker) & signed


def count_all(snapshot: Snapshot) -> int:
    return _count(snapshot, of_market(snapshot))


def _count(snapshot: Snapshot, query: Select[Any]) -> int:
    return snapshot.connection.scalar(select(func.count()).select_from(query.subquery())) or 0


def cancellation_of(
    snapshot: Snapshot, offer_hash: str, parties: Sequence[str], created_at: int
) -> tuple[str, int | None] | None:
    """Who ended this offer, and if together with others, those created up to when."""
    one = select(cancelled_offers.c.by).where(cancelled_offers.c.offer_hash == offer_hash)
    by = snapshot.connection.scalar(one)
    if by is not None:
        return by, None
    together = select(cancelled_until.c.party, cancelled_until.c.created_until).where(
        cancelled_until.c.party.in_(parties), cancelled_until.c.created_until >= created_at
    )
    found = snapshot.connection.execute(together.order_by(cancelled_until.c.party)).first()
    return None if found is None else (found.party, found.created_until)
