"""What the operator hid, by which rule and why; and makers' withdrawals."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from backend.api import problem_types as types
from backend.api import taking_off
from backend.api.bodies import REFUSALS as BODY
from backend.api.bodies import only_json
from backend.api.context import USUAL_PAGE, At, Cursor, Here, PageSize, opened, turn
from backend.api.errors import Problem
from backend.api.fields import Bytes32In
from backend.api.openapi import ALWAYS, listing, problems, reading
from backend.api.posting import check_withdrawal
from backend.api.routes.offers import told_of
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.moderation import DecisionOut, RuleOut, RulesOut, WithdrawnOffer
from backend.api.schemas.offer import OfferAtOut
from backend.chain.node import Node
from backend.chain.rpc import Rpc
from backend.db import DatabaseBusy, DatabaseError
from backend.queries import offers
from backend.queries.assets import names_of_assets
from backend.queries.unlisted import list_decisions
from backend.terms.moderation import RULES

router = APIRouter(tags=["offers"])

WITHDRAWING = (
    *BODY,
    *ALWAYS,
    types.UNKNOWN_OFFER,
    types.FOREIGN_SIGNATURE,
    types.BAD_SIGNATURE,
    types.NOT_READY,
    types.DATABASE_BUSY,
    types.NODE_UNREACHABLE,
    types.NODE_OTHER_CHAIN,
)


@router.get("/moderation", responses=listing())
def list_moderation(
    at: At, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[DecisionOut]:
    """The operator's decisions about offers, the newest first; none is ever taken out."""
    part = turn(at, "moderation", ("int",), cursor, limit)
    found = list_decisions(at, part.after, limit)
    return Page[DecisionOut](
        items=[DecisionOut.of(row) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/moderation/rules", responses=reading())
def list_moderation_rules(at: At) -> RulesOut:
    """The rules by which offers are hidden."""
    rules = [RuleOut(name=name, text=text) for name, text in RULES.items()]
    return RulesOut(rules=rules, as_of=BlockOut.of(at.block))


@router.post(
    "/offers/{offerHash}/withdrawal",
    responses=problems(*WITHDRAWING),
    dependencies=[Depends(only_json)],
)
def withdraw_offer(
    here: Here, posted: WithdrawnOffer, offer_hash: Annotated[Bytes32In, Path(alias="offerHash")]
) -> OfferAtOut:
    """Take an offer off the list at once, for good, by a maker's signature and without a
    transaction. It does not cancel the offer: who has it can take it until that."""
    with opened(here) as at:
        row = offers.find_offer(at, offer_hash)
    if row is None:
        raise Problem(types.UNKNOWN_OFFER, f"nobody posted {offer_hash}", offerHash=offer_hash)
    with Rpc(here.settings.rpc_url, here.settings.rpc_timeout) as rpc:
        check_withdrawal(row, posted.by, posted.signature, here.deployment, Node(rpc))
    try:
        taking_off.withdraw(here.engine, here.deployment, offer_hash, posted.by, posted.signature)
    except DatabaseError as error:
        held = isinstance(error, DatabaseBusy)
        detail = "another program holds it" if held else "it cannot be written"
        raise Problem(types.DATABASE_BUSY, detail, retry_after=2) from error
    with opened(here) as at:
        return told_of(here, at, names_of_assets(at, here.settings.coin), offer_hash)
