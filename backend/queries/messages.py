"""Sealed messages: whose turn they were, who may read them, and how many are unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from backend.db.tables import (
    message_seats,
    message_threads,
    messages,
    messaging_keys,
    parties,
)
from backend.messages.keys import Publication
from backend.messages.octets import octets
from backend.messages.threads import Place, Thread
from backend.queries.offers import find_offer
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot
from backend.terms.offer import ZERO_ADDRESS


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation is for one account."""

    last_sequence: int
    last_hash: str | None
    read_up_to: int
    unread: int


def place_of(at: Snapshot) -> Place:
    return Place(at.chain_id, at.escrow)


def published(row: Row[Any]) -> Publication:
    """The keys of a row, as their account signed them."""
    return Publication(
        Place(row.chain_id, row.escrow),
        row.account,
        octets(row.sealing_key),
        octets(row.signing_key),
        row.created_at,
        octets(row.signature),
    )


def keys_of(connection: Connection, place: Place, account: str) -> Sequence[Row[Any]]:
    """All that it ever published here, those in use first."""
    query = select(messaging_keys).where(
        messaging_keys.c.chain_id == place.chain_id,
        messaging_keys.c.escrow == place.escrow,
        messaging_keys.c.account == account,
    )
    return connection.execute(query.order_by(messaging_keys.c.created_at.desc())).all()


def keys_in_use(
    connection: Connection, place: Place, accounts: Sequence[str]
) -> dict[str, Publication]:
    """Of those that have any."""
    found = {account: keys_of(connection, place, account) for account in accounts}
    return {account: published(rows[0]) for account, rows in found.items() if rows}


def parties_of(at: Snapshot, thread: Thread) -> list[str] | None:
    """Who talks there: the parties of the trade as the chain has them now, or those that the offer
    names and who asks. None: there is no such trade or offer, or one asks itself."""
    if thread.asker is None:
        query = select(parties.c.account).where(parties.c.trade_id == thread.reference)
        return list(at.connection.scalars(query.order_by(parties.c.seat))) or None
    offer = find_offer(at, thread.reference)
    if offer is None:  # dropped long after it expired: those who talked about it still may
        thread_id = "0x" + thread.id(place_of(at)).hex()
        query = select(message_seats.c.account).where(message_seats.c.thread_id == thread_id)
        return list(at.connection.scalars(query.order_by(message_seats.c.account))) or None
    named = [party for party in offer.parties if party != ZERO_ADDRESS]
    return None if thread.asker in named else [*named, thread.asker]


def standing(connection: Connection, thread_id: str, account: str) -> Standing:
    head = connection.execute(
        select(message_threads).where(message_threads.c.thread_id == thread_id)
    ).one_or_none()
    if head is None:
        return Standing(0, None, 0, 0)
    read = read_up_to(connection, thread_id, account)
    unread = connection.scalar(
        select(func.count()).where(
            messages.c.thread_id == thread_id,
            messages.c.sequence > read,
            messages.c.sender != account,
        )
    )
    return Standing(head.last_sequence, head.last_hash, read, unread or 0)


def read_up_to(connection: Connection, thread_id: str, account: str) -> int:
    """The last message that it said it has read."""
    found = connection.scalar(
        select(message_seats.c.read_up_to).where(
            message_seats.c.thread_id == thread_id, message_seats.c.account == account
        )
    )
    return found or 0


def list_messages(
    connection: Connection, thread_id: str, since: int, after: Sequence[Any] | None, limit: int
) -> Part:
    """Those with a number above `since`, in their order."""
    query = select(messages).where(messages.c.thread_id == thread_id, messages.c.sequence > since)
    return part_of(connection, query, (messages.c.sequence,), after, limit, rising=True)


def list_threads(at: Snapshot, account: str, after: Sequence[Any] | None, limit: int) -> Part:
    """Conversations that it has a seat in, those with the newest message first."""
    query = (
        select(message_threads, message_seats.c.read_up_to)
        .join(
            message_seats,
            and_(
                message_seats.c.thread_id == message_threads.c.thread_id,
                message_seats.c.account == account,
            ),
        )
        .where(message_threads.c.chain_id == at.chain_id, message_threads.c.escrow == at.escrow)
    )
    order = (message_threads.c.last_posted_at, message_threads.c.thread_id)
    return part_of(at.connection, query, order, after, limit)
