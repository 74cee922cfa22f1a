"""Seeds and their givers."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import BlockOut, FactOut, Shape
from backend.queries.seeds import SeedRows, due_on
from backend.queries.snapshot import Snapshot


class SeedRequestOut(Shape):
    """Who asked for the seed."""

    by: str
    fact: FactOut


class GiverOut(Shape):
    """A seed-giver. `state` is `drawn`, `committed`, `revealed`, `absent` (did not commit) or
    `silent` (did not reveal); the last two lost their bond."""

    seat: int
    giver: str
    state: str
    commitment: str | None
    committed_at: int | None
    secret: str | None
    revealed_at: int | None
    forfeited_at: int | None
    fact: FactOut = Field(description="The latest log of this seat.")


class SeedPanelOut(Shape):
    """A panel drawn by this seed."""

    case_id: str
    round: int
    attempt: int


class SeedOut(Shape):
    """A seed. `phase` is `commit`, `reveal` or `done`. Its givers were drawn by `base` from the
    weights at the end of `epoch`. The hash of block `target` is mixed in; secrets may be shown from
    block `revealFrom` on, up to and including `deadline`. `due` names the function of the seeds'
    contract that anyone has to call for it to go on."""

    id: str
    phase: str
    base: str = Field(description="32 bytes.")
    epoch: int
    deadline: int | None = Field(description="The last second of the present phase.")
    commit_until: int
    target: int | None
    reveal_from: int | None
    target_hash: str | None
    seed: str | None = Field(description="32 bytes; null while it is not known.")
    set_at: int | None
    due: str | None
    commits: int
    reveals: int
    givers: list[GiverOut]
    requests: list[SeedRequestOut]
    panels: list[SeedPanelOut]
    fact: FactOut = Field(description="The log that opened it.")


class SeedInFull(SeedOut):
    """One seed, as of a block."""

    as_of: BlockOut


def seed_out(found: SeedRows, at: Snapshot) -> SeedOut:
    return SeedOut(**_fields(found, at))


def seed_in_full(found: SeedRows, at: Snapshot) -> SeedInFull:
    return SeedInFull(**_fields(found, at), as_of=BlockOut.of(at.block))


def _fields(found: SeedRows, at: Snapshot) -> dict[str, Any]:
    row = found.seed
    return {
        "id": str(row.seed_id),
        "phase": row.phase,
        "base": _bytes32(row.base),
        "epoch": row.epoch,
        "deadline": None if row.set_at is not None else row.deadline,
        "commit_until": row.commit_until,
        "target": row.target,
        "reveal_from": row.reveal_from,
        "target_hash": row.target_hash,
        "seed": None if row.seed is None else _bytes32(row.seed),
        "set_at": row.set_at,
        "due": due_on(row, at.block.number, at.now),
        "commits": row.commits,
        "reveals": row.reveals,
        "givers": [_giver(one) for one in found.givers],
        "requests": [SeedRequestOut(by=one.by, fact=FactOut.of(one)) for one in found.requests],
        "panels": [
            SeedPanelOut(case_id=one.case_id, round=one.round, attempt=one.attempt)
            for one in found.panels
        ],
        "fact": FactOut.of(row),
    }


def _giver(row: Row[Any]) -> GiverOut:
    return GiverOut(
        seat=row.seat,
        giver=row.giver,
        state=row.state,
        commitment=row.commitment,
        committed_at=row.committed_at,
        secret=row.secret,
        revealed_at=row.revealed_at,
        forfeited_at=row.forfeited_at,
        fact=FactOut.of(row),
    )


def _bytes32(value: int) -> str:
    return f"0x{value:064x}"
