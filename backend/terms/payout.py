"""How a tranche is divided: twin of ``contracts/libraries/SplitMath.sol``.

Amounts are base units, shares and fees basis points.
"""

from __future__ import annotations

from dataclasses import dataclass

BPS = 10_000


@dataclass(frozen=True, slots=True)
class Payout:
    """The three sums add up to the tranche's amount."""

    to_performer: int
    to_checker: int
    fee: int


def divide(amount: int, performer_bps: int, fee_bps: int, *, own_money: bool) -> Payout:
    """The performer's share is rounded down, then the fee; a performer who funded pays none."""
    share = amount * performer_bps // BPS
    fee = 0 if own_money else share * fee_bps // BPS
    return Payout(share - fee, amount - share, fee)
