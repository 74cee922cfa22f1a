"""Seeds: asked for, given by bonded commitments, and set."""

from __future__ import annotations

from typing import Any

from backend.db.rows import Rows
from backend.db.tables import seed_givers, seed_requests, seeds
from backend.events.bonded_seed import (
    BondForfeited,
    GiverEvent,
    RoundOpened,
    SecretCommitted,
    SecretRevealed,
    SeedRequested,
    SeedSet,
    TargetMixed,
    TargetSet,
)
from backend.projections.registry import origin, projects
from backend.terms.jurors import GiverState, Phase


@projects(RoundOpened)
def round_opened(event: RoundOpened, rows: Rows) -> None:
    rows.add(
        seeds,
        seed_id=event.round,
        phase=Phase.COMMIT,
        base=event.base,
        epoch=event.epoch,
        givers=len(event.givers),
        commits=0,
        reveals=0,
        commit_until=event.commit_until,
        deadline=event.commit_until,
        target=None,
        reveal_from=None,
        target_hash=None,
        seed=None,
        set_at=None,
        **origin(event),
    )
    for seat, giver in enumerate(event.givers):
        rows.add(
            seed_givers,
            seed_id=event.round,
            seat=seat,
            giver=giver,
            state=GiverState.DRAWN,
            commitment=None,
            committed_at=None,
            secret=None,
            revealed_at=None,
            forfeited_at=None,
            **origin(event),
        )


@projects(SeedRequested)
def seed_requested(event: SeedRequested, rows: Rows) -> None:
    rows.add(seed_requests, seed_id=event.request_id, by=event.by, **origin(event))


@projects(SecretCommitted)
def secret_committed(event: SecretCommitted, rows: Rows) -> None:
    now = event.at.block_time
    _change(event, rows, GiverState.COMMITTED, commitment=event.commitment, committed_at=now)
    _count(event, rows, "commits")


@projects(TargetSet)
def target_set(event: TargetSet, rows: Rows) -> None:
    """Commitments are closed; or the hash of the target before was lost."""
    rows.change(
        seeds,
        {"seed_id": event.round},
        phase=Phase.REVEAL,
        target=event.target,
        reveal_from=event.reveal_from,
        deadline=event.reveal_until,
    )


@projects(TargetMixed)
def target_mixed(event: TargetMixed, rows: Rows) -> None:
    rows.change(seeds, {"seed_id": event.round}, target_hash=event.block_hash)


@projects(SecretRevealed)
def secret_revealed(event: SecretRevealed, rows: Rows) -> None:
    now = event.at.block_time
    _change(event, rows, GiverState.REVEALED, secret=event.secret, revealed_at=now)
    _count(event, rows, "reveals")


@projects(BondForfeited)
def bond_forfeited(event: BondForfeited, rows: Rows) -> None:
    state = GiverState.SILENT if event.committed else GiverState.ABSENT
    _change(event, rows, state, forfeited_at=event.at.block_time)


@projects(SeedSet)
def seed_set(event: SeedSet, rows: Rows) -> None:
    rows.change(
        seeds,
        {"seed_id": event.request_id},
        phase=Phase.DONE,
        seed=event.seed,
        set_at=event.at.block_time,
    )


def _change(event: GiverEvent, rows: Rows, state: GiverState, **values: Any) -> None:
    key = {"seed_id": event.round, "seat": event.seat}
    rows.change(seed_givers, key, state=state, **values, **origin(event))


def _count(event: GiverEvent, rows: Rows, name: str) -> None:
    key = {"seed_id": event.round}
    rows.change(seeds, key, **{name: rows.need(seeds, **key)[name] + 1})
