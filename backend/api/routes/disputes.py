"""Disputes before the Court."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from sqlalchemy import Row

from backend.api import problem_types as types
from backend.api.context import USUAL_PAGE, At, Cursor, Names, PageSize, turn
from backend.api.cursors import Kind
from backend.api.errors import Problem
from backend.api.fields import AddressIn, Bytes32In
from backend.api.openapi import listing, reading
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.content import Kept
from backend.api.schemas.dispute import (
    DisputeOut,
    DisputeSummary,
    EvidenceOut,
    HappeningOut,
    dispute_of,
    evidence_out,
    happening_out,
    summary_of,
)
from backend.queries import disputes
from backend.queries.case_money import money_of
from backend.queries.contents import kept
from backend.queries.snapshot import Snapshot
from backend.queries.trades import find_trade

router = APIRouter(tags=["disputes"])

ORDER: tuple[Kind, ...] = ("int", "int")
CaseId = Annotated[Bytes32In, Path(alias="caseId")]
Status = Literal["open", "deposits", "evidence", "commit", "reveal", "appeal", "decided", "closed"]


@router.get("/disputes", responses=listing())
def list_disputes(
    at: At,
    names: Names,
    party: Annotated[AddressIn | None, Query(description="A side of the case.")] = None,
    juror: Annotated[AddressIn | None, Query(description="Was drawn for it.")] = None,
    trade: Annotated[Bytes32In | None, Query()] = None,
    status: Annotated[Status | None, Query(description="`open`: not closed.")] = None,
    limit: PageSize = USUAL_PAGE,
    cursor: Cursor = None,
) -> Page[DisputeSummary]:
    """Disputes before the Court, the newest first."""
    wanted = disputes.DisputeFilter(party, juror, trade, status)
    part = turn(
        at,
        "disputes",
        ORDER,
        cursor,
        limit,
        party=party,
        juror=juror,
        trade=trade,
        status=status,
    )
    found = disputes.list_disputes(at, wanted, part.after, limit)
    return Page[DisputeSummary](
        items=[summary_of(rows, names, at.now) for rows in disputes.with_parts(at, found.rows)],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/disputes/{caseId}", responses=reading(types.UNKNOWN_DISPUTE))
def get_dispute(at: At, names: Names, case_id: CaseId) -> DisputeOut:
    """A dispute: its periods, panels, votes, appeals and money, what follows, and what can be done
    by whom."""
    found = find(at, case_id)
    parts = disputes.parts_of(at, found.case)
    trade = find_trade(at.connection, found.case.trade_id)
    assert trade is not None
    shown = disputes.list_evidence(at, case_id, None, USUAL_PAGE)
    return dispute_of(
        found,
        parts,
        trade,
        money_of(at, found, parts),
        shown.rows,
        kept_of(at, shown.rows),
        names,
        at.contracts,
        BlockOut.of(at.block),
    )


@router.get("/disputes/{caseId}/timeline", responses=listing(types.UNKNOWN_DISPUTE))
def list_timeline(
    at: At, case_id: CaseId, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[HappeningOut]:
    """All that happened in a dispute, and to its tranche at the Escrow, the oldest first."""
    case = find(at, case_id).case
    part = turn(at, "timeline of a dispute", ORDER, cursor, limit, case=case_id)
    found = disputes.timeline(at, case, part.after, limit)
    return Page[HappeningOut](
        items=[happening_out(row, case) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/disputes/{caseId}/evidence", responses=listing(types.UNKNOWN_DISPUTE))
def list_evidence(
    at: At, case_id: CaseId, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[EvidenceOut]:
    """What the sides showed, the newest first."""
    case = find(at, case_id).case
    part = turn(at, "evidence", ORDER, cursor, limit, case=case_id)
    found = disputes.list_evidence(at, case_id, part.after, limit)
    known = kept_of(at, found.rows)
    return Page[EvidenceOut](
        items=[evidence_out(row, case, known) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


def kept_of(at: Snapshot, rows: Sequence[Row[Any]]) -> Kept:
    return kept(at.connection, (row.content_hash for row in rows))


def find(at: Snapshot, case_id: str) -> disputes.CaseRows:
    found = disputes.find_dispute(at, case_id)
    if found is None:
        raise Problem(types.UNKNOWN_DISPUTE, f"there is no case {case_id}", caseId=case_id)
    return found
