"""How a tranche is divided, and what becomes of it in silence.

Twin of `contracts/libraries/SplitMath.sol` and `TradeWord.afterSilence`; a test holds them
together. Amounts are base units, shares basis points, times unix seconds of the chain.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.terms.offer import Pin, Tranche

BPS = 10_000


@dataclass(frozen=True, slots=True)
class Payout:
    """The three sums add up to the tranche's amount."""

    to_performer: int
    to_checker: int
    fee: int


@dataclass(frozen=True, slots=True)
class Silence:
    """What follows if nobody acts: after `due_at` anyone may close the tranche as `outcome`."""

    outcome: str
    due_at: int
    performer_bps: int
    payout: Payout


def payout_of(tranche: Tranche, performer_bps: int, fee_bps: int) -> Payout:
    """The performer's share is rounded down, then the fee; who funded itself pays none."""
    share = tranche.amount * performer_bps // BPS
    fee = share * fee_bps // BPS if tranche.funder != tranche.performer else 0
    return Payout(share - fee, tranche.amount - share, fee)


def after_silence(
    tranche: Tranche,
    pin: Pin,
    status: str,
    since: int,
    ruling_period: int,
    default_performer_bps: int,
) -> Silence | None:
    """None for a final tranche. `since` is when it entered its status, `status` in lower case;
    the last two are the dispute rules of the pinned version."""
    if status == "open":
        outcome, due_at, bps = "missed", pin.opened_at + tranche.due_in, 0
    elif status == "performed":
        outcome, due_at, bps = "lapsed", since + tranche.review_period, BPS
    elif status == "disputed":
        outcome, due_at, bps = "defaulted", since + ruling_period, default_performer_bps
    else:
        return None
    return Silence(outcome, due_at, bps, payout_of(tranche, bps, pin.fee_bps))
