"""How evenly votes are spread, as exact shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from backend.db.tables import members
from backend.queries.ballot import BPS
from backend.queries.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Concentration:
    """Of the votes delegated now. Shares are basis points, rounded down. `nakamoto` is how few
    together have more than half; `gini` is 0 where all have as much, and nears 10,000 where one has
    all (Gini, 1912; Srinivasan and Lee, 2017)."""

    voters: int
    largest_bps: int
    ten_largest_bps: int
    nakamoto: int
    gini_bps: int


def concentration(snapshot: Snapshot) -> Concentration:
    """Among everybody who has votes."""
    rows = snapshot.connection.execute(select(members.c.votes))
    return spread(sorted((row.votes for row in rows if row.votes), reverse=True))


def spread(votes: Sequence[int]) -> Concentration:
    """Of votes above zero, the largest first."""
    total = sum(votes)
    if total == 0:
        return Concentration(0, 0, 0, 0, 0)
    gathered, few = 0, 0
    while 2 * gathered <= total:
        gathered += votes[few]
        few += 1
    there_are = len(votes)
    weighted = sum((there_are + 1 - 2 * place) * one for place, one in enumerate(votes, 1))
    return Concentration(
        there_are,
        votes[0] * BPS // total,
        sum(votes[:10]) * BPS // total,
        few,
        weighted * BPS // (there_are * total),
    )
