"""How far the index is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from backend.db.tables import progress


def find_progress(connection: Connection) -> Row[Any] | None:
    """What the indexer last said of the node and of itself; None before its first word."""
    return connection.execute(select(progress)).one_or_none()
