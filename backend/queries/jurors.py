"""Jurors: what they staked, what they weigh, and what they did on panels and for seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, func, select

from backend.db.tables import (
    juror_credits,
    jurors,
    panels,
    pool_callers,
    seats,
    seed_givers,
    settlements,
)
from backend.queries.members import find_member, index_at
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot
from backend.terms.court import PanelState, SeatState
from backend.terms.jurors import GiverState, Pool, Tier

POOL, SEEDS = "JurorPool", "BondedSeed"
VOID = (SeatState.STRUCK, SeatState.REPLACED, SeatState.DENOUNCED)
VOTED = (PanelState.RULED, PanelState.SILENT)
FORFEITED = (GiverState.ABSENT, GiverState.SILENT)


@dataclass(frozen=True, slots=True)
class SeedSetup:
    """What the seeds were deployed with: `bond` is base units of what jurors stake, periods are
    seconds, `depth` blocks from the target until secrets may be shown."""

    givers: int
    bond: int
    commit_period: int
    reveal_period: int
    depth: int


@dataclass(frozen=True, slots=True)
class JurorRecord:
    """What an account did as a juror. `fees` are wei, stakes base units of what jurors stake.

    `missed` counts seats whose panel voted, and who did not reveal; `coherent` and `incoherent`
    those who revealed on a panel that ruled and was settled. `struck` and `denounced` seats are in
    none of these. Of seeds: how often it was drawn, revealed, and lost its bond.
    """

    drawn: int
    committed: int
    revealed: int
    missed: int
    coherent: int
    incoherent: int
    struck: int
    denounced: int
    fees: int
    stake_won: int
    stake_lost: int
    seeds_drawn: int
    seeds_given: int
    bonds_lost: int


def pool_of(snapshot: Snapshot) -> Pool:
    """What the pool was deployed with."""
    known = snapshot.constants
    tiers = [Tier(int(points), int(times)) for points, times in known[POOL, "tiers"]]
    return Pool(
        asset=asset_of(snapshot),
        stake_unit=snapshot.constant(POOL, "stakeUnit"),
        cap=snapshot.constant(POOL, "cap"),
        tiers=tiers,
        start=snapshot.constant(POOL, "start"),
        epoch_length=snapshot.constant(POOL, "epochLength"),
        leave_delay=snapshot.constant(POOL, "leaveDelay"),
    )


def asset_of(snapshot: Snapshot) -> str:
    """What jurors stake; the zero address: the chain's coin."""
    return str(snapshot.constants[POOL, "asset"])


def seed_setup(snapshot: Snapshot) -> SeedSetup:
    names = ("giversPerRound", "bond", "commitPeriod", "revealPeriod", "depth")
    return SeedSetup(*(snapshot.constant(SEEDS, name) for name in names))


def list_jurors(snapshot: Snapshot, after: Sequence[Any] | None, limit: int) -> Part:
    """Those who weigh the most first."""
    order = (jurors.c.weight, jurors.c.stake, jurors.c.juror)
    return part_of(snapshot.connection, select(jurors), order, after, limit)


def find_juror(snapshot: Snapshot, account: str) -> Row[Any] | None:
    query = select(jurors).where(jurors.c.juror == account)
    return snapshot.connection.execute(query).one_or_none()


def points_of(snapshot: Snapshot, account: str) -> int:
    """Reputation now, faded (6 decimals)."""
    member = find_member(snapshot, account)
    return 0 if member is None else int(member.units) // index_at(snapshot, snapshot.now)


def fresh_weight(snapshot: Snapshot, pool: Pool, row: Row[Any]) -> int:
    """What `refresh` would make of a juror's weight now."""
    return pool.weight(row.stake, row.leaving, row.drawable, points_of(snapshot, row.juror))


def pool_credit_of(snapshot: Snapshot, account: str) -> int:
    """What the pool owes an account."""
    query = select(juror_credits.c.amount).where(juror_credits.c.account == account)
    return int(snapshot.connection.scalar(query) or 0)


def callers_of(snapshot: Snapshot) -> Sequence[Row[Any]]:
    """Contracts that were ever listed."""
    query = select(pool_callers).order_by(pool_callers.c.caller)
    return snapshot.connection.execute(query).all()


def totals_of(snapshot: Snapshot) -> tuple[int, int, int]:
    """How many weigh anything, what they weigh together, and all stakes."""
    rows = snapshot.connection.execute(select(jurors.c.weight, jurors.c.stake)).all()
    weights = [row.weight for row in rows if row.weight]
    return len(weights), sum(weights), sum(row.stake for row in rows)


def record_of(snapshot: Snapshot, account: str) -> JurorRecord:
    """Of any account; one that was never drawn has nothing."""
    same_panel = and_(
        panels.c.case_id == seats.c.case_id,
        panels.c.round == seats.c.round,
        panels.c.attempt == seats.c.attempt,
    )
    settled = and_(
        settlements.c.case_id == seats.c.case_id,
        settlements.c.round == seats.c.round,
        settlements.c.attempt == seats.c.attempt,
    )
    query = (
        select(seats, panels.c.state.label("panel"), settlements.c.paid, settlements.c.slashed)
        .join(panels, same_panel)
        .outerjoin(settlements, settled)
        .where(seats.c.juror == account)
    )
    sat = snapshot.connection.execute(query).all()
    ruled = [
        row
        for row in sat
        if row.panel == PanelState.RULED
        and row.state == SeatState.REVEALED
        and row.paid is not None
    ]
    missed = (SeatState.SEATED, SeatState.COMMITTED)
    given = _seeds_given(snapshot, account)
    return JurorRecord(
        drawn=len(sat),
        committed=sum(row.committed_at is not None for row in sat),
        revealed=sum(row.revealed_at is not None for row in sat),
        missed=sum(row.panel in VOTED and row.state in missed for row in sat),
        coherent=sum(row.paid >> row.seat & 1 for row in ruled),
        incoherent=sum(row.slashed >> row.seat & 1 for row in ruled),
        struck=sum(row.state in (SeatState.STRUCK, SeatState.REPLACED) for row in sat),
        denounced=sum(row.state == SeatState.DENOUNCED for row in sat),
        fees=sum(row.fee_paid or 0 for row in sat),
        stake_won=sum(row.stake_won or 0 for row in sat),
        stake_lost=sum(row.stake_lost or 0 for row in sat),
        seeds_drawn=sum(given.values()),
        seeds_given=given.get(GiverState.REVEALED, 0),
        bonds_lost=sum(given.get(state, 0) for state in FORFEITED),
    )


def _seeds_given(snapshot: Snapshot, account: str) -> dict[str, int]:
    """How many seeds by what became of it."""
    query = (
        select(seed_givers.c.state, func.count().label("times"))
        .where(seed_givers.c.giver == account)
        .group_by(seed_givers.c.state)
    )
    return {row.state: row.times for row in snapshot.connection.execute(query)}
