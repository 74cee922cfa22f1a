"""Signed offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from sqlalchemy import Row

from backend.api import inbox, keeping, posting
from backend.api import problem_types as types
from backend.api.answering import check_answer, check_calendar
from backend.api.bodies import only_json
from backend.api.context import At, Context, Here, Names, opened
from backend.api.errors import Problem
from backend.api.fields import Bytes32In
from backend.api.openapi import problems, reading
from backend.api.presigned import check_splits
from backend.api.room import check_room
from backend.api.schemas.base import BlockOut
from backend.api.schemas.maker import MakerOut, maker_of
from backend.api.schemas.offer import (
    Market,
    NegotiationOut,
    OfferAtOut,
    OfferOut,
    offer_at,
    offer_of,
)
from backend.api.schemas.offer_rows import OfferRows
from backend.api.schemas.signed import PostedOffer
from backend.chain.node import Node
from backend.chain.rpc import Rpc
from backend.content import Accepted, Kind
from backend.db import DatabaseBusy, DatabaseError
from backend.queries import budgets, contents, negotiation, offers, rules
from backend.queries.assets import AssetName, names_of_assets
from backend.queries.calendars import booked
from backend.queries.labels import labels_of_accounts
from backend.queries.offers import signed_offer
from backend.queries.presigned import splits_of
from backend.queries.ratings import ratings_of
from backend.queries.snapshot import Snapshot
from backend.queries.trades import taken_fills
from backend.queries.unlisted import hiding_of, withdrawal_of
from backend.terms.shelf import shelf_of

router = APIRouter(tags=["offers"])

REFUSALS = (
    types.WRONG_DOMAIN,
    types.IMPOSSIBLE_OFFER,
    types.CONTENT_MISMATCH,
    types.UNUSABLE_TEXT,
    types.MISSING_SIGNATURE,
    types.FOREIGN_SIGNATURE,
    types.BAD_SIGNATURE,
    types.OFFER_EXPIRED,
    types.OFFER_NOT_YET_VALID,
    types.OFFER_CANCELLED,
    types.OFFER_FILLED,
    types.OFFER_WITHDRAWN,
    types.FEE_ABOVE_CEILING,
    types.ASSET_NOT_ALLOWED,
    types.LOW_BALANCE,
    types.LOW_ALLOWANCE,
    types.LOW_BUDGET,
    types.SPLIT_REFUSED,
    types.ANSWER_REFUSED,
    types.CALENDAR_TAKEN,
    types.TOO_MANY_OFFERS,
    types.TOO_MUCH_CONTENT,
    types.STORE_UNREACHABLE,
    types.BODY_TOO_LARGE,
    types.BODY_TOO_SLOW,
    types.TOO_MANY_REQUESTS,
    types.WRONG_MEDIA_TYPE,
    types.MALFORMED,
    types.NOT_READY,
    types.DATABASE_BUSY,
    types.NODE_UNREACHABLE,
    types.NODE_OTHER_CHAIN,
    types.ANSWER_TOO_SLOW,
    types.BROKEN,
)


@router.get("/offers/{offerHash}", responses=reading(types.UNKNOWN_OFFER))
def get_offer(
    here: Here, at: At, names: Names, offer_hash: Annotated[Bytes32In, Path(alias="offerHash")]
) -> OfferAtOut:
    """A posted offer, live or not, with all that is needed to take it."""
    return told_of(here, at, names, offer_hash)


@router.get("/offers/{offerHash}/negotiation", responses=reading(types.UNKNOWN_OFFER))
def get_negotiation(
    here: Here, at: At, names: Names, offer_hash: Annotated[Bytes32In, Path(alias="offerHash")]
) -> NegotiationOut:
    """The signed versions that led to an offer, the first one first, and all answers that
    followed, as they were posted."""
    row = offers.find_offer(at, offer_hash)
    if row is None:
        raise Problem(types.UNKNOWN_OFFER, f"nobody posted {offer_hash}", offerHash=offer_hash)
    rows = [*negotiation.before(at, row), row, *negotiation.after(at, row)]
    return NegotiationOut(
        items=offers_out(here, at, names, rows),
        as_of=BlockOut.of(at.block),
    )


@router.post(
    "/offers",
    status_code=201,
    responses=problems(*REFUSALS),
    dependencies=[Depends(only_json)],
)
def post_offer(here: Here, posted: PostedOffer, request: Request, response: Response) -> OfferAtOut:
    """List a signed offer. Every named party must have signed, or all but the one that will take
    it. To post the same again does no harm (200), and adds signatures that were missing."""
    posting.check_content(posted, here.deployment)
    offer = posted.offer.offer()
    offer_hash = posting.hash_of(offer)
    signatures = {signed.party: signed.signature for signed in posted.signatures}
    with opened(here) as at:
        posting.check_moment(offer, offer_hash, at)
        check_room(at, here, offer_hash, list(signatures))
        shelf = shelf_of(offer, signatures, posted.text)
        check_answer(at, offer, signatures, shelf)
        check_calendar(at, offer_hash, offer, signatures, shelf)
        now = at.now
    with Rpc(here.settings.rpc_url, here.settings.rpc_timeout) as rpc:
        posting.check_on_chain(offer, signatures, here.deployment, Node(rpc))
    check_splits(here, offer, posted.splits)
    if posted.text is not None:
        words = Accepted(Kind.WORDS, posted.text.encode())
        keeping.keep(here, next(iter(signatures)), words, len(words.data))
    try:
        inbox.forget_expired(here.engine, now)
        is_new = inbox.keep(
            here.engine, here.deployment, offer_hash, offer, signatures, posted.text
        )
        inbox.keep_splits(
            here.engine, here.deployment, offer_hash, [one.model_dump() for one in posted.splits]
        )
    except DatabaseError as error:
        held = isinstance(error, DatabaseBusy)
        detail = "another program holds it" if held else "it cannot be written"
        raise Problem(types.DATABASE_BUSY, detail, retry_after=2) from error
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = request.url_for("get_offer", offerHash=offer_hash).path
    with opened(here) as at:
        return told_of(here, at, names_of_assets(at, here.settings.coin), offer_hash)


def market_at(at: Snapshot, names: dict[str, AssetName], rows: Sequence[Row[Any]]) -> Market:
    in_force = rules.rules_in_force(at)
    return Market(
        now=at.now,
        fees=() if in_force is None else tuple(int(fee) for fee in in_force.fee_bps),
        allowed=rules.allowed_assets(at),
        paused=rules.paused_until(at) is not None,
        names=names,
        kept=contents.kept(at.connection, (row.content_hash for row in rows)),
        known=known_at(at, {party for row in rows for party in row.parties}),
    )


def known_at(at: Snapshot, accounts: set[str]) -> dict[str, MakerOut]:
    """What others say and attest of these accounts."""
    said = ratings_of(at, accounts)
    attested = labels_of_accounts(at, accounts)
    return {
        account: maker_of(account, said.get(account), attested.get(account, ()))
        for account in accounts
    }


def with_fate(at: Snapshot, rows: Sequence[Row[Any]]) -> list[OfferRows]:
    hashes = [row.offer_hash for row in rows]
    taken = taken_fills(at.connection, hashes)
    locked = budgets.budgets_of(at, hashes)
    return [
        OfferRows(
            row,
            taken.get(row.offer_hash, []),
            offers.cancellation_of(at, row.offer_hash, row.parties, row.created_at) is not None,
            withdrawal_of(at, row.offer_hash),
            hiding_of(at, row.offer_hash),
            locked.get(row.offer_hash),
            booked(at, row.offer_hash, signed_offer(row._asdict()), row.signatures, row.calendar),
        )
        for row in rows
    ]


def told_of(
    here: Context, at: Snapshot, names: dict[str, AssetName], offer_hash: str
) -> OfferAtOut:
    row = offers.find_offer(at, offer_hash)
    if row is None:
        raise Problem(types.UNKNOWN_OFFER, f"nobody posted {offer_hash}", offerHash=offer_hash)
    [found] = with_fate(at, [row])
    [lacking] = lacking_of(here, at, [found])
    paid = budgets.paid_out_of(at, offer_hash, row.sponsor - 1) if row.sponsor else None
    splits = splits_of(at, offer_hash) if found.withdrawal is None else []
    return offer_at(
        found, market_at(at, names, [row]), lacking, paid, splits, BlockOut.of(at.block)
    )


def lacking_of(here: Context, at: Snapshot, rows: Sequence[OfferRows]) -> list[list[str] | None]:
    """For each offer the names of what its makers' funds lack in this block; None where the node
    cannot be asked. Of one that is over nothing is asked."""
    live = [found.offer() for found in rows if found.state(at.now) == "live"]
    seconds = min(here.settings.rpc_timeout, here.limits.funds_seconds)
    told = iter(
        here.purses.lacking(here.settings.rpc_url, seconds, here.escrow, at.block.hash, live)
    )
    return [next(told) if found.state(at.now) == "live" else [] for found in rows]


def offers_out(
    here: Context, at: Snapshot, names: dict[str, AssetName], rows: Sequence[Row[Any]]
) -> list[OfferOut]:
    """As lists tell them."""
    market, found = market_at(at, names, rows), with_fate(at, rows)
    lacking = lacking_of(here, at, found)
    return [offer_of(one, market, lack) for one, lack in zip(found, lacking, strict=True)]
