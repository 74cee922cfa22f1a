"""From plain input to terms, and from terms to sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path
from pydantic import ValidationError

from backend.api import problem_types as types
from backend.api.bodies import REFUSALS, only_json
from backend.api.context import At, Here, Names
from backend.api.errors import Problem, malformed
from backend.api.openapi import ALWAYS, problems, reading
from backend.api.schemas.base import BlockOut
from backend.api.schemas.template import (
    ExplainedOut,
    ExplainIn,
    OfferTermsOut,
    TemplateFormOut,
    TemplateOut,
    TemplatesOut,
    TermsIn,
)
from backend.queries import rules
from backend.queries.assets import AssetName
from backend.queries.snapshot import Snapshot
from backend.terms.acceptability import refusal
from backend.terms.plain.draft import (
    BadDeal,
    Deal,
    Draft,
    NotRecognised,
    draft,
    recognise,
)
from backend.terms.plain.fields import MAX_TIME
from backend.terms.plain.money import Money
from backend.terms.plain.narrator import Narrator
from backend.terms.plain.preview import preview
from backend.terms.plain.template import PLAIN_PHRASES, Piece, Template
from backend.terms.silence import PinnedRules
from backend.terms.templates import all_templates

router = APIRouter(tags=["templates"])


@router.get("/templates", responses=problems(*ALWAYS))
def list_templates() -> TemplatesOut:
    """Every way of trading there is a form for."""
    return TemplatesOut(items=[TemplateOut.of(one) for one in all_templates().values()])


@router.get(
    "/templates/{name}",
    responses=problems(*ALWAYS, types.UNKNOWN_TEMPLATE),
)
def get_template(name: Annotated[str, Path(max_length=40)]) -> TemplateFormOut:
    """One template, with the JSON schema of its input."""
    return TemplateFormOut.of(_find(name))


@router.post(
    "/templates/{name}/terms",
    responses=reading(types.UNKNOWN_TEMPLATE, types.IMPOSSIBLE_TERMS, *REFUSALS),
    dependencies=[Depends(only_json)],
)
def make_terms(
    here: Here,
    at: At,
    names: Names,
    name: Annotated[str, Path(max_length=40)],
    asked: TermsIn,
) -> OfferTermsOut:
    """The offer of a plain input: what to sign, and every case in words. Nothing is kept."""
    template = _find(name)
    try:
        given = template.input.model_validate_json(orjson.dumps(asked.input))
    except ValidationError as error:
        raise malformed(
            [(["body", "input", *found["loc"]], _said(found["msg"])) for found in error.errors()]
        ) from None
    pinned = _rules(at, template.kind)
    deal = asked.deal
    try:
        made = draft(
            template,
            given,
            Deal(
                asset=deal.asset,
                parties=deal.parties,
                max_fee_bps=pinned.fee_bps if deal.max_fee_bps is None else deal.max_fee_bps,
                created_at=at.now if deal.created_at is None else deal.created_at,
                expires_at=MAX_TIME if deal.expires_at is None else deal.expires_at,
                salt=int(deal.salt),
                area=deal.area,
                calendar=deal.calendar,
                answers=deal.answers,
            ),
        )
    except BadDeal as error:
        raise Problem(types.IMPOSSIBLE_TERMS, str(error)) from None
    told = preview(made, asked.names, _money(deal.asset, names), pinned)
    return OfferTermsOut.of(made, told, at.chain_id, here.escrow, BlockOut.of(at.block))


@router.post(
    "/terms/explain",
    responses=reading(types.IMPOSSIBLE_OFFER, *REFUSALS),
    dependencies=[Depends(only_json)],
)
def explain_terms(at: At, names: Names, asked: ExplainIn) -> ExplainedOut:
    """What terms mean: the template and the input they were made of, and every case in words."""
    offer = asked.offer.offer()
    error = refusal(offer)
    if error is not None:
        detail = f"opening this offer would always revert with {error}"
        raise Problem(types.IMPOSSIBLE_OFFER, detail, contractError=error)
    found: Draft | None = None
    reason: str | None = "its text is not known"
    if asked.text is not None:
        try:
            found, reason = recognise(offer, asked.text), None
        except NotRecognised as unknown:
            reason = str(unknown)
    money, pinned = _money(offer.terms.asset, names), _rules(at, offer.listing.kind)
    if found is not None:
        seats = list(found.seats)
        told = preview(found, {}, money, pinned, asked.opened_at)
    else:
        seats = [f"party {index}" for index in range(len(offer.terms.parties))]
        pieces = [Piece(tranche, PLAIN_PHRASES) for tranche in offer.terms.tranches]
        narrator = Narrator(seats, money, pinned, offer.listing.starts_at, asked.opened_at)
        told = list(narrator.tell(pieces))
    return ExplainedOut.of(offer.listing.kind, seats, found, reason, told, BlockOut.of(at.block))


def _find(name: str) -> Template[Any]:
    found = all_templates().get(name)
    if found is None:
        raise Problem(types.UNKNOWN_TEMPLATE, f"{name} is not one of them")
    return found


def _rules(at: Snapshot, kind: int) -> PinnedRules:
    """Those that a trade would pin now."""
    found = rules.pinned_now(at, kind)
    if found is None:
        raise Problem(types.NOT_READY, "no rules are indexed yet", retry_after=2)
    return found


def _money(asset: str, names: Mapping[str, AssetName]) -> Money:
    name = names.get(asset, AssetName())
    return Money(name.symbol, name.decimals)


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")
