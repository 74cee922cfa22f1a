"""What an account did in its trades: on which side, for how much, in time or not, in disputes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from backend.queries.offers import of_market, signed_offer
from backend.queries.snapshot import Snapshot
from backend.queries.trades import TradeFilter, TradeRows, list_trades, with_parts
from backend.terms.offer import Offer
from backend.terms.payout import BPS
from backend.terms.plain.draft import NotRecognised, recognise
from backend.terms.status import TrancheStatus

MOST_TRADES = 2_000

Way = tuple[int, str | None, str]  # kind, template if it is known, side


@dataclass
class Dealings:
    """Trades of one kind and template in which the account was on one side. `volume` is what
    performers were paid, fees included, in base units by asset."""

    open: int = 0
    closed: int = 0
    volume: Counter[str] = field(default_factory=Counter)


@dataclass
class Record:
    """The newest trades of an account, counted. `disputes` are tranches by outcome."""

    trades: int = 0
    dealings: dict[Way, Dealings] = field(default_factory=lambda: defaultdict(Dealings))
    counterparties: set[str] = field(default_factory=set)
    on_time: int = 0
    late: int = 0
    disputes: Counter[str] = field(default_factory=Counter)

    @property
    def on_time_bps(self) -> int | None:
        """Rounded down; None where there was nothing to be in time with."""
        told = self.on_time + self.late
        return self.on_time * BPS // told if told else None


def record_of(snapshot: Snapshot, account: str) -> Record:
    """Of at most `MOST_TRADES` trades."""
    newest = list_trades(snapshot, TradeFilter(party=account), None, MOST_TRADES)
    found = with_parts(snapshot.connection, newest.rows)
    templates = _templates(snapshot, [trade.trade.offer_hash for trade in found])
    record = Record(trades=len(found))
    for trade in found:
        _count(record, trade, account, templates.get(trade.trade.offer_hash))
    return record


def _count(record: Record, found: TradeRows, account: str, template: str | None) -> None:
    trade = found.trade
    seats = {seat for seat, party in enumerate(found.parties) if party == account}
    dealings = record.dealings[trade.kind, template, _side(found.tranches, seats)]
    if trade.open_tranches:
        dealings.open += 1
    else:
        dealings.closed += 1
        record.counterparties |= set(found.parties) - {account}
    for row in found.tranches:
        paid = {row.funder, row.performer} & seats and row.funder != row.performer
        if paid and row.to_performer is not None:
            dealings.volume[trade.asset] += row.to_performer + row.fee
        if row.performer in seats:
            _count_time(record, row)
        if row.disputed_at is not None and {row.performer, row.checker} & seats:
            record.disputes[_outcome(row, row.performer in seats)] += 1


def _side(tranches: Sequence[Row[Any]], seats: set[int]) -> str:
    """As of the side of an offer: `backend.terms.shelf`."""
    pays = any(row.funder in seats and row.performer not in seats for row in tranches)
    performs = any(row.performer in seats and row.funder not in seats for row in tranches)
    if pays and performs:
        return "both"
    return "pays" if pays else "performs" if performs else "neither"


def _count_time(record: Record, row: Row[Any]) -> None:
    """The Escrow takes a performance in time only. One that the other side accepted without it, or
    before it, was in time; who gave up, or agreed on a split before it was due, was neither."""
    if row.performed_at is not None or row.status == TrancheStatus.ACCEPTED:
        record.on_time += 1
    elif row.status == TrancheStatus.MISSED:
        record.late += 1


def _outcome(row: Row[Any], performs: bool) -> str:
    if row.closed_at is None:
        return "open"
    if row.status == TrancheStatus.DEFAULTED:
        return "defaulted"
    if row.status != TrancheStatus.RULED:
        return "settled"
    own = row.performer_bps if performs else BPS - row.performer_bps
    return "even" if own * 2 == BPS else "won" if own * 2 > BPS else "lost"


def _templates(snapshot: Snapshot, hashes: Sequence[str]) -> Mapping[str, str | None]:
    """By the hash of the offer, where its text is kept."""
    query = of_market(snapshot)
    posted = query.where(query.selected_columns.offer_hash.in_(set(hashes)))
    return {
        row.offer_hash: _template(signed_offer(row._asdict()), row.text)
        for row in snapshot.connection.execute(posted)
        if row.text is not None
    }


@lru_cache(maxsize=4_096)
def _template(offer: Offer, text: str) -> str | None:
    try:
        return recognise(offer, text).template.name
    except NotRecognised:
        return None
