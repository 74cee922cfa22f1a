"""Jurors, and the pool they are drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import AmountOut, BlockOut, FactOut, Shape
from backend.queries.assets import AssetName
from backend.queries.jurors import JurorRecord, SeedSetup
from backend.terms.jurors import Pool
from backend.terms.offer import ZERO_ADDRESS

Names = Mapping[str, AssetName]


class JurorSummary(Shape):
    """A juror as the pool has it. `locked` is the part of the stake that cannot leave, `leaving`
    what was asked back of it. `weight` is what it is drawn by from the end of this epoch on."""

    juror: str
    stake: AmountOut
    locked: AmountOut
    leaving: AmountOut
    available_at: int | None = Field(description="From when on what is leaving can be withdrawn.")
    drawable: bool = Field(description="False: it opted out.")
    weight: int
    fact: FactOut = Field(description="The latest log that changed this.")


class TierOut(Shape):
    """From so many points of reputation on (6 decimals), a unit of stake weighs `multiplier`."""

    min_points: str
    multiplier: int


class RecordOut(Shape):
    """What a juror did. `missed` seats are those whose panel voted without its reveal; `coherent`
    and `incoherent` votes were revealed on a panel that ruled and was settled: near the final
    ruling or not. `struck` and `denounced` seats are in none of these."""

    drawn: int
    committed: int
    revealed: int
    missed: int
    coherent: int
    incoherent: int
    struck: int
    denounced: int
    fees_earned: AmountOut
    stake_won: AmountOut
    stake_lost: AmountOut
    seeds_drawn: int = Field(description="How often it was to give a part of a seed.")
    seeds_given: int
    bonds_lost: AmountOut


class JurorOut(JurorSummary):
    """A juror with its tier, its credits and its record. `freshWeight` is what `refresh`, which
    anyone may call, would make of `weight` now: points fade, and awards add to the stake."""

    position: int | None = Field(description="In the pool's tree, while it weighs anything.")
    weight_epoch: int | None = Field(description="The epoch in which the weight was set.")
    fresh_weight: int
    points: str = Field(description="Of reputation, now (6 decimals).")
    tier: TierOut | None = Field(description="By these points; null: too few to be drawn.")
    slashed: AmountOut = Field(description="All stake that was ever taken.")
    awarded: AmountOut = Field(description="All stake that was ever given.")
    court_credit: AmountOut
    pool_credit: AmountOut
    record: RecordOut
    as_of: BlockOut


class CallerOut(Shape):
    """A contract that may do something with stakes: `listed`, `closing` (only finish what it
    began), or `none` any more. `slashed` is what it took and has not given to anybody yet."""

    contract: str
    status: str
    slashed: AmountOut
    fact: FactOut


class SeedSetupOut(Shape):
    """How seeds are made; periods in seconds. Secrets may be shown `depth` blocks after the
    target."""

    contract: str
    givers: int
    bond: AmountOut
    commit_period: int
    reveal_period: int
    depth: int


class PoolOut(Shape):
    """What the pool and the seeds were deployed with, and the pool as a whole. A juror weighs the
    units of its stake that are not leaving, at most `cap` of them, times its tier's multiplier. A
    draw goes by the weights at the end of an epoch that is over."""

    contract: str
    asset: str = Field(description="What is staked; zero: the chain's coin.")
    stake_unit: AmountOut
    cap: int
    tiers: list[TierOut]
    start: int
    epoch: int = Field(description="The present one; they count from 1.")
    epoch_ends_at: int = Field(description="The first second of the next one.")
    epoch_length: int
    leave_delay: int
    jurors: int = Field(description="Those who weigh anything.")
    weight: int = Field(description="Of all together.")
    staked: AmountOut
    callers: list[CallerOut]
    seeds: SeedSetupOut
    as_of: BlockOut


def juror_summary(row: Row[Any], asset: str, names: Names) -> JurorSummary:
    return JurorSummary(**_summary(row, asset, names))


def juror_of(
    row: Row[Any],
    pool: Pool,
    points: int,
    credits: tuple[int, int],
    record: RecordOut,
    names: Names,
    as_of: BlockOut,
) -> JurorOut:
    """`credits` are the Court's and the pool's."""
    tier = pool.tier_for(points)
    return JurorOut(
        **_summary(row, pool.asset, names),
        position=row.position,
        weight_epoch=row.weight_epoch or None,
        fresh_weight=pool.weight(row.stake, row.leaving, row.drawable, points),
        points=str(points),
        tier=None if tier is None else _tiers(pool)[tier],
        slashed=AmountOut.of(pool.asset, row.slashed, names),
        awarded=AmountOut.of(pool.asset, row.awarded, names),
        court_credit=AmountOut.of(ZERO_ADDRESS, credits[0], names),
        pool_credit=AmountOut.of(pool.asset, credits[1], names),
        record=record,
        as_of=as_of,
    )


def record_out(found: JurorRecord, asset: str, bond: int, names: Names) -> RecordOut:
    return RecordOut(
        drawn=found.drawn,
        committed=found.committed,
        revealed=found.revealed,
        missed=found.missed,
        coherent=found.coherent,
        incoherent=found.incoherent,
        struck=found.struck,
        denounced=found.denounced,
        fees_earned=AmountOut.of(ZERO_ADDRESS, found.fees, names),
        stake_won=AmountOut.of(asset, found.stake_won, names),
        stake_lost=AmountOut.of(asset, found.stake_lost, names),
        seeds_drawn=found.seeds_drawn,
        seeds_given=found.seeds_given,
        bonds_lost=AmountOut.of(asset, found.bonds_lost * bond, names),
    )


def pool_out(
    pool: Pool,
    setup: SeedSetup,
    totals: tuple[int, int, int],
    callers: Sequence[Row[Any]],
    contracts: Mapping[str, str],
    names: Names,
    as_of: BlockOut,
) -> PoolOut:
    epoch = pool.epoch_at(as_of.time)
    return PoolOut(
        contract=contracts["JurorPool"],
        asset=pool.asset,
        stake_unit=AmountOut.of(pool.asset, pool.stake_unit, names),
        cap=pool.cap,
        tiers=_tiers(pool),
        start=pool.start,
        epoch=epoch,
        epoch_ends_at=pool.start + epoch * pool.epoch_length,
        epoch_length=pool.epoch_length,
        leave_delay=pool.leave_delay,
        jurors=totals[0],
        weight=totals[1],
        staked=AmountOut.of(pool.asset, totals[2], names),
        callers=[
            CallerOut(
                contract=row.caller,
                status=row.status,
                slashed=AmountOut.of(pool.asset, row.slashed, names),
                fact=FactOut.of(row),
            )
            for row in callers
        ],
        seeds=SeedSetupOut(
            contract=contracts["BondedSeed"],
            givers=setup.givers,
            bond=AmountOut.of(pool.asset, setup.bond, names),
            commit_period=setup.commit_period,
            reveal_period=setup.reveal_period,
            depth=setup.depth,
        ),
        as_of=as_of,
    )


def _tiers(pool: Pool) -> list[TierOut]:
    return [
        TierOut(min_points=str(tier.min_points), multiplier=tier.multiplier) for tier in pool.tiers
    ]


def _summary(row: Row[Any], asset: str, names: Names) -> dict[str, Any]:
    return {
        "juror": row.juror,
        "stake": AmountOut.of(asset, row.stake, names),
        "locked": AmountOut.of(asset, row.locked, names),
        "leaving": AmountOut.of(asset, row.leaving, names),
        "available_at": row.available_at if row.leaving else None,
        "drawable": row.drawable,
        "weight": row.weight,
        "fact": FactOut.of(row),
    }
