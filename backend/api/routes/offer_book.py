"""The book of offers and requests: what is listed, and to whom."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from backend.api.context import USUAL_PAGE, At, Cursor, Here, Names, PageSize, turn
from backend.api.cursors import Kind
from backend.api.errors import malformed
from backend.api.fields import AddressIn, Uint256In
from backend.api.openapi import listing
from backend.api.routes.offers import offers_out
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.label import LabelName
from backend.api.schemas.offer import OfferOut
from backend.queries.offer_search import OfferFilter, Sort, Standing, find_offers, words_of
from backend.terms.attestations import LABEL_NAMES
from backend.terms.rating import HUNDRED

router = APIRouter(tags=["offers"])

LATEST = 2**40 - 1  # unix seconds that an offer can name
TIMES = Query(ge=0, le=LATEST, description="Unix seconds.")


@router.get("/offers", responses=listing())
def list_offers(
    here: Here,
    at: At,
    names: Names,
    standing: Annotated[
        Standing,
        Query(
            description="live: neither expired, cancelled nor filled. takeable: the rules in force"
            " let it be opened as well. stale: all others, with `obstacles`. any: all."
        ),
    ] = "live",
    addressee: Annotated[
        AddressIn | None,
        Query(alias="for", description="Private offers that name this account, and no others."),
    ] = None,
    maker: Annotated[AddressIn | None, Query(description="Named in the offer.")] = None,
    kind: Annotated[int | None, Query(ge=1, le=10, description="1 goods to 10 other.")] = None,
    asset: Annotated[AddressIn | None, Query(description="Zero: the chain's coin.")] = None,
    side: Annotated[
        Literal["pays", "performs", "both", "neither"] | None,
        Query(description="What the taker does: pays finds offers, performs requests."),
    ] = None,
    template: Annotated[
        str | None, Query(pattern="^[a-z0-9][a-z0-9._-]{0,63}$", description="`/templates`.")
    ] = None,
    area: Annotated[
        str | None,
        Query(
            pattern="^[0-9b-hjkmnp-z]{1,5}$",
            description="The first characters of a geohash: offers in that area.",
        ),
    ] = None,
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            description="Words, or how words begin, that the text has, in any order.",
        ),
    ] = None,
    least: Annotated[
        Uint256In | None,
        Query(alias="minAmount", description="Of one fill, in base units of `asset`."),
    ] = None,
    most: Annotated[Uint256In | None, Query(alias="maxAmount")] = None,
    starts_from: Annotated[int | None, TIMES, Query(alias="startsFrom")] = None,
    starts_until: Annotated[int | None, TIMES, Query(alias="startsUntil")] = None,
    open_until: Annotated[
        int | None,
        Query(alias="openUntil", ge=0, le=LATEST, description="Not expired at this time."),
    ] = None,
    least_rating: Annotated[
        str | None,
        Query(
            alias="leastRating",
            pattern=r"^([1-4](\.[0-9]{1,2})?|5(\.00?)?)$",
            description="Stars: every maker was reviewed and has this rating, or a better one.",
        ),
    ] = None,
    label: Annotated[
        LabelName | None, Query(description="Every maker has this verified label.")
    ] = None,
    sort: Annotated[
        Sort, Query(description="newest: the last posted first. By amount: with `asset`.")
    ] = "newest",
    limit: PageSize = USUAL_PAGE,
    cursor: Cursor = None,
) -> Page[OfferOut]:
    """Offers and requests. Private offers are listed only with `for`."""
    by_amount = sort in ("cheapest", "dearest") or least is not None or most is not None
    if by_amount and asset is None:
        raise malformed([(["query", "asset"], "amounts compare in one asset: name it")])
    words = () if q is None else words_of(q)
    if q is not None and not words:
        raise malformed([(["query", "q"], "there is no word in it")])
    wanted = OfferFilter(
        standing=standing,
        addressee=addressee,
        maker=maker,
        kind=kind,
        asset=asset,
        side=side,
        template=template,
        area=area,
        words=words,
        least=None if least is None else int(least),
        most=None if most is None else int(most),
        starts_from=starts_from,
        starts_until=starts_until,
        open_until=open_until,
        least_score=None if least_rating is None else int(Decimal(least_rating) * HUNDRED),
        label=None if label is None else LABEL_NAMES.index(label),
    )
    key: Kind = "uint" if sort in ("cheapest", "dearest") else "int"
    part = turn(at, "offers", (key, "hash"), cursor, limit, wanted=wanted, sort=sort)
    found = find_offers(at, wanted, sort, part.after, limit)
    return Page[OfferOut](
        items=offers_out(here, at, names, found.rows),
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )
