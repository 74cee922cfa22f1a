"""Condition reports that are posted: whose signatures hold, and how many are kept."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import insert, select

from backend.api import problem_types as types
from backend.api.context import Context
from backend.api.errors import Problem
from backend.api.reader import asked
from backend.api.schemas.report import PostedReport
from backend.db import DatabaseBusy, DatabaseError, writing
from backend.db.tables import condition_reports
from backend.queries.reports import reports_of
from backend.queries.snapshot import Snapshot
from backend.terms.condition_report import report_digest
from backend.terms.signatures import recover


def check_signers(
    here: Context, at: Snapshot, trade_id: str, parties: Sequence[str], report: PostedReport
) -> None:
    """Problem: a stranger signed, or a party has signed too many."""
    signed_by = Counter(row.party for row in reports_of(at, trade_id))
    for signed in report.signatures:
        if signed.party not in parties:
            raise Problem(
                types.REPORT_REFUSED, f"{signed.party} is no party of it", party=signed.party
            )
        limit = here.limits.reports_per_party
        if signed_by[signed.party] >= limit:
            raise Problem(
                types.TOO_MANY_REPORTS,
                f"{signed.party} has signed {limit}",
                party=signed.party,
                limit=limit,
            )


def check_signatures(here: Context, trade_id: str, report: PostedReport) -> None:
    """The node is asked only for what no key signed. Problem: one does not hold."""
    digest = report_digest(
        here.deployment.chain_id, here.escrow, trade_id, report.moment, report.content_hash
    )
    for signed in report.signatures:
        signature = bytes.fromhex(signed.signature[2:])
        if recover(digest, signature) == signed.party:
            continue
        if not asked(here, signed.party, digest, signature):
            raise Problem(
                types.REPORT_REFUSED, f"{signed.party} did not sign that", party=signed.party
            )


def keep_report(here: Context, trade_id: str, report: PostedReport) -> bool:
    """Adds the signatures that are new; whether any is. Harmless to repeat."""
    key = {
        "chain_id": here.deployment.chain_id,
        "escrow": here.escrow,
        "trade_id": trade_id,
        "moment": report.moment,
        "content_hash": report.content_hash,
    }
    added = False
    try:
        with writing(here.engine) as connection:
            for signed in report.signatures:
                row = key | {"party": signed.party}
                where = [condition_reports.c[name] == value for name, value in row.items()]
                if connection.execute(select(condition_reports).where(*where)).first():
                    continue
                row |= {"signature": signed.signature, "posted_at": int(time.time())}
                connection.execute(insert(condition_reports).values(**row))
                added = True
    except DatabaseError as error:
        held = isinstance(error, DatabaseBusy)
        detail = "another program holds it" if held else "it cannot be written"
        raise Problem(types.DATABASE_BUSY, detail, retry_after=2) from error
    return added
