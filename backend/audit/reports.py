"""Condition reports that were posted: each must be what its party signed."""

from __future__ import annotations

from collections.abc import Iterator

from backend.audit.book import Book, compare
from backend.audit.difference import Difference
from backend.audit.signatures import is_signed
from backend.db.tables import condition_reports
from backend.terms.condition_report import report_digest


def audit_condition_reports(book: Book) -> Iterator[Difference]:
    """Those of this market. When one was posted, only the database knows; a trade that a reorg took
    away may come back, so that its reports stay."""
    chain_id, escrow = book.deployment.chain_id, book.deployment.address("Escrow")
    for row in book.rows(condition_reports, chain_id=chain_id, escrow=escrow):
        digest = report_digest(
            chain_id, escrow, row["trade_id"], row["moment"], row["content_hash"]
        )
        if not is_signed(book, row["party"], digest, row["signature"]):
            told_by = f"the signature of {row['party']}"
            yield from compare(condition_reports, row, told_by, signature="no valid signature")
