"""Forgetting every fact, so that all of them are read from the chain anew."""

from __future__ import annotations

from sqlalchemy import Engine, delete

from backend.db import writing
from backend.db.tables import FACTS, asset_names, progress, undo


def forget_facts(engine: Engine) -> None:
    """Empties the tables of facts. Offers that were posted are not on the chain: they stay."""
    with writing(engine) as connection:
        for table in (*FACTS, asset_names, undo, progress):
            connection.execute(delete(table))
