"""Trades, tranches, ended offers and credits, as the Escrow's views tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.audit.book import REFUSED, Book, Row, compare
from backend.audit.difference import Difference
from backend.db.tables import (
    budgets,
    cancelled_offers,
    cancelled_until,
    credits,
    parties,
    trades,
    tranches,
)
from backend.queries.offers import listing_of
from backend.terms.offer import NO_SEAT, Listing, Offer, Pin, Terms, Trade, Tranche
from backend.terms.status import TrancheStatus

ROUNDED = 1 << 14  # seconds: how exactly the Escrow keeps when a divided tranche was closed
STATUSES = tuple(TrancheStatus)


def audit_trades(book: Book) -> Iterator[Difference]:
    """With their parties and tranches: a trade that the Escrow knows by exactly these terms has
    exactly these parties, amounts and periods."""
    for row in book.rows(trades):
        seats = [party["account"] for party in book.rows(parties, trade_id=row["trade_id"])]
        pieces = list(book.rows(tranches, trade_id=row["trade_id"]))
        trade = trade_of(row, seats, pieces)
        answer = _ask(book, "tranchesOf", trade)
        if answer == REFUSED:
            key = {"trade_id": row["trade_id"]}
            rows, chain = "the rows of trades, parties, tranches", "no trade of these terms"
            yield Difference(trades.name, key, "terms", rows, chain, "Escrow.tranchesOf")
            continue
        yield from _audit_terms(book, row, trade)
        trade_id, states = answer
        yield from compare(trades, row, "Escrow.tranchesOf", trade_id=trade_id)
        still_open = [STATUSES[state[0]] for state in states if not STATUSES[state[0]].is_final]
        told_by = "Escrow.tranchesOf"
        yield from compare(
            trades, row, told_by, open_tranches=len(still_open), tranche_count=len(states)
        )
        yield from _audit_tranches(pieces, states, _ask(book, "nextDefault", trade))


def _ask(book: Book, view: str, trade: Trade) -> Any:
    try:
        return book.ask("Escrow", view, trade.pack())
    except ValueError:  # a number too large for its place in the packed words
        return REFUSED


def trade_of(row: Row, seats: list[str], pieces: list[Row]) -> Trade:
    """As a call of the Escrow names it, from rows."""
    cut = tuple(
        Tranche(
            piece["funder"],
            piece["performer"],
            piece["checker"],
            piece["amount"],
            piece["due_in"],
            piece["review_period"],
        )
        for piece in pieces
    )
    terms = Terms(row["asset"], tuple(seats), cut)
    return Trade(terms, bytes.fromhex(row["listing_hash"][2:]), Pin.unpack(row["pin"]))


def _audit_terms(book: Book, row: Row, trade: Trade) -> Iterator[Difference]:
    """What is kept beside the packed words, and the hashes over them."""
    pin = trade.pin
    yield from compare(
        trades,
        row,
        "the pin",
        fill=pin.fill,
        opened_at=pin.opened_at,
        rules_version=pin.rules_version,
        fee_bps=pin.fee_bps,
        open_seat=None if pin.open_seat == NO_SEAT else pin.open_seat,
    )
    listing = listing_of(row)
    packed = _packed(listing)
    if packed is not None:
        listing_hash = book.ask("Escrow", "hashListing", listing.content_hash, packed)
        yield from compare(trades, row, "Escrow.hashListing", listing_hash=listing_hash)
        offer_hash = book.ask("Escrow", "hashOffer", Offer(trade.signed_terms(), listing).pack())
        yield from compare(trades, row, "Escrow.hashOffer", offer_hash=offer_hash)
    trade_id = book.ask("Escrow", "tradeIdOf", bytes.fromhex(row["offer_hash"][2:]), pin.fill)
    yield from compare(trades, row, "Escrow.tradeIdOf", trade_id=trade_id)
    amount = sum(tranche.amount for tranche in trade.terms.tranches)
    yield from compare(trades, row, "the sum of the tranches", amount=amount)


def _packed(listing: Listing) -> int | None:
    try:
        return listing.pack()
    except ValueError:
        return None


def _audit_tranches(pieces: list[Row], states: Any, outcomes: Any) -> Iterator[Difference]:
    for row, state, outcome in zip(pieces, states, outcomes, strict=False):
        status = STATUSES[state[0]]
        final = status.is_final
        paid = dict(
            zip(("performer_bps", "to_performer", "to_checker", "fee"), state[2:], strict=True)
        )
        yield from compare(
            tranches,
            row,
            "Escrow.tranchesOf",
            status=status.value,
            **{name: value if final else None for name, value in paid.items()},
        )
        if not (status.is_partial and 0 <= row["since"] - state[1] < ROUNDED):
            yield from compare(tranches, row, "Escrow.tranchesOf", since=state[1])
        names = ("default_due_at", "default_to_performer", "default_to_checker", "default_fee")
        silence = dict(zip(names, outcome[1:], strict=True))
        yield from compare(
            tranches,
            row,
            "Escrow.nextDefault",
            default_status=None if final else STATUSES[outcome[0]].value,
            **{name: None if final else value for name, value in silence.items()},
        )


def audit_cancelled_offers(book: Book) -> Iterator[Difference]:
    for row in book.rows(cancelled_offers):
        offer_hash = bytes.fromhex(row["offer_hash"][2:])
        if book.ask("Escrow", "isCancelled", offer_hash) is not True:
            told_by = "Escrow.isCancelled"
            yield from compare(cancelled_offers, row, told_by, offer_hash="not cancelled")


def audit_cancelled_until(book: Book) -> Iterator[Difference]:
    for row in book.rows(cancelled_until):
        until = book.ask("Escrow", "cancelledUntil", row["party"])
        yield from compare(cancelled_until, row, "Escrow.cancelledUntil", created_until=until)


def audit_budgets(book: Book) -> Iterator[Difference]:
    for row in book.rows(budgets):
        amount = book.ask("Escrow", "budgetOf", bytes.fromhex(row["offer_hash"][2:]))
        yield from compare(budgets, row, "Escrow.budgetOf", amount=amount)


def audit_credits(book: Book) -> Iterator[Difference]:
    for row in book.rows(credits):
        amount = book.ask("Escrow", "creditOf", row["account"], row["asset"])
        yield from compare(credits, row, "Escrow.creditOf", amount=amount, settled=amount == 0)
