"""Versions of the rules, and assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import KIND_NAMES, BlockOut, FactOut, Shape
from backend.queries.assets import AssetName


class FieldOut(Shape):
    """One governed number, or the arbitrator; null before the first version."""

    field: str
    old: str | None
    new: str | None
    changed: bool


class JuryOut(Shape):
    """How a jury settles a dispute. Amounts are base units: of the chain's coin for `jurorFee`, of
    the asset that jurors stake for `seatStake`. Periods are seconds."""

    juror_fee: str = Field(description="Paid to each juror.")
    seat_stake: str = Field(description="Locked for each seat.")
    deposit_period: int
    evidence_period: int
    commit_period: int
    reveal_period: int
    appeal_period: int
    conflict_period: int = Field(
        description="How long before a case nobody on its panel may have traded with a party."
    )
    jurors: int = Field(description="Of the first panel; after an appeal twice as many and one.")
    max_appeals: int
    appeal_multiplier_bps: int = Field(
        description="What a side puts up for an appeal, in parts of its panel's fee."
    )
    slash_bps: int = Field(description="The share of its stake that an incoherent vote loses.")
    coherence_bps: int = Field(description="How near the ruling a coherent vote is.")


class VersionOut(Shape):
    """A version of the rules. `state` is `pending` before `effectiveAt`, then `inForce` until the
    next one is; `skipped` if the next one began in the same second; else `past`."""

    version: int
    state: str
    effective_at: int
    ended_at: int | None = Field(description="When the next version took over, or will.")
    fees: dict[str, int] = Field(description="Basis points by kind of trade.")
    arbitrator: str | None
    ruling_period: int | None = Field(description="Seconds.")
    default_performer_bps: int | None
    jury: JuryOut | None
    fields: list[FieldOut] = Field(description="Every value, beside that of the version before.")
    open_trades: int = Field(description="Trades that pin this version and are open.")
    all_trades: int
    proposal_id: str | None = Field(
        description="The proposal whose execution made it; null: the deployment did."
    )
    fact: FactOut


class RulesOut(VersionOut):
    """One version of the rules, as of a block."""

    as_of: BlockOut


class VersionsOut(Shape):
    """Every version, newest first."""

    items: list[VersionOut]
    in_force: int | None
    as_of: BlockOut


class AssetRuleOut(Shape):
    """Whether trades may be opened in an asset, from `effectiveAt` on; `rate` is base units of
    points (6 decimals) for 1e18 base units of fee."""

    effective_at: int
    allowed: bool
    rate: str
    old_allowed: bool
    old_rate: str
    fact: FactOut


class AssetOut(Shape):
    """An asset that members voted on. The symbol is what the token calls itself."""

    asset: str
    symbol: str | None
    decimals: int | None
    allowed: bool
    rate: str
    pending: AssetRuleOut | None
    history: list[AssetRuleOut]


class AssetsOut(Shape):
    """Every asset, by address."""

    items: list[AssetOut]
    as_of: BlockOut


def versions_of(
    rows: Sequence[Row[Any]],
    pinned: Mapping[int, tuple[int, int]],
    proposals: Mapping[int, str],
    now: int,
) -> list[VersionOut]:
    """From all versions, oldest first, to what is told of them, newest first."""
    told = []
    for place, row in enumerate(rows):
        following = rows[place + 1] if place + 1 < len(rows) else None
        before = rows[place - 1] if place else None
        open_trades, all_trades = pinned.get(row.version, (0, 0))
        told.append(
            VersionOut(
                version=row.version,
                state=_state(row, following, now),
                effective_at=row.effective_at,
                ended_at=None if following is None else following.effective_at,
                fees=dict(zip(KIND_NAMES, map(int, row.fee_bps), strict=True)),
                arbitrator=row.arbitrator,
                ruling_period=row.ruling_period,
                default_performer_bps=row.default_performer_bps,
                jury=jury_of(row),
                fields=_fields(before, row),
                open_trades=open_trades,
                all_trades=all_trades,
                proposal_id=proposals.get(row.version),
                fact=FactOut.of(row),
            )
        )
    return told[::-1]


def _state(row: Row[Any], following: Row[Any] | None, now: int) -> str:
    if following is not None and following.effective_at == row.effective_at:
        return "skipped"
    if now < row.effective_at:
        return "pending"
    if following is None or now < following.effective_at:
        return "inForce"
    return "past"


def jury_of(row: Row[Any]) -> JuryOut | None:
    """None where the first version is not told of in full, which no block ends with."""
    values = {name: getattr(row, name) for name in JuryOut.model_fields}
    if values["jurors"] is None:
        return None
    amounts = {name: str(values[name]) for name in ("juror_fee", "seat_stake")}
    return JuryOut(**values | amounts)


def _fields(before: Row[Any] | None, row: Row[Any]) -> list[FieldOut]:
    old, new = ({} if before is None else _values(before)), _values(row)
    return [
        FieldOut(field=name, old=old.get(name), new=value, changed=old.get(name) != value)
        for name, value in new.items()
    ]


def _values(row: Row[Any]) -> dict[str, str | None]:
    values = {f"feeBps.{name}": fee for name, fee in zip(KIND_NAMES, row.fee_bps, strict=True)}
    values["arbitrator"] = row.arbitrator
    values["rulingPeriod"] = row.ruling_period
    values["defaultPerformerBps"] = row.default_performer_bps
    for name, told in JuryOut.model_fields.items():
        values[str(told.alias)] = getattr(row, name)
    return {name: None if value is None else str(value) for name, value in values.items()}


def asset_of(history: Sequence[Row[Any]], names: Mapping[str, AssetName], now: int) -> AssetOut:
    """From every rule of one asset, oldest first."""
    told = [_asset_rule(row) for row in history]
    begun = [rule for rule in told if rule.effective_at <= now]
    later = [rule for rule in told if rule.effective_at > now]
    name = names.get(history[0].asset, AssetName())
    return AssetOut(
        asset=history[0].asset,
        symbol=name.symbol,
        decimals=name.decimals,
        allowed=begun[-1].allowed if begun else False,
        rate=begun[-1].rate if begun else "0",
        pending=later[-1] if later else None,
        history=told[::-1],
    )


def _asset_rule(row: Row[Any]) -> AssetRuleOut:
    return AssetRuleOut(
        effective_at=row.effective_at,
        allowed=row.allowed,
        rate=str(row.rate),
        old_allowed=row.old_allowed,
        old_rate=str(row.old_rate),
        fact=FactOut.of(row),
    )
