"""The one thing the service writes: offers that were checked."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, insert, select, text, tuple_

from backend.db import writing
from backend.db.tables import offer_parties, offers, presigned_splits
from backend.settings import Deployment
from backend.terms.offer import ZERO_ADDRESS, Offer
from backend.terms.shelf import shelf_of

LONG_AGO = 30 * 24 * 3600  # seconds after which an expired offer is forgotten


def keep(
    engine: Engine,
    deployment: Deployment,
    offer_hash: str,
    offer: Offer,
    signatures: Mapping[str, str],
    words: str | None,
) -> bool:
    """Adds an offer, or what is new of one that is known: signatures, text. True if it is new.

    Harmless to repeat. Raises DatabaseError of `backend.db`, ValueError for a text whose lines
    cannot be used.
    """
    listing = offer.listing
    key = {
        "chain_id": deployment.chain_id,
        "escrow": deployment.address("Escrow"),
        "offer_hash": offer_hash,
    }
    where = [offers.c[name] == value for name, value in key.items()]
    with writing(engine) as connection:
        known = connection.execute(select(offers).where(*where)).one_or_none()
        if known is not None:
            merged = {**known.signatures, **signatures}
            told = known.text if words is None else words
            if (merged, told) != (known.signatures, known.text):
                found = shelf_of(offer, merged, told)
                changed = {"signatures": merged, "text": told, **asdict(found)}
                connection.execute(offers.update().where(*where).values(**changed))
            if known.text is None:
                _index(connection, offer_hash, told)
            return False
        asset, parties, tranches, content_hash, _ = offer.pack()
        connection.execute(
            insert(offers).values(
                **key,
                asset=asset,
                kind=listing.kind,
                content_hash="0x" + content_hash.hex(),
                max_fee_bps=listing.max_fee_bps,
                created_at=listing.created_at,
                expires_at=listing.expires_at,
                starts_at=listing.starts_at,
                sponsor=listing.sponsor,
                labels=listing.labels,
                least_points=listing.least_points,
                fills=listing.fills,
                salt=listing.salt,
                parties=list(parties),
                tranches=[str(word) for word in tranches],
                signatures=dict(signatures),
                text=words,
                posted_at=int(time.time()),
                **asdict(shelf_of(offer, signatures, words)),
            )
        )
        _index(connection, offer_hash, words)
        connection.execute(
            insert(offer_parties),
            [
                {**key, "seat": seat, "account": party}
                for seat, party in enumerate(parties)
                if party != ZERO_ADDRESS
            ],
        )
    return True


def keep_splits(
    engine: Engine, deployment: Deployment, offer_hash: str, splits: Sequence[Mapping[str, Any]]
) -> None:
    """Adds splits that were signed beforehand. Harmless to repeat. Raises DatabaseError."""
    key = {
        "chain_id": deployment.chain_id,
        "escrow": deployment.address("Escrow"),
        "offer_hash": offer_hash,
    }
    names = [column.name for column in presigned_splits.primary_key]
    with writing(engine) as connection:
        for split in splits:
            row = key | dict(split)
            where = [presigned_splits.c[name] == row[name] for name in names]
            if connection.execute(select(presigned_splits).where(*where)).first() is None:
                connection.execute(insert(presigned_splits).values(**row))


def forget_expired(engine: Engine, now: int, kept_for: int = LONG_AGO) -> int:
    """Drops offers that expired so many seconds before `now` (unix seconds of the chain);
    how many."""
    before = now - kept_for
    gone = offers.c.expires_at < before
    keys = select(offers.c.chain_id, offers.c.escrow, offers.c.offer_hash).where(gone)
    with writing(engine) as connection:
        if not connection.scalar(select(exists().where(gone))):
            return 0
        if connection.dialect.name == "sqlite":
            connection.execute(
                text(
                    "DELETE FROM offer_words WHERE offer_hash IN"
                    " (SELECT offer_hash FROM offers WHERE expires_at < :before)"
                ),
                {"before": before},
            )
        named = tuple_(offer_parties.c.chain_id, offer_parties.c.escrow, offer_parties.c.offer_hash)
        connection.execute(delete(offer_parties).where(named.in_(keys)))
        return connection.execute(delete(offers).where(gone)).rowcount


def _index(connection: Connection, offer_hash: str, words: str | None) -> None:
    """Makes a text findable; other databases than SQLite look through the texts themselves."""
    if words is not None and connection.dialect.name == "sqlite":
        row = {"offer_hash": offer_hash, "words": words}
        connection.execute(text("INSERT INTO offer_words VALUES (:offer_hash, :words)"), row)
