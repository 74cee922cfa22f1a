"""What happened in the market over a while, day by day or version by version of the rules.

Counts are of trades, tranches, cases and proposals; amounts in base units; times in unix seconds of
the chain; days are those of UTC.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from sqlalchemy import func, or_, select

from backend.db.tables import disputes, proposals, trades, tranches
from backend.queries.ballot import BPS
from backend.queries.members import total_units
from backend.queries.snapshot import Snapshot
from backend.queries.spending import payments
from backend.terms.replay import median
from backend.terms.status import TrancheStatus

DAY = 86_400


@dataclass
class Money:
    """Of one asset. What performers got, what went back to who had funded it, and fees are the
    amounts of the tranches that closed; `spent` is what the treasury paid out."""

    opened: int = 0
    paid: int = 0
    returned: int = 0
    fees: int = 0
    spent: int = 0

    @property
    def volume(self) -> int:
        """All that tranches that closed were about."""
        return self.paid + self.returned + self.fees


@dataclass
class Period:
    """A day, or a version of the rules. `kinds` counts the trades that were opened; `outcomes` the
    tranches that closed, by how; `lengths` are the seconds from opening to closing of the cases
    that closed; `turnouts` the shares of all votes (basis points, rounded down) that were cast on
    proposals, each counted at its snapshot."""

    opened: int = 0
    closed: int = 0
    disputed: int = 0
    cases: int = 0
    kinds: Counter[int] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)
    turnouts: list[int] = field(default_factory=list)
    money: defaultdict[str, Money] = field(default_factory=lambda: defaultdict(Money))

    @property
    def median_length(self) -> int | None:
        return median(self.lengths) if self.lengths else None

    @property
    def long_length(self) -> int | None:
        """Nine of ten cases took no longer."""
        ordered = sorted(self.lengths)
        return ordered[ceil(len(ordered) * 0.9) - 1] if ordered else None

    @property
    def mean_turnout(self) -> int | None:
        return sum(self.turnouts) // len(self.turnouts) if self.turnouts else None


Place = Callable[[int, int], int | None]


def by_day(since: int, until: int) -> Place:
    """The first second of the day; None for what is not from `since` to before `until`."""
    return lambda time, _version: time - time % DAY if since <= time < until else None


def by_version(since: int, until: int) -> Place:
    """The version of the rules that a trade pins."""
    return lambda time, version: version if since <= time < until else None


def rows_between(snapshot: Snapshot, since: int, until: int) -> int:
    """How many trades were opened or closed then, which is what reading them costs."""
    within = or_(
        trades.c.opened_at.between(since, until - 1), trades.c.closed_at.between(since, until - 1)
    )
    return snapshot.connection.scalar(select(func.count()).select_from(trades).where(within)) or 0


def fees_earned(snapshot: Snapshot) -> dict[str, int]:
    """All fees since the deployment, by asset."""
    query = (
        select(trades.c.asset, tranches.c.fee)
        .join(trades, trades.c.trade_id == tranches.c.trade_id)
        .where(tranches.c.fee.is_not(None))
    )
    found: defaultdict[str, int] = defaultdict(int)
    for row in snapshot.connection.execute(query):
        found[row.asset] += row.fee
    return found


def periods(snapshot: Snapshot, place: Place, *, whole: bool) -> dict[int, Period]:
    """By the key that `place` gives. Votes and what the treasury spent belong to no version of the
    rules: only with `whole` are they there."""
    found: defaultdict[int, Period] = defaultdict(Period)
    _trades(snapshot, place, found)
    _tranches(snapshot, place, found)
    _disputes(snapshot, place, found)
    if whole:
        _proposals(snapshot, place, found)
        for one in payments(snapshot):
            key = place(one.time, 0)
            if key is not None:
                found[key].money[one.asset].spent += one.value
    return dict(sorted(found.items()))


def _trades(snapshot: Snapshot, place: Place, found: defaultdict[int, Period]) -> None:
    columns = (
        trades.c.opened_at,
        trades.c.closed_at,
        trades.c.rules_version,
        trades.c.kind,
        trades.c.asset,
        trades.c.amount,
    )
    for row in snapshot.connection.execute(select(*columns)):
        key = place(row.opened_at, row.rules_version)
        if key is not None:
            found[key].opened += 1
            found[key].kinds[row.kind] += 1
            found[key].money[row.asset].opened += row.amount
        key = None if row.closed_at is None else place(row.closed_at, row.rules_version)
        if key is not None:
            found[key].closed += 1


def _tranches(snapshot: Snapshot, place: Place, found: defaultdict[int, Period]) -> None:
    final = [status.value for status in TrancheStatus if status.is_final]
    query = (
        select(tranches, trades.c.asset, trades.c.rules_version)
        .join(trades, trades.c.trade_id == tranches.c.trade_id)
        .where(or_(tranches.c.status.in_(final), tranches.c.disputed_at.is_not(None)))
    )
    for row in snapshot.connection.execute(query):
        key = None if row.disputed_at is None else place(row.disputed_at, row.rules_version)
        if key is not None:
            found[key].disputed += 1
        key = None if row.closed_at is None else place(row.closed_at, row.rules_version)
        if key is not None:
            found[key].outcomes[row.status] += 1
            money = found[key].money[row.asset]
            money.paid += row.to_performer
            money.returned += row.to_checker
            money.fees += row.fee


def _disputes(snapshot: Snapshot, place: Place, found: defaultdict[int, Period]) -> None:
    for row in snapshot.connection.execute(select(disputes)):
        key = place(row.opened_at, row.rules_version)
        if key is not None:
            found[key].cases += 1
        key = None if row.closed_at is None else place(row.closed_at, row.rules_version)
        if key is not None:
            found[key].lengths.append(row.closed_at - row.opened_at)
            found[key].decisions[row.decision or row.closing or "none"] += 1


def _proposals(snapshot: Snapshot, place: Place, found: defaultdict[int, Period]) -> None:
    for row in _voted(snapshot):
        key = place(row.snapshot, 0)
        supply = total_units(snapshot, row.snapshot)
        if key is not None and supply:
            cast = row.for_votes + row.against_votes + row.abstain_votes
            found[key].turnouts.append(cast * BPS // supply)


def _voted(snapshot: Snapshot) -> Iterator[Any]:
    """Proposals that were not called off and whose vote is over."""
    over = proposals.c.deadline < snapshot.now
    query = select(proposals).where(over, proposals.c.canceled_at.is_(None))
    yield from snapshot.connection.execute(query.order_by(proposals.c.snapshot))
