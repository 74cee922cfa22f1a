"""What is said of people: reviews, labels, and the profile that all of it makes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from backend.api.context import USUAL_PAGE, At, Cursor, Names, PageSize, turn
from backend.api.cursors import Kind
from backend.api.fields import AddressIn
from backend.api.openapi import listing, reading
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.label import (
    AttestationOut,
    AttestorOut,
    attestation_of,
    attestor_of,
    labels_out,
)
from backend.api.schemas.members import member_of
from backend.api.schemas.profile import (
    ProfileOut,
    ReviewCountsOut,
    dealings_of,
    disputes_of,
    punctuality_of,
)
from backend.api.schemas.review import RatingOut, ReviewOut, review_of
from backend.queries import contents, labels, members, reviews, trades
from backend.queries.profile import record_of
from backend.queries.ratings import ratings_of

router = APIRouter(tags=["reviews"])

SORTED_BY: tuple[Kind, ...] = ("int", "hash", "address", "address")

Account = Annotated[AddressIn, Path()]


@router.get("/members/{account}/reviews", responses=listing())
def list_reviews(
    at: At,
    account: Account,
    direction: Annotated[
        reviews.Direction | None,
        Query(description="received: of the account; given: by it. Without it: both."),
    ] = None,
    limit: PageSize = USUAL_PAGE,
    cursor: Cursor = None,
) -> Page[ReviewOut]:
    """Reviews that were revealed, the newest first."""
    part = turn(at, "reviews", SORTED_BY, cursor, limit, account=account, direction=direction)
    found = reviews.list_reviews(at, account, direction, part.after, limit)
    kept = contents.kept(at.connection, reviews.hashes_of(found.rows))
    return Page[ReviewOut](
        items=[review_of(row, kept) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/members/{account}/labels", responses=listing())
def list_labels(
    at: At, account: Account, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[AttestationOut]:
    """All that was attested of the account, the newest first, standing or not, with the labels."""
    part = turn(at, "attestations", ("int", "hash"), cursor, limit, account=account)
    found = labels.list_attestations(at, account, part.after, limit)
    return Page[AttestationOut](
        items=[attestation_of(row, at.now) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/attestors", responses=listing())
def list_attestors(
    at: At, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[AttestorOut]:
    """Who may attest what, and who once might; what members said last comes first."""
    part = turn(at, "attestors", ("int", "int"), cursor, limit)
    found = labels.list_attestors(at, part.after, limit)
    return Page[AttestorOut](
        items=[attestor_of(row) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/members/{account}/profile", responses=reading())
def get_profile(at: At, names: Names, account: Account) -> ProfileOut:
    """An account as those see it who think of trading with it; one that never did anything has an
    empty one."""
    record = record_of(at, account)
    counts = trades.counts_of(at, account)
    received, given = reviews.count_reviews(at, account)
    block = BlockOut.of(at.block)
    row = members.find_member(at, account)
    index = members.index_at(at, at.now)
    return ProfileOut(
        account=account,
        trades=dealings_of(record, names),
        trades_counted=record.trades,
        trades_in_all=counts["open"] + counts["closed"],
        counterparties=len(record.counterparties),
        punctuality=punctuality_of(record),
        disputes=disputes_of(record),
        reviews=ReviewCountsOut(received=received, given=given),
        rating=RatingOut.of(ratings_of(at, [account]).get(account)),
        member=(
            None if row is None else member_of(row, index, members.total_units(at, at.now), block)
        ),
        labels=labels_out(labels.labels_of_accounts(at, [account]).get(account, ())),
        as_of=block,
    )
