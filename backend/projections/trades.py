"""Trades and their tranches."""

from __future__ import annotations

from backend.db.rows import Row, Rows
from backend.db.tables import parties, rules, trades, tranches
from backend.events.escrow import (
    TradeOpened,
    TrancheAccepted,
    TrancheDefaulted,
    TrancheDisputed,
    TrancheEvent,
    TrancheLapsed,
    TrancheMissed,
    TranchePerformed,
    TrancheRefunded,
    TrancheRuled,
    TrancheSplit,
)
from backend.projections.budgets import draw
from backend.projections.credits import owe_fee
from backend.projections.registry import origin, projects
from backend.terms.acceptability import budget_per_fill
from backend.terms.offer import NO_SEAT
from backend.terms.payout import BPS, divide
from backend.terms.status import TrancheStatus
from backend.terms.typed_data import hash_listing, hash_offer


@projects(TradeOpened)
def trade_opened(event: TradeOpened, rows: Rows) -> None:
    terms, listing, pin = event.offer.terms, event.offer.listing, event.pin
    listing_hash = hash_listing(listing)
    offer_hash = "0x" + hash_offer(terms, listing_hash).hex()
    draw(event, rows, offer_hash, budget_per_fill(event.offer))
    rows.add(
        trades,
        trade_id=event.trade_id,
        offer_hash=offer_hash,
        fill=pin.fill,
        taker=event.taker,
        asset=terms.asset,
        amount=sum(tranche.amount for tranche in terms.tranches),
        kind=listing.kind,
        content_hash="0x" + listing.content_hash.hex(),
        listing_hash="0x" + listing_hash.hex(),
        max_fee_bps=listing.max_fee_bps,
        created_at=listing.created_at,
        expires_at=listing.expires_at,
        starts_at=listing.starts_at,
        sponsor=listing.sponsor,
        labels=listing.labels,
        least_points=listing.least_points,
        fills=listing.fills,
        salt=listing.salt,
        opened_at=pin.opened_at,
        rules_version=pin.rules_version,
        fee_bps=pin.fee_bps,
        open_seat=None if pin.open_seat == NO_SEAT else pin.open_seat,
        pin=pin.pack(),
        tranche_count=len(terms.tranches),
        open_tranches=len(terms.tranches),
        closed_at=None,
        **origin(event),
    )
    for seat, party in enumerate(terms.parties):
        account = event.taker if seat == pin.open_seat else party
        rows.add(parties, trade_id=event.trade_id, seat=seat, account=account, **origin(event))
    for index, tranche in enumerate(terms.tranches):
        missed = divide(tranche.amount, 0, pin.fee_bps, own_money=False)
        rows.add(
            tranches,
            trade_id=event.trade_id,
            tranche=index,
            funder=tranche.funder,
            performer=tranche.performer,
            checker=tranche.checker,
            amount=tranche.amount,
            due_in=tranche.due_in,
            review_period=tranche.review_period,
            status=TrancheStatus.OPEN,
            since=pin.start,
            default_status=TrancheStatus.MISSED,
            default_due_at=pin.start + tranche.due_in,
            default_to_performer=missed.to_performer,
            default_to_checker=missed.to_checker,
            default_fee=missed.fee,
            **origin(event),
        )


@projects(TranchePerformed)
def tranche_performed(event: TranchePerformed, rows: Rows) -> None:
    tranche = _tranche(event, rows)
    now = event.at.block_time
    _wait(event, rows, TrancheStatus.PERFORMED, TrancheStatus.LAPSED, BPS, tranche["review_period"])
    rows.change(tranches, _key(event), performed_at=now)


@projects(TrancheDisputed)
def tranche_disputed(event: TrancheDisputed, rows: Rows) -> None:
    version = rows.need(trades, trade_id=event.trade_id)["rules_version"]
    pinned = rows.need(rules, version=version)
    _wait(
        event,
        rows,
        TrancheStatus.DISPUTED,
        TrancheStatus.DEFAULTED,
        pinned["default_performer_bps"],
        pinned["ruling_period"],
    )
    rows.change(tranches, _key(event), disputed_at=event.at.block_time)


