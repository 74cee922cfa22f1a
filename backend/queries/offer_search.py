"""Offers that are looked for: by words, side, place, price and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, text

from backend.db.tables import offer_parties, offers
from backend.queries import rules
from backend.queries.labels import labelled
from backend.queries.offers import NAMED, is_live, of_market
from backend.queries.paging import Part, part_of
from backend.queries.ratings import rated_at_least
from backend.queries.snapshot import Snapshot
from backend.queries.unlisted import is_hidden, is_withdrawn

Standing = Literal["live", "takeable", "stale", "any"]
Sort = Literal["newest", "cheapest", "dearest", "expiring", "starting"]
MOST_WORDS = 16
_WORD = re.compile(r"\w+")

# The column that an offer is sorted by, and whether the smallest comes first.
SORTS: Mapping[Sort, tuple[ColumnElement[Any], bool]] = {
    "newest": (offers.c.posted_at, False),
    "cheapest": (offers.c.amount, True),
    "dearest": (offers.c.amount, False),
    "expiring": (offers.c.expires_at, True),
    "starting": (offers.c.starts_at, True),
}


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """`maker` is named in the offer; `least_score` (hundredths of a star) and `label` are what all
    named have, but for the addressee. Private offers are given to who asks with `addressee` alone:
    the account that is named in them. Amounts are base units of `asset`, times unix seconds."""

    standing: Standing = "live"
    addressee: str | None = None
    maker: str | None = None
    kind: int | None = None
    asset: str | None = None
    side: str | None = None
    template: str | None = None
    area: str | None = None
    words: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    starts_from: int | None = None
    starts_until: int | None = None
    open_until: int | None = None
    least_score: int | None = None
    label: int | None = None


def words_of(question: str) -> tuple[str, ...]:
    """What is looked for: words alone, so that no sign of it means anything to the database."""
    return tuple(_WORD.findall(question)[:MOST_WORDS])


def find_offers(
    snapshot: Snapshot,
    wanted: OfferFilter,
    sort: Sort,
    after: Sequence[Any] | None,
    limit: int,
) -> Part:
    """In the order of `sort`, and of the hash among equals."""
    query = of_market(snapshot).where(*_conditions(snapshot, wanted))
    column, rising = SORTS[sort]
    order = (column, offers.c.offer_hash)
    return part_of(snapshot.connection, query, order, after, limit, rising=rising)


def _conditions(snapshot: Snapshot, wanted: OfferFilter) -> list[ColumnElement[bool]]:
    columns = offers.c
    told: list[ColumnElement[bool]] = [_stands(snapshot, wanted.standing)]
    told += [~is_withdrawn(), ~is_hidden()]
    if wanted.addressee is None:
        told.append(columns.is_private.is_(False))
    else:
        told += [columns.is_private.is_(True), _names(wanted.addressee)]
    if wanted.maker is not None:
        told.append(_names(wanted.maker))
    for name in ("kind", "asset", "side", "template"):
        value = getattr(wanted, name)
        if value is not None:
            told.append(columns[name] == value)
    if wanted.area is not None:
        told.append(columns.area.startswith(wanted.area, autoescape=True))
    if wanted.words:
        told.append(_says(snapshot, wanted.words))
    if wanted.least is not None:
        told.append(columns.amount >= wanted.least)
    if wanted.most is not None:
        told.append(columns.amount <= wanted.most)
    if wanted.starts_from is not None:
        told.append(columns.starts_at >= wanted.starts_from)
    if wanted.starts_until is not None:
        told += [columns.starts_at > 0, columns.starts_at <= wanted.starts_until]
    if wanted.open_until is not None:
        told.append(columns.expires_at >= wanted.open_until)
    return told + list(_of_makers(snapshot, wanted))


def _names(account: str) -> ColumnElement[bool]:
    return exists().where(NAMED, offer_parties.c.account == account)


def _of_makers(snapshot: Snapshot, wanted: OfferFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.least_score is not None:
        yield _all_in(rated_at_least(snapshot, wanted.least_score), wanted.addressee)
    if wanted.label is not None:
        yield _all_in(labelled(snapshot, wanted.label), wanted.addressee)


def _all_in(accounts: Select[tuple[str]], addressee: str | None) -> ColumnElement[bool]:
    """All that the offer names, but for the addressee, are among these accounts."""
    other = and_(NAMED, offer_parties.c.account.not_in(accounts))
    if addressee is not None:
        other = and_(other, offer_parties.c.account != addressee)
    return ~exists().where(other)


def _says(snapshot: Snapshot, words: Sequence[str]) -> ColumnElement[bool]:
    """All of the words, or words that begin so, in any order."""
    if snapshot.connection.dialect.name != "sqlite":
        return and_(*(offers.c.text.icontains(word, autoescape=True) for word in words))
    match = text("SELECT offer_hash FROM offer_words WHERE offer_words MATCH :words")
    quoted = " ".join(f'"{word}"*' for word in words)
    return offers.c.offer_hash.in_(match.bindparams(words=quoted).columns(offers.c.offer_hash))


def _stands(snapshot: Snapshot, standing: Standing) -> ColumnElement[bool]:
    """As far as the index knows: funds are looked at when one offer is asked for."""
    live = is_live(snapshot.now)
    if standing == "any":
        return offers.c.posted_at.is_not(None)
    if standing == "live":
        return live
    takeable = and_(live, _rules_let(snapshot), offers.c.created_at <= snapshot.now)
    return takeable if standing == "takeable" else ~takeable


def _rules_let(snapshot: Snapshot) -> ColumnElement[bool]:
    in_force = rules.rules_in_force(snapshot)
    if in_force is None:
        return false()
    fees = [
        and_(offers.c.kind == kind, offers.c.max_fee_bps >= int(fee))
        for kind, fee in enumerate(in_force.fee_bps, start=1)
    ]
    return and_(offers.c.asset.in_(rules.allowed_assets(snapshot)), or_(*fees))
