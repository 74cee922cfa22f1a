"""Jurors, the pool's credits and callers, as the JurorPool's views tell of them."""

from __future__ import annotations

from collections.abc import Iterator

from backend.audit.book import Book, compare
from backend.audit.difference import Difference
from backend.db.tables import juror_credits, jurors, pool_callers
from backend.terms.jurors import CALLER_STATUSES

POOL = "JurorPool"


def audit_jurors(book: Book) -> Iterator[Difference]:
    """Sums over all time, and the epoch of a weight, are in the logs only."""
    for row in book.rows(jurors):
        juror = row["juror"]
        stake, locked, leaving, available_at = book.ask(POOL, "stakeOf", juror)
        yield from compare(
            jurors,
            row,
            "JurorPool.stakeOf",
            stake=stake,
            locked=locked,
            leaving=leaving,
            available_at=available_at,
        )
        weight = book.ask(POOL, "weightOf", juror)
        yield from compare(
            jurors,
            row,
            "JurorPool.weightOf, isDrawable",
            weight=weight,
            drawable=book.ask(POOL, "isDrawable", juror),
        )
        position = book.ask(POOL, "positionOf", juror) if weight else None
        yield from compare(jurors, row, "JurorPool.positionOf", position=position)


def audit_juror_credits(book: Book) -> Iterator[Difference]:
    for row in book.rows(juror_credits):
        amount = book.ask(POOL, "creditOf", row["account"])
        told_by = "JurorPool.creditOf"
        yield from compare(juror_credits, row, told_by, amount=amount, settled=amount == 0)


def audit_pool_callers(book: Book) -> Iterator[Difference]:
    for row in book.rows(pool_callers):
        yield from compare(
            pool_callers,
            row,
            "JurorPool.statusOf, slashedBy",
            status=CALLER_STATUSES[book.ask(POOL, "statusOf", row["caller"])].value,
            slashed=book.ask(POOL, "slashedBy", row["caller"]),
        )
