"""What follows if nobody acts: twin of `TradeWord.afterSilence`, which `nextDefault` asks."""

from __future__ import annotations

from dataclasses import dataclass

from backend.terms.offer import Tranche
from backend.terms.payout import BPS, Payout, divide
from backend.terms.status import TrancheStatus


@dataclass(frozen=True, slots=True)
class PinnedRules:
    """The rules of a trade: the fee in basis points of what a performer is paid, the seconds from a
    dispute to the last one to rule in, and the performer's share if nobody rules."""

    fee_bps: int
    ruling_period: int
    default_performer_bps: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Once `due_at` (unix seconds) has passed, anyone may close the tranche so."""

    outcome: TrancheStatus
    due_at: int
    performer_bps: int


def after_silence(
    status: TrancheStatus,
    since: int,
    tranche: Tranche,
    started_at: int,
    ruling_period: int,
    default_performer_bps: int,
) -> Silence | None:
    """None for a final tranche. `since` is when it entered the status; all times share one origin:
    with zero for both, `due_at` is how many seconds there are."""
    if status is TrancheStatus.OPEN:
        return Silence(TrancheStatus.MISSED, started_at + tranche.due_in, 0)
    if status is TrancheStatus.PERFORMED:
        return Silence(TrancheStatus.LAPSED, since + tranche.review_period, BPS)
    if status is TrancheStatus.DISPUTED:
        return Silence(TrancheStatus.DEFAULTED, since + ruling_period, default_performer_bps)
    return None


def payout_of(tranche: Tranche, performer_bps: int, fee_bps: int) -> Payout:
    """What each side of this tranche is paid at this share."""
    own_money = tranche.funder == tranche.performer
    return divide(tranche.amount, performer_bps, fee_bps, own_money=own_money)