@projects(TrancheAccepted)
def tranche_accepted(event: TrancheAccepted, rows: Rows) -> None:
    _close(event, rows, TrancheStatus.ACCEPTED, BPS)


@projects(TrancheRefunded)
def tranche_refunded(event: TrancheRefunded, rows: Rows) -> None:
    _close(event, rows, TrancheStatus.REFUNDED, 0)


@projects(TrancheLapsed)
def tranche_lapsed(event: TrancheLapsed, rows: Rows) -> None:
    _close(event, rows, TrancheStatus.LAPSED, BPS)


@projects(TrancheMissed)
def tranche_missed(event: TrancheMissed, rows: Rows) -> None:
    _close(event, rows, TrancheStatus.MISSED, 0)


@projects(TrancheSplit)
def tranche_split(event: TrancheSplit, rows: Rows) -> None:
    _close(event, rows, TrancheStatus.SPLIT, event.performer_bps)


@projects(TrancheRuled)
def tranche_ruled(event: TrancheRuled, rows: Rows) -> None:
    _close(event, rows, TrancheStatus.RULED, event.performer_bps)


@projects(TrancheDefaulted)
def tranche_defaulted(event: TrancheDefaulted, rows: Rows) -> None:
    _close(event, rows, TrancheStatus.DEFAULTED, event.performer_bps)


def _key(event: TrancheEvent) -> Row:
    return {"trade_id": event.trade_id, "tranche": event.tranche}


def _tranche(event: TrancheEvent, rows: Rows) -> Row:
    return rows.need(tranches, trade_id=event.trade_id, tranche=event.tranche)


def _wait(
    event: TrancheEvent,
    rows: Rows,
    status: TrancheStatus,
    outcome: TrancheStatus,
    performer_bps: int,
    period: int,
) -> None:
    """A status that is not final: what follows in silence, `period` seconds after this block or
    after the start of the trade, whichever is later."""
    tranche = _tranche(event, rows)
    trade = rows.need(trades, trade_id=event.trade_id)
    since = max(event.at.block_time, trade["starts_at"])
    payout = divide(
        tranche["amount"],
        performer_bps,
        trade["fee_bps"],
        own_money=tranche["funder"] == tranche["performer"],
    )
    rows.change(
        tranches,
        _key(event),
        status=status,
        since=since,
        default_status=outcome,
        default_due_at=since + period,
        default_to_performer=payout.to_performer,
        default_to_checker=payout.to_checker,
        default_fee=payout.fee,
        **origin(event),
    )


def _close(event: TrancheEvent, rows: Rows, status: TrancheStatus, performer_bps: int) -> None:
    """A final status: what was paid, and what the treasury is owed."""
    tranche = _tranche(event, rows)
    trade = rows.need(trades, trade_id=event.trade_id)
    payout = divide(
        tranche["amount"],
        performer_bps,
        trade["fee_bps"],
        own_money=tranche["funder"] == tranche["performer"],
    )
    now = event.at.block_time
    rows.change(
        tranches,
        _key(event),
        status=status,
        since=max(now, trade["starts_at"]),
        closed_at=now,
        performer_bps=performer_bps,
        to_performer=payout.to_performer,
        to_checker=payout.to_checker,
        fee=payout.fee,
        default_status=None,
        default_due_at=None,
        default_to_performer=None,
        default_to_checker=None,
        default_fee=None,
        **origin(event),
    )
    left = trade["open_tranches"] - 1
    rows.change(
        trades,
        {"trade_id": event.trade_id},
        open_tranches=left,
        closed_at=now if left == 0 else None,
    )
    owe_fee(event, rows, trade["asset"], payout.fee)
