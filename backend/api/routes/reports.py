"""Condition reports of a trade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from backend.api import problem_types as types
from backend.api.bodies import REFUSALS, only_json
from backend.api.context import At, Here, opened
from backend.api.errors import Problem
from backend.api.fields import Bytes32In
from backend.api.openapi import problems, reading
from backend.api.reporting import check_signatures, check_signers, keep_report
from backend.api.schemas.base import BlockOut
from backend.api.schemas.report import PostedReport, ReportsOut, reports_out
from backend.queries import contents
from backend.queries.reports import reports_of
from backend.queries.snapshot import Snapshot
from backend.queries.trades import find_trade

router = APIRouter(tags=["trades"])

TradeId = Annotated[Bytes32In, Path(alias="tradeId")]


@router.get("/trades/{tradeId}/reports", responses=reading(types.UNKNOWN_TRADE))
def list_reports(at: At, trade_id: TradeId) -> ReportsOut:
    """What the parties signed of how the thing was, at the hand-over and at the return. As public
    as the content that it names."""
    return told_of(at, trade_id)


@router.post(
    "/trades/{tradeId}/reports",
    status_code=201,
    responses=problems(
        *REFUSALS,
        types.UNKNOWN_TRADE,
        types.REPORT_REFUSED,
        types.TOO_MANY_REPORTS,
        types.NOT_READY,
        types.DATABASE_BUSY,
        types.NODE_UNREACHABLE,
        types.NODE_OTHER_CHAIN,
        types.ANSWER_TOO_SLOW,
        types.BROKEN,
    ),
    dependencies=[Depends(only_json)],
)
def post_report(
    here: Here, trade_id: TradeId, report: PostedReport, response: Response
) -> ReportsOut:
    """Keep a condition report that parties of the trade signed. Who agrees posts the same with its
    own signature; to post a signature again does no harm (200)."""
    with opened(here) as at:
        check_signers(here, at, trade_id, parties_of(at, trade_id), report)
    check_signatures(here, trade_id, report)
    if not keep_report(here, trade_id, report):
        response.status_code = 200
    with opened(here) as at:
        return told_of(at, trade_id)


def told_of(at: Snapshot, trade_id: str) -> ReportsOut:
    parties, rows = parties_of(at, trade_id), reports_of(at, trade_id)
    kept = contents.kept(at.connection, {row.content_hash for row in rows})
    return reports_out(trade_id, parties, rows, kept, BlockOut.of(at.block))


def parties_of(at: Snapshot, trade_id: str) -> Sequence[str]:
    """Problem: there is no such trade."""
    found = find_trade(at.connection, trade_id)
    if found is None:
        raise Problem(types.UNKNOWN_TRADE, f"there is no trade {trade_id}", tradeId=trade_id)
    return found.parties
