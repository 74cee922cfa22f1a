"""An indexer in this process, and what it left in the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, select

from backend.audit import Audit, Difference
from backend.chain import Node, Rpc
from backend.db import migrate, open_engine, reading
from backend.indexer import Follower, Pace, digest
from backend.settings import Deployment

PACE = Pace(finality=64, range_blocks=2_000, poll_seconds=0.02)


@contextmanager
def follower(
    engine: Engine,
    url: str,
    deployment: Deployment,
    pace: Pace = PACE,
    said: list[str] | None = None,
) -> Iterator[Follower]:
    """Started: node, deployment and database belong together."""
    with Rpc(url) as connection:
        say = said.append if said is not None else lambda _: None
        found = Follower(engine, Node(connection), deployment, pace, say)
        found.start()
        yield found


def catch_up(engine: Engine, url: str, deployment: Deployment, pace: Pace = PACE) -> str:
    """Follows to the head; the digest."""
    with follower(engine, url, deployment, pace) as found:
        found.run(once=True)
    return digest_of(engine)


def digest_of(engine: Engine) -> str:
    with reading(engine) as connection:
        return digest(connection)


def fresh_digest(folder: Path, url: str, deployment: Deployment, pace: Pace = PACE) -> str:
    """The digest of a database that was built from nothing just now."""
    path = folder / "fresh.sqlite"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    engine = open_engine(str(path))
    try:
        migrate(engine)
        return catch_up(engine, url, deployment, pace)
    finally:
        engine.dispose()


def audit(engine: Engine, url: str, deployment: Deployment) -> list[Difference]:
    with Rpc(url) as connection:
        _, _, found = Audit(engine, Node(connection), deployment).run()
    return found


def rows(engine: Engine, table: Table, **values: Any) -> list[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key)
    for name, value in values.items():
        query = query.where(table.c[name] == value)
    with reading(engine) as connection:
        return [row._asdict() for row in connection.execute(query)]
