"""Periods, panels, seats and appeals of a dispute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import AmountOut, FactOut, Shape
from backend.queries.assets import AssetName
from backend.queries.case_money import winner_of
from backend.queries.disputes import CaseRows
from backend.terms.case_steps import majority
from backend.terms.court import Side
from backend.terms.offer import ZERO_ADDRESS

Names = Mapping[str, AssetName]
COIN = ZERO_ADDRESS


class PeriodOut(Shape):
    """A period of a case; `deadline` is its last second. One that everybody was done with ended
    before; the next one tells when."""

    status: str
    round: int
    attempt: int
    started_at: int
    deadline: int
    fact: FactOut


class SeatOut(Shape):
    """A juror on a panel. `state` is `seated`, `committed`, `revealed`, `struck`, `denounced`, or
    `replaced`: struck in the evidence period, so that another was drawn for the seat. What was paid
    and lost is null before the panel is settled; stakes are base units of what jurors stake."""

    seat: int
    juror: str
    state: str
    draw: int = Field(description="Which number of the seed's sequence drew it.")
    drawn_at: int
    committed_at: int | None
    commitment: str | None
    revealed_at: int | None
    performer_bps: int | None = Field(description="The vote.")
    salt: str | None
    struck_at: int | None
    struck_by: str | None = Field(description="The trade of the juror with a side.")
    denounced_at: int | None
    denounced_by: str | None
    denounced_reward: str | None
    fee_paid: AmountOut | None
    stake_won: str | None
    stake_lost: str | None
    fact: FactOut = Field(description="The latest log of this seat.")


class SettlementOut(Shape):
    """What the jurors of a panel got and lost: each of those paid and slashed the same. Stakes are
    base units of what jurors stake."""

    fee_share: AmountOut
    stake_share: str
    slash: str
    fee_to_treasury: AmountOut
    stake_to_treasury: str
    fact: FactOut


class PanelOut(Shape):
    """A panel. `state` is `sitting`, `ruled`, `silent`, `missing` (not filled in time) or
    `dismissed`; it rules by the median if `needed` of its jurors reveal. Jurors are drawn by the
    seed of `requestId` from the weights at the end of `epoch`; both are null while no seed could be
    asked for."""

    round: int
    attempt: int = Field(description="1 if it was drawn again, else 0.")
    state: str
    jurors: int
    needed: int
    request_id: str | None
    epoch: int | None
    seated: int
    voids: int
    commits: int
    reveals: int
    performer_bps: int | None = Field(description="Its ruling.")
    ended_at: int | None
    settled_at: int | None
    seats: list[SeatOut]
    settlement: SettlementOut | None
    fact: FactOut = Field(description="The log with which its evidence period began.")


class AppealOut(Shape):
    """What was raised against the ruling of a round. The appellant had its share first. `winner`
    is null before the case is decided, and where no panel ruled on the appeal."""

    round: int
    needed: AmountOut = Field(description="Of each side.")
    performer_raised: AmountOut
    checker_raised: AmountOut
    appellant: str | None
    made_at: int | None = Field(description="When both had raised it, and a new round began.")
    winner: str | None
    fact: FactOut


def period_out(row: Row[Any]) -> PeriodOut:
    return PeriodOut(
        status=row.status,
        round=row.round,
        attempt=row.attempt,
        started_at=row.started_at,
        deadline=row.deadline,
        fact=FactOut.of(row),
    )


def panel_out(
    row: Row[Any], seats: Sequence[Row[Any]], settlement: Row[Any] | None, names: Names
) -> PanelOut:
    return PanelOut(
        round=row.round,
        attempt=row.attempt,
        state=row.state,
        jurors=row.jurors,
        needed=majority(row.jurors),
        request_id=_text(row.request_id),
        epoch=row.epoch,
        seated=row.seated,
        voids=row.voids,
        commits=row.commits,
        reveals=row.reveals,
        performer_bps=row.performer_bps,
        ended_at=row.ended_at,
        settled_at=row.settled_at,
        seats=[_seat(seat, names) for seat in seats],
        settlement=None if settlement is None else _settlement(settlement, names),
        fact=FactOut.of(row),
    )


def _seat(row: Row[Any], names: Names) -> SeatOut:
    return SeatOut(
        seat=row.seat,
        juror=row.juror,
        state=row.state,
        draw=row.draw,
        drawn_at=row.drawn_at,
        committed_at=row.committed_at,
        commitment=row.commitment,
        revealed_at=row.revealed_at,
        performer_bps=row.performer_bps,
        salt=row.salt,
        struck_at=row.struck_at,
        struck_by=row.struck_by,
        denounced_at=row.denounced_at,
        denounced_by=row.denounced_by,
        denounced_reward=_text(row.denounced_reward),
        fee_paid=None if row.fee_paid is None else AmountOut.of(COIN, row.fee_paid, names),
        stake_won=_text(row.stake_won),
        stake_lost=_text(row.stake_lost),
        fact=FactOut.of(row),
    )


def _settlement(row: Row[Any], names: Names) -> SettlementOut:
    return SettlementOut(
        fee_share=AmountOut.of(COIN, row.fee_share, names),
        stake_share=str(row.stake_share),
        slash=str(row.slash),
        fee_to_treasury=AmountOut.of(COIN, row.fee_to_treasury, names),
        stake_to_treasury=str(row.stake_to_treasury),
        fact=FactOut.of(row),
    )


def appeal_out(row: Row[Any], found: CaseRows, names: Names) -> AppealOut:
    winner: Side | None = winner_of(found, row.round)
    return AppealOut(
        round=row.round,
        needed=AmountOut.of(COIN, row.needed, names),
        performer_raised=AmountOut.of(COIN, row.performer_raised, names),
        checker_raised=AmountOut.of(COIN, row.checker_raised, names),
        appellant=row.appellant,
        made_at=row.made_at,
        winner=winner,
        fact=FactOut.of(row),
    )


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
