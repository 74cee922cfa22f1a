"""Condition reports: what parties signed of how a thing was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.fields import AddressIn, Bytes32In, SignatureIn
from backend.api.schemas.base import BlockOut, Shape
from backend.api.schemas.content import ContentOut, Kept
from backend.terms.condition_report import MOMENTS, Moment

MOST_SIGNATURES = 4  # a trade has no more parties


class ReportSignature(Shape):
    """The EIP-712 signature of `ConditionReport` by a party of the trade (ERC-1271 wallets too)."""

    party: AddressIn
    signature: SignatureIn


class PostedReport(Shape):
    """What is posted: the moment, the hash of what was written down, and who signed it."""

    moment: Moment
    content_hash: Bytes32In = Field(
        description="The SHA2-256 of the report; its bytes go to `/content`."
    )
    signatures: Annotated[list[ReportSignature], Field(min_length=1, max_length=MOST_SIGNATURES)]


class SignedReportOut(ReportSignature):
    posted_at: int = Field(description="Wall clock, unix seconds.")


class ReportOut(Shape):
    """One report, and who stands by it."""

    moment: Moment
    content: ContentOut
    signatures: list[SignedReportOut]
    unsigned: list[AddressIn] = Field(description="Parties of the trade that have not signed it.")


class ReportsOut(Shape):
    """By moment, in the order in which each was first posted."""

    trade_id: str
    items: list[ReportOut]
    as_of: BlockOut


def reports_out(
    trade_id: str,
    parties: Sequence[str],
    rows: Sequence[Row[Any]],
    kept: Kept,
    as_of: BlockOut,
) -> ReportsOut:
    """`rows` are the signatures, the oldest first."""
    found: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in rows:
        found.setdefault((row.moment, row.content_hash), []).append(row)
    items = [
        ReportOut(
            moment=moment,
            content=ContentOut.of(content_hash, kept),
            signatures=[
                SignedReportOut(party=one.party, signature=one.signature, posted_at=one.posted_at)
                for one in signed
            ],
            unsigned=[party for party in parties if party not in {one.party for one in signed}],
        )
        for moment in MOMENTS
        for (_, content_hash), signed in _at(found, moment)
    ]
    return ReportsOut(trade_id=trade_id, items=items, as_of=as_of)


def _at(
    found: dict[tuple[str, str], list[Row[Any]]], moment: str
) -> list[tuple[tuple[str, str], list[Row[Any]]]]:
    return [item for item in found.items() if item[0][0] == moment]
