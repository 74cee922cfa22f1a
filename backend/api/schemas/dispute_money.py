"""The money of a dispute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from backend.api.schemas.base import AmountOut, Shape
from backend.queries.assets import AssetName
from backend.queries.case_money import Item, Money
from backend.terms.offer import ZERO_ADDRESS

Names = Mapping[str, AssetName]
COIN = ZERO_ADDRESS
MOST = 100  # items of a list


class MoneyItemOut(Shape):
    """`why` is `deposit` or `appeal` where it was paid in; `depositReturned`, `jurorFee`,
    `appealReturned` or `notShared` (to the treasury) where it was credited; `jurorFees` (to be
    shared by `settleRound`; no account) or `appeal` (by `claimAppeal`) where it is owed. `round` is
    that of the panel, or of the ruling that was appealed."""

    why: str
    account: str | None
    amount: AmountOut
    side: str | None
    round: int | None
    attempt: int | None


class MoneyOut(Shape):
    """Who put up what of the chain's coin, who was credited what, and what can be had now. Credits
    are withdrawn from the Court. `held` is what was put up and not credited yet. Each list has at
    most 100 items; the sums count all."""

    paid_in: list[MoneyItemOut]
    credited: list[MoneyItemOut]
    owed: list[MoneyItemOut] = Field(description="What anyone may have credited now.")
    total_paid_in: AmountOut
    total_credited: AmountOut
    held: AmountOut


def money_out(money: Money, names: Names) -> MoneyOut:
    return MoneyOut(
        paid_in=_items(money.paid_in, names),
        credited=_items(money.credited, names),
        owed=_items(money.owed, names),
        total_paid_in=_total(money.paid_in, names),
        total_credited=_total(money.credited, names),
        held=AmountOut.of(COIN, money.held, names),
    )


def _items(items: Sequence[Item], names: Names) -> list[MoneyItemOut]:
    return [
        MoneyItemOut(
            why=item.why,
            account=item.account,
            amount=AmountOut.of(COIN, item.amount, names),
            side=item.side,
            round=item.round,
            attempt=item.attempt,
        )
        for item in items[:MOST]
    ]


def _total(items: Sequence[Item], names: Names) -> AmountOut:
    return AmountOut.of(COIN, sum(item.amount for item in items), names)
