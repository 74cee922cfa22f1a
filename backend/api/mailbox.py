"""Keeping keys and sealed messages: what is checked in the same transaction that writes it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.api import problem_types as types
from backend.api.errors import Problem
from backend.api.limits import Limits
from backend.db import DatabaseBusy, DatabaseError, writing
from backend.db.tables import message_seats, message_threads, messages, messaging_keys
from backend.messages.envelope import FIRST, Envelope
from backend.messages.keys import Publication
from backend.messages.octets import text_of
from backend.messages.threads import Thread
from backend.queries.messages import keys_of

MINUTE, DAY = 60, 86_400
CLOCKS_DIFFER = 300  # seconds that a client's clock may be off


@contextmanager
def kept() -> Iterator[None]:
    """Problem: the database cannot be written now."""
    try:
        yield
    except IntegrityError as error:
        detail = "another one came at the same moment"
        raise Problem(types.DATABASE_BUSY, detail, retry_after=1) from error
    except DatabaseError as error:
        held = isinstance(error, DatabaseBusy)
        detail = "another program holds it" if held else "it cannot be written"
        raise Problem(types.DATABASE_BUSY, detail, retry_after=2) from error


def keep_keys(engine: Engine, keys: Publication, limits: Limits) -> bool:
    """True if they are new. Problem: not after those in use, ahead of time, or too many."""
    now = int(time.time())
    key_id = text_of(keys.id())
    with writing(engine) as connection:
        known = keys_of(connection, keys.place, keys.account)
        if any(row.key_id == key_id for row in known):
            return False
        if keys.created_at > now + CLOCKS_DIFFER or (
            known and keys.created_at <= known[0].created_at
        ):
            since = known[0].created_at if known else None
            raise Problem(
                types.KEY_OUTDATED,
                f"they are of {keys.created_at}",
                createdAt=keys.created_at,
                inUse=since,
                now=now,
            )
        if sum(row.posted_at > now - DAY for row in known) >= limits.keys_per_day:
            raise Problem(
                types.TOO_MANY_MESSAGES,
                f"{keys.account} has published {limits.keys_per_day} in a day",
                retry_after=DAY,
                limit=limits.keys_per_day,
            )
        connection.execute(
            insert(messaging_keys).values(
                key_id=key_id,
                chain_id=keys.place.chain_id,
                escrow=keys.place.escrow,
                account=keys.account,
                sealing_key=text_of(keys.sealing_key),
                signing_key=text_of(keys.signing_key),
                created_at=keys.created_at,
                signature=text_of(keys.signature),
                posted_at=now,
            )
        )
    return True


def keep_message(
    engine: Engine, thread: Thread, envelope: Envelope, parties: Sequence[str], limits: Limits
) -> int:
    """Adds a message that was checked, and says when it came (unix seconds).

    Problem: it is known, does not follow on the last one, is not of now, or is one too many.
    """
    header = envelope.header
    now = int(time.time())
    thread_id, message_hash = text_of(header.thread), text_of(header.hash())
    with writing(engine) as connection:
        known = connection.execute(
            select(messages.c.sequence).where(messages.c.hash == message_hash)
        ).one_or_none()
        if known is not None:
            raise Problem(
                types.MESSAGE_KNOWN, f"it is number {known.sequence}", sequence=known.sequence
            )
        if abs(header.sent_at - now) > CLOCKS_DIFFER:
            raise Problem(types.WRONG_TIME, f"it is of {header.sent_at}", now=now)
        head = connection.execute(
            select(message_threads).where(message_threads.c.thread_id == thread_id)
        ).one_or_none()
        last, last_hash = _last(head)
        if (header.sequence, text_of(header.previous)) != (last + 1, last_hash):
            raise Problem(
                types.OUT_OF_ORDER,
                f"the next one is number {last + 1}",
                sequence=last + 1,
                previous=last_hash,
            )
        _check_room(connection, thread, thread_id, header.sender, last, now, limits)
        of_last = {"last_sequence": last + 1, "last_hash": message_hash, "last_posted_at": now}
        if head is None:
            connection.execute(
                insert(message_threads).values(
                    thread_id=thread_id,
                    chain_id=header.place.chain_id,
                    escrow=header.place.escrow,
                    name=str(thread),
                    asker=thread.asker,
                    opened_at=now,
                    **of_last,
                )
            )
        else:
            mine = message_threads.c.thread_id == thread_id
            connection.execute(update(message_threads).where(mine).values(**of_last))
        _seat(connection, thread_id, parties)
        connection.execute(insert(messages).values(**_row(envelope), posted_at=now))
    return now


def mark_read(engine: Engine, thread_id: str, account: str, sequence: int) -> None:
    """It has read up to there: never back, never beyond the last message."""
    with writing(engine) as connection:
        last = connection.scalar(
            select(message_threads.c.last_sequence).where(message_threads.c.thread_id == thread_id)
        )
        if last is None:
            return
        _seat(connection, thread_id, [account])
        mine = (message_seats.c.thread_id == thread_id, message_seats.c.account == account)
        upto = min(sequence, last)
        connection.execute(
            update(message_seats)
            .where(*mine, message_seats.c.read_up_to < upto)
            .values(read_up_to=upto)
        )


def _check_room(
    connection: Connection,
    thread: Thread,
    thread_id: str,
    sender: str,
    last: int,
    now: int,
    limits: Limits,
) -> None:
    if last >= limits.thread_messages:
        limit = limits.thread_messages
        raise Problem(types.TOO_MANY_MESSAGES, f"a conversation holds {limit}", limit=limit)
    recent = connection.scalar(
        select(func.count()).where(messages.c.sender == sender, messages.c.posted_at > now - MINUTE)
    )
    if (recent or 0) >= limits.messages_per_minute:
        limit = limits.messages_per_minute
        raise Problem(
            types.TOO_MANY_MESSAGES,
            f"{sender} has written {limit} in a minute",
            retry_after=MINUTE,
            limit=limit,
        )
    if sender == thread.asker and last >= limits.unanswered_messages:
        answered = connection.scalar(
            select(func.count()).where(
                messages.c.thread_id == thread_id, messages.c.sender != sender
            )
        )
        if not answered:
            limit = limits.unanswered_messages
            raise Problem(
                types.TOO_MANY_MESSAGES, f"nobody has answered {limit} messages", limit=limit
            )
    if last == 0 and thread.asker is not None:
        asked = connection.scalar(
            select(func.count()).where(
                message_threads.c.asker == thread.asker, message_threads.c.opened_at > now - DAY
            )
        )
        if (asked or 0) >= limits.asked_offers_per_day:
            limit = limits.asked_offers_per_day
            raise Problem(
                types.TOO_MANY_MESSAGES,
                f"{thread.asker} has asked about {limit} offers in a day",
                retry_after=DAY,
                limit=limit,
            )


def _seat(connection: Connection, thread_id: str, accounts: Sequence[str]) -> None:
    query = select(message_seats.c.account).where(message_seats.c.thread_id == thread_id)
    seated = set(connection.scalars(query))
    for account in dict.fromkeys(accounts):
        if account not in seated:
            connection.execute(
                insert(message_seats).values(thread_id=thread_id, account=account, read_up_to=0)
            )


def _row(envelope: Envelope) -> dict[str, Any]:
    header = envelope.header
    return {
        "thread_id": text_of(header.thread),
        "sequence": header.sequence,
        "hash": text_of(header.hash()),
        "sender": header.sender,
        "key_id": text_of(header.key_id),
        "previous": text_of(header.previous),
        "sent_at": header.sent_at,
        "commitment": text_of(header.commitment),
        "signature": text_of(envelope.signature),
        "box": text_of(envelope.box),
        "readers": [
            {"account": one.account, "keyId": text_of(one.key_id), "sealed": text_of(one.sealed)}
            for one in envelope.readers
        ],
    }


def _last(head: Row[Any] | None) -> tuple[int, str]:
    """Number and hash of the newest message."""
    return (0, text_of(FIRST)) if head is None else (head.last_sequence, head.last_hash)
