"""Splits of open trades: one side signs, the other closes the tranche with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from backend.api import inbox
from backend.api import problem_types as types
from backend.api.bodies import REFUSALS, only_json
from backend.api.context import Here, opened
from backend.api.errors import Problem
from backend.api.fields import Bytes32In
from backend.api.openapi import problems
from backend.api.presigned import check_split, check_split_signature
from backend.api.schemas.signed import SignedSplit, SplitShape
from backend.db import DatabaseBusy, DatabaseError
from backend.queries.presigned import splits_of
from backend.queries.trades import find_trade

router = APIRouter(tags=["trades"])

TradeId = Annotated[Bytes32In, Path(alias="tradeId")]


@router.post(
    "/trades/{tradeId}/splits",
    status_code=201,
    responses=problems(
        *REFUSALS,
        types.UNKNOWN_TRADE,
        types.SPLIT_REFUSED,
        types.TOO_MANY_SPLITS,
        types.NOT_READY,
        types.DATABASE_BUSY,
        types.NODE_UNREACHABLE,
        types.NODE_OTHER_CHAIN,
        types.ANSWER_TOO_SLOW,
        types.BROKEN,
    ),
    dependencies=[Depends(only_json)],
)
def post_split(here: Here, trade_id: TradeId, split: SignedSplit, response: Response) -> SplitShape:
    """Keep a split that one side of an open tranche signed, for the other side to close it with
    `Escrow.split`. It stands among the `splits` of the trade; to post it again does no harm (200).
    A signature cannot be taken back before its deadline: keep the deadline near."""
    with opened(here) as at:
        found = find_trade(at.connection, trade_id)
        if found is None:
            raise Problem(types.UNKNOWN_TRADE, f"there is no trade {trade_id}", tradeId=trade_id)
        told = SplitShape(fill=found.trade.fill, **split.model_dump())
        offer_hash = found.trade.offer_hash
        if told in [SplitShape.of(row) for row in splits_of(at, offer_hash, told.fill)]:
            response.status_code = 200
            return told
        check_split(here, at, found, split)
    check_split_signature(here, trade_id, split)
    try:
        inbox.keep_splits(here.engine, here.deployment, offer_hash, [told.model_dump()])
    except DatabaseError as error:
        held = isinstance(error, DatabaseBusy)
        detail = "another program holds it" if held else "it cannot be written"
        raise Problem(types.DATABASE_BUSY, detail, retry_after=2) from error
    return told
