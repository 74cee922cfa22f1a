"""What others say of accounts, as one number each; see `backend.terms.rating`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import BigInteger, Integer, Select, case, cast, func, literal, select
from sqlalchemy.sql.selectable import Subquery

from backend.db.tables import reviews
from backend.queries.snapshot import Snapshot
from backend.terms.rating import (
    HALF_LIFE,
    HUNDRED,
    PRIOR,
    PRIOR_WEIGHT,
    WEEK,
    WEIGHTS,
    Rating,
    Voice,
    rate,
)


def ratings_of(snapshot: Snapshot, accounts: Iterable[str]) -> Mapping[str, Rating]:
    """By account; those of whom nobody says anything are not in it."""
    voices = _voices(snapshot.now, set(accounts))
    query = select(voices.c.subject, voices.c.weeks, voices.c.rating, func.count()).group_by(
        voices.c.subject, voices.c.weeks, voices.c.rating
    )
    tallies: dict[str, dict[Voice, int]] = defaultdict(dict)
    for subject, weeks, rating, number in snapshot.connection.execute(query):
        tallies[subject][Voice(weeks, rating)] = number
    found = {subject: rate(tally) for subject, tally in tallies.items()}
    return {subject: rating for subject, rating in found.items() if rating is not None}


def rated_at_least(snapshot: Snapshot, score: int) -> Select[tuple[str]]:
    """The accounts with this score (hundredths of a star) or a better one; of each somebody says
    something. The arithmetic is that of `rate`, without its division."""
    voices = _voices(snapshot.now, None)
    week = cast(voices.c.weeks % HALF_LIFE, Integer)
    full = case(
        *((week == at, literal(weight, BigInteger)) for at, weight in enumerate(WEIGHTS)),
        else_=literal(0, BigInteger),
    )
    weight = full.op(">>")(cast(voices.c.weeks // HALF_LIFE, Integer))
    above = func.sum(weight * (voices.c.rating * HUNDRED - score))
    enough = above >= literal(PRIOR_WEIGHT * (score - PRIOR), BigInteger)
    return select(voices.c.subject).group_by(voices.c.subject).having(enough)


def _voices(now: int, accounts: set[str] | None) -> Subquery:
    """The newest review by each author of each account, or of these accounts."""
    newest = func.row_number().over(
        partition_by=(reviews.c.subject, reviews.c.author),
        order_by=(reviews.c.revealed_at.desc(), reviews.c.trade_id.desc()),
    )
    told = select(
        reviews.c.subject, reviews.c.rating, reviews.c.revealed_at, newest.label("place")
    ).where(reviews.c.rating.is_not(None))
    if accounts is not None:
        told = told.where(reviews.c.subject.in_(accounts))
    ranked = told.subquery()
    weeks = (literal(now, BigInteger) - ranked.c.revealed_at) // WEEK
    return (
        select(ranked.c.subject, ranked.c.rating, weeks.label("weeks"))
        .where(ranked.c.place == 1)
        .subquery()
    )
