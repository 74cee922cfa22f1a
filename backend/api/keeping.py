"""Keeping content: within what one uploader, and all together, may have kept."""

from __future__ import annotations

import time

from sqlalchemy import delete, insert

from backend.api import problem_types as types
from backend.api.context import Context
from backend.api.errors import Problem
from backend.content import Accepted, Altered, StoreError
from backend.db import DatabaseBusy, DatabaseError, reading, writing
from backend.db.tables import contents
from backend.queries.contents import bytes_of_all, bytes_sent_by, kept

DAY = 86_400  # seconds
RETRY_AFTER = 5


def keep(here: Context, uploader: str, accepted: Accepted, sent: int) -> bool:
    """Into the store, then into the table of what is there. True if it is new.

    `sent` is how many bytes the uploader sent. Problem: too much, or the store does not answer.
    """
    now, key = int(time.time()), "0x" + accepted.digest.hex()
    with reading(here.engine) as connection:
        known = key in kept(connection, [key])
        if not known:
            _check_room(
                here,
                bytes_sent_by(connection, uploader, now - DAY) + sent,
                bytes_of_all(connection) + len(accepted.data),
            )
    if known and _still_there(here, accepted.digest):
        return False
    try:
        here.content.put(accepted.digest, accepted.data)
    except StoreError as error:
        raise unreachable(error) from error
    row = {
        "content_hash": key,
        "kind": accepted.kind.value,
        "size": len(accepted.data),
        "sent": sent,
        "uploader": uploader,
        "kept_at": now,
    }
    try:
        with writing(here.engine) as connection:
            connection.execute(delete(contents).where(contents.c.content_hash == key))
            connection.execute(insert(contents).values(**row))
    except DatabaseError as error:
        held = isinstance(error, DatabaseBusy)
        detail = "another program holds it" if held else "it cannot be written"
        raise Problem(types.DATABASE_BUSY, detail, retry_after=2) from error
    return not known


def unreachable(error: StoreError) -> Problem:
    return Problem(types.STORE_UNREACHABLE, str(error), retry_after=RETRY_AFTER)


def _still_there(here: Context, digest: bytes) -> bool:
    """Who brings again what was lost or altered heals it."""
    try:
        return here.content.get(digest) is not None
    except Altered:
        return False
    except StoreError as error:
        raise unreachable(error) from error


def _check_room(here: Context, of_uploader: int, of_all: int) -> None:
    limits = here.limits
    if of_uploader > limits.uploads_per_day:
        detail = f"an uploader may send {limits.uploads_per_day} bytes in a day"
        raise Problem(types.TOO_MUCH_CONTENT, detail, limit=limits.uploads_per_day)
    if of_all > limits.contents:
        detail = f"{limits.contents} bytes are kept, and no more"
        raise Problem(types.TOO_MUCH_CONTENT, detail, limit=limits.contents)
