"""Trades and tranches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import AmountOut, BlockOut, EventOut, FactOut, Shape, kind_name
from backend.api.schemas.content import ContentOut, Kept
from backend.api.schemas.review import TradeReviewsOut
from backend.api.schemas.signed import SplitShape
from backend.queries.assets import AssetName
from backend.queries.trades import TradeRows
from backend.terms.offer import Tranche

Names = Mapping[str, AssetName]


class PayoutOut(Shape):
    """Who got what of a final tranche; the three add up to its amount."""

    performer_bps: int
    to_performer: AmountOut
    to_checker: AmountOut
    fee: AmountOut


class DefaultOut(Shape):
    """What happens if nobody acts: after `dueAt` (unix seconds of the chain) anyone may close the
    tranche as `outcome`, and the money goes like this. `due` says whether that time has passed."""

    tranche: int
    outcome: str
    due_at: int
    due: bool
    to_performer: AmountOut
    to_checker: AmountOut
    fee: AmountOut


class TrancheOut(Shape):
    """A piece of a trade. `performBy` is the last second to perform in; `status` is one of open,
    performed, disputed, and the final ones accepted, refunded, lapsed, missed, split, ruled,
    defaulted."""

    index: int
    funder: str
    performer: str
    checker: str
    amount: AmountOut
    due_in: int
    review_period: int
    perform_by: int
    status: str
    since: int
    performed_at: int | None
    disputed_at: int | None
    closed_at: int | None
    payout: PayoutOut | None
    next_default: DefaultOut | None
    fact: FactOut = Field(description="The latest log of this tranche.")


class TradeTupleOut(Shape):
    """The `trade` argument of the Escrow's functions, its members in the order of the ABI; packed
    words as decimal strings."""

    asset: str
    parties: list[str]
    tranches: list[str]
    listing_hash: str
    pin: str


class DisputeLink(Shape):
    """A dispute of a trade."""

    id: str
    tranche: int
    status: str
    decision: str | None
    performer_bps: int | None


class TradeSummary(Shape):
    """A trade in a list. `fact` is the log that opened it."""

    id: str
    status: str = Field(description="`open` until every tranche is final, then `closed`.")
    kind: int
    kind_name: str
    amount: AmountOut = Field(description="Of all tranches together.")
    parties: list[str]
    taker: str
    offer_hash: str
    fill: int
    opened_at: int
    starts_at: int = Field(description="From here its times count.")
    closed_at: int | None
    rules_version: int = Field(description="Pinned at the opening: no vote changes it.")
    fee_bps: int = Field(description="Pinned at the opening.")
    tranche_count: int
    open_tranches: int
    next_default: DefaultOut | None = Field(description="The earliest of all tranches.")
    fact: FactOut


class TradeOut(TradeSummary):
    """A trade in full: all that a wallet needs to act on it."""

    escrow: str
    content_hash: str
    content: ContentOut = Field(description="What was agreed, in words.")
    open_seat: int | None
    tranches: list[TrancheOut]
    disputes: list[DisputeLink] = Field(description="Those before the Court, by tranche.")
    timeline: list[EventOut]
    splits: list[SplitShape] = Field(
        description="What a side signed, with the offer or since: the other side of the tranche can"
        " close it so alone, with `Escrow.split`, up to the deadline."
    )
    reviews: TradeReviewsOut | None = Field(
        description="What its sides say of each other; null while it is not closed."
    )
    trade: TradeTupleOut
    as_of: BlockOut


def link_of(row: Row[Any]) -> DisputeLink:
    return DisputeLink(
        id=row.case_id,
        tranche=row.tranche,
        status=row.status,
        decision=row.decision,
        performer_bps=row.performer_bps,
    )


def default_of(row: Row[Any], asset: str, names: Names, now: int) -> DefaultOut | None:
    """None for a final tranche."""
    if row.default_due_at is None:
        return None
    return DefaultOut(
        tranche=row.tranche,
        outcome=row.default_status,
        due_at=row.default_due_at,
        due=now > row.default_due_at,
        to_performer=AmountOut.of(asset, row.default_to_performer, names),
        to_checker=AmountOut.of(asset, row.default_to_checker, names),
        fee=AmountOut.of(asset, row.default_fee, names),
    )


def _payout(row: Row[Any], asset: str, names: Names) -> PayoutOut | None:
    if row.to_performer is None:
        return None
    return PayoutOut(
        performer_bps=row.performer_bps,
        to_performer=AmountOut.of(asset, row.to_performer, names),
        to_checker=AmountOut.of(asset, row.to_checker, names),
        fee=AmountOut.of(asset, row.fee, names),
    )


def tranche_of(row: Row[Any], found: TradeRows, names: Names, now: int) -> TrancheOut:
    trade, parties = found.trade, found.parties
    return TrancheOut(
        index=row.tranche,
        funder=parties[row.funder],
        performer=parties[row.performer],
        checker=parties[row.checker],
        amount=AmountOut.of(trade.asset, row.amount, names),
        due_in=row.due_in,
        review_period=row.review_period,
        perform_by=(trade.starts_at or trade.opened_at) + row.due_in,
        status=row.status,
        since=row.since,
        performed_at=row.performed_at,
        disputed_at=row.disputed_at,
        closed_at=row.closed_at,
        payout=_payout(row, trade.asset, names),
        next_default=default_of(row, trade.asset, names, now),
        fact=FactOut.of(row),
    )


def _summary(found: TradeRows, names: Names, now: int) -> dict[str, Any]:
    trade = found.trade
    defaults = [default_of(row, trade.asset, names, now) for row in found.tranches]
    waiting = [default for default in defaults if default is not None]
    return {
        "id": trade.trade_id,
        "status": "open" if trade.open_tranches else "closed",
        "kind": trade.kind,
        "kind_name": kind_name(trade.kind),
        "amount": AmountOut.of(trade.asset, trade.amount, names),
        "parties": list(found.parties),
        "taker": trade.taker,
        "offer_hash": trade.offer_hash,
        "fill": trade.fill,
        "opened_at": trade.opened_at,
        "starts_at": trade.starts_at or trade.opened_at,
        "closed_at": trade.closed_at,
        "rules_version": trade.rules_version,
        "fee_bps": trade.fee_bps,
        "tranche_count": trade.tranche_count,
        "open_tranches": trade.open_tranches,
        "next_default": min(waiting, key=lambda default: default.due_at, default=None),
        "fact": FactOut.of(trade),
    }


def summary_of(found: TradeRows, names: Names, now: int) -> TradeSummary:
    return TradeSummary(**_summary(found, names, now))


def tuple_of(found: TradeRows) -> TradeTupleOut:
    """What the contract wants to be told of this trade."""
    words = [
        Tranche(
            funder=row.funder,
            performer=row.performer,
            checker=row.checker,
            amount=row.amount,
            due_in=row.due_in,
            review_period=row.review_period,
        ).pack()
        for row in found.tranches
    ]
    return TradeTupleOut(
        asset=found.trade.asset,
        parties=list(found.parties),
        tranches=[str(word) for word in words],
        listing_hash=found.trade.listing_hash,
        pin=str(found.trade.pin),
    )


def trade_of(
    found: TradeRows,
    events: Sequence[Row[Any]],
    disputes: Sequence[Row[Any]],
    kept: Kept,
    splits: Sequence[Row[Any]],
    reviews: TradeReviewsOut | None,
    names: Names,
    escrow: str,
    as_of: BlockOut,
) -> TradeOut:
    now = as_of.time
    return TradeOut(
        **_summary(found, names, now),
        escrow=escrow,
        content_hash=found.trade.content_hash,
        content=ContentOut.of(found.trade.content_hash, kept),
        open_seat=found.trade.open_seat,
        tranches=[tranche_of(row, found, names, now) for row in found.tranches],
        disputes=[link_of(row) for row in disputes],
        timeline=[EventOut.of(row) for row in events],
        splits=[SplitShape.of(row) for row in splits],
        reviews=reviews,
        trade=tuple_of(found),
        as_of=as_of,
    )
