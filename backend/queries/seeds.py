"""Seeds: who asked for them, and who gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import panels, seed_givers, seed_requests, seeds
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot
from backend.terms.jurors import HASHES_KEPT, Phase


@dataclass(frozen=True, slots=True)
class SeedRows:
    """A seed with its givers by seat, its requests as they came, and the panels drawn by it."""

    seed: Row[Any]
    givers: Sequence[Row[Any]]
    requests: Sequence[Row[Any]]
    panels: Sequence[Row[Any]]


def list_seeds(snapshot: Snapshot, after: Sequence[Any] | None, limit: int) -> Part:
    """The newest first."""
    return part_of(snapshot.connection, select(seeds), (seeds.c.seed_id,), after, limit)


def find_seed(snapshot: Snapshot, seed_id: int) -> Row[Any] | None:
    query = select(seeds).where(seeds.c.seed_id == seed_id)
    return snapshot.connection.execute(query).one_or_none()


def with_rows(snapshot: Snapshot, found: Sequence[Row[Any]]) -> list[SeedRows]:
    """These seeds with all that belongs to them, in three queries."""
    ids = [row.seed_id for row in found]
    run = snapshot.connection.execute
    mine = seed_givers.c.seed_id.in_(ids)
    givers = run(select(seed_givers).where(mine).order_by(*seed_givers.primary_key)).all()
    asked = select(seed_requests).where(seed_requests.c.seed_id.in_(ids))
    requests = run(asked.order_by(*seed_requests.primary_key)).all()
    drawn = select(panels).where(panels.c.request_id.in_(ids)).order_by(*panels.primary_key)
    all_panels = run(drawn).all()
    return [
        SeedRows(
            row,
            [one for one in givers if one.seed_id == row.seed_id],
            [one for one in requests if one.seed_id == row.seed_id],
            [one for one in all_panels if one.request_id == row.seed_id],
        )
        for row in found
    ]


def hash_is_lost(seed: Row[Any], block: int) -> bool:
    """Whether a transaction after this block finds the target's hash gone: `mix` sets another."""
    return seed.target_hash is None and block + 1 > seed.target + HASHES_KEPT


def due_on(seed: Row[Any], block: int, now: int) -> str | None:
    """What anyone has to call for the seed to go on: `close`, `mix` or `finish`."""
    if seed.phase == Phase.COMMIT:
        return "close" if now > seed.deadline else None
    if seed.phase != Phase.REVEAL or block + 1 < seed.reveal_from:
        return None
    if seed.commits == 0 or now > seed.deadline:
        return "finish"
    return "mix" if hash_is_lost(seed, block) else None
