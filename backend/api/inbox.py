"""The one thing the service writes: offers that were checked."""

from __future__ import annotations

import time
from collections.abc import Mapping

from sqlalchemy import Engine, delete, insert, select, tuple_

from backend.db import writing
from backend.db.tables import offer_parties, offers
from backend.settings import Deployment
from backend.terms.offer import ZERO_ADDRESS, Offer

LONG_AGO = 30 * 24 * 3600  # seconds after which an expired offer is forgotten


def keep(
    engine: Engine,
    deployment: Deployment,
    offer_hash: str,
    offer: Offer,
    signatures: Mapping[str, str],
    text: str | None,
) -> bool:
    """Adds an offer, or what is new of one that is known: signatures, text. True if it is new.

    Harmless to repeat. Raises DatabaseError of `backend.db`.
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
            words = known.text if text is None else text
            if (merged, words) != (known.signatures, known.text):
                connection.execute(
                    offers.update().where(*where).values(signatures=merged, text=words)
                )
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
                text=text,
                posted_at=int(time.time()),
            )
        )
        connection.execute(
            insert(offer_parties),
            [
                {**key, "seat": seat, "account": party}
                for seat, party in enumerate(parties)
                if party != ZERO_ADDRESS
            ],
        )
    return True


def forget_expired(engine: Engine, now: int) -> None:
    """Drops offers that expired long before `now` (unix seconds of the chain)."""
    gone = offers.c.expires_at < now - LONG_AGO
    keys = select(offers.c.chain_id, offers.c.escrow, offers.c.offer_hash).where(gone)
    with writing(engine) as connection:
        named = tuple_(offer_parties.c.chain_id, offer_parties.c.escrow, offer_parties.c.offer_hash)
        connection.execute(delete(offer_parties).where(named.in_(keys)))
        connection.execute(delete(offers).where(gone))
