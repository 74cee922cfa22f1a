"""Taking offers off the list: by their makers, and by the operator."""

from __future__ import annotations

import time
from typing import Literal

from sqlalchemy import Engine, insert, select

from backend.db import writing
from backend.db.tables import moderation, withdrawn_offers
from backend.settings import Deployment


def withdraw(
    engine: Engine, deployment: Deployment, offer_hash: str, by: str, signature: str
) -> None:
    """Keeps a withdrawal that was checked; the first of an offer stays. Raises DatabaseError."""
    key = {**_market(deployment), "offer_hash": offer_hash}
    with writing(engine) as connection:
        where = [withdrawn_offers.c[name] == value for name, value in key.items()]
        if connection.execute(select(withdrawn_offers).where(*where)).one_or_none() is None:
            row = {**key, "by": by, "signature": signature, "withdrawn_at": int(time.time())}
            connection.execute(insert(withdrawn_offers).values(row))


def decide(
    engine: Engine,
    deployment: Deployment,
    offer_hash: str,
    action: Literal["hide", "unhide"],
    rule: str,
    reason: str,
) -> None:
    """Adds a decision to the log. Raises DatabaseError."""
    row = {
        **_market(deployment),
        "offer_hash": offer_hash,
        "action": action,
        "rule": rule,
        "reason": reason,
        "decided_at": int(time.time()),
    }
    with writing(engine) as connection:
        connection.execute(insert(moderation).values(row))


def _market(deployment: Deployment) -> dict[str, int | str]:
    return {"chain_id": deployment.chain_id, "escrow": deployment.address("Escrow")}
