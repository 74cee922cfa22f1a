"""The closed trades of a while, reckoned under the rules that a proposal starts from and those it
leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, and_, func, select

from backend.db.tables import disputes, parties, trades, tranches
from backend.queries.snapshot import Snapshot
from backend.terms.jury import JuryRules
from backend.terms.payout import Payout
from backend.terms.replay import Closed
from backend.terms.standing import Rules, Standing
from backend.terms.status import TrancheStatus


@dataclass(frozen=True, slots=True)
class Sums:
    """Fees in base units: what was paid, what the rules before the proposal would have made of it,
    and what the proposed ones would."""

    paid: int
    current: int
    proposed: int

    @property
    def change(self) -> int:
        """What the proposal itself adds; less than zero for what it saves."""
        return self.proposed - self.current

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.paid + other.paid, self.current + other.current, self.proposed + other.proposed
        )


NOTHING = Sums(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disputed tranche of a closed trade under both rules; `closed` is how it ended."""

    closed: Closed
    current: Payout
    proposed: Payout
    current_due: int | None
    proposed_due: int | None
    current_jury: JuryRules | None
    proposed_jury: JuryRules | None
    current_juror_fees: int | None
    proposed_juror_fees: int | None
    jury_differs: bool

    @property
    def deadline_differs(self) -> bool:
        return self.current_due != self.proposed_due

    @property
    def split_differs(self) -> bool:
        """Silence would have given other shares, whatever the fee."""
        return self.current.to_checker != self.proposed.to_checker

    @property
    def past_deadline(self) -> bool:
        """It ended later than the proposed rules allow, and no later than the current ones do."""
        if self.current_due is None or self.proposed_due is None:
            return False
        return self.proposed_due < self.closed.closed_at <= self.current_due


@dataclass(frozen=True)
class ClosedTrade:
    """A closed trade under both rules."""

    row: Any
    parts: Sequence[Closed]
    before: Standing
    after: Standing

    @property
    def key(self) -> tuple[int, int]:
        return (self.row.block_number, self.row.log_index)

    @property
    def fee_bps(self) -> tuple[int, int]:
        """Of its kind: before and after."""
        place = self.row.kind - 1
        return self.before.rules.fees[place], self.after.rules.fees[place]

    @cached_property
    def by_payer(self) -> Mapping[str, Sums]:
        """Performers pay fees; those of one's own money pay none."""
        found: dict[str, Sums] = defaultdict(lambda: NOTHING)
        for part in self.parts:
            if part.own_money:
                continue
            kind = self.row.kind
            found[part.performer] += Sums(
                part.fee,
                part.under(self.before.rules, kind).fee,
                part.under(self.after.rules, kind).fee,
            )
        return found

    @cached_property
    def sums(self) -> Sums:
        return sum(self.by_payer.values(), NOTHING)

    @cached_property
    def obstacles(self) -> tuple[str, ...]:
        """Why it could not have been opened as it was signed, where it could before."""
        found = []
        before, after = self.fee_bps
        if after > self.row.max_fee_bps >= before:
            found.append("feeAboveCeiling")
        asset = self.row.asset
        was, will = self.before.assets.get(asset), self.after.assets.get(asset)
        if was is not None and was.allowed and (will is None or not will.allowed):
            found.append("assetNotAllowed")
        return tuple(found)

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        old, new = self.before.rules, self.after.rules
        return tuple(
            Dispute(
                part,
                part.under(old, self.row.kind),
                part.under(new, self.row.kind),
                part.ruling_due(old),
                part.ruling_due(new),
                old.jury,
                new.jury,
                part.juror_fees(old),
                part.juror_fees(new),
                _jury(old) != _jury(new),
            )
            for part in self.parts
            if part.disputed_at is not None
        )


def _jury(rules: Rules) -> object:
    """Who rules: the arbitrator, how many jurors it draws, what they cost and put up."""
    return rules.arbitrator, rules.jury and (
        rules.jury.panels(),
        rules.jury.juror_fee,
        rules.jury.seat_stake,
        rules.jury.conflict_period,
    )


def count_closed(snapshot: Snapshot, since: int) -> int:
    """How many trades were closed after a time (unix seconds)."""
    query = select(func.count()).select_from(trades).where(trades.c.closed_at > since)
    return int(snapshot.connection.scalar(query) or 0)


def replay(
    snapshot: Snapshot, since: int, before: Standing, after: Standing
) -> Iterator[ClosedTrade]:
    """Trades closed after a time (unix seconds), the newest first, by block and log index of their
    opening."""
    found = snapshot.connection.execute(_query(since)).all()
    start = 0
    while start < len(found):
        row = found[start]
        last = start + row.tranche_count
        parts = [_closed(each) for each in found[start:last]]
        yield ClosedTrade(row, parts, before, after)
        start = last


def _query(since: int) -> Select[Any]:
    """One row for each tranche, with its trade, its performer, and its case if there was one."""
    cut = tranches.c
    of_trade = cut.trade_id == trades.c.trade_id
    of_tranche = and_(disputes.c.trade_id == cut.trade_id, disputes.c.tranche == cut.tranche)
    performs = and_(parties.c.trade_id == trades.c.trade_id, parties.c.seat == cut.performer)
    return (
        select(
            trades,
            *(column.label(f"part_{column.name}") for column in cut),
            parties.c.account.label("performer_account"),
            disputes.c.case_id.label("part_case_id"),
            disputes.c.ruled_rounds.label("part_ruled_rounds"),
        )
        .join(tranches, of_trade)
        .join(parties, performs)
        .outerjoin(disputes, of_tranche)
        .where(trades.c.closed_at > since)
        .order_by(trades.c.block_number.desc(), trades.c.log_index.desc(), cut.tranche)
    )


def _closed(row: Any) -> Closed:
    return Closed(
        tranche=row.part_tranche,
        performer=row.performer_account,
        own_money=row.part_funder == row.part_performer,
        amount=row.part_amount,
        status=TrancheStatus(row.part_status),
        performer_bps=row.part_performer_bps,
        closed_at=row.part_closed_at,
        disputed_at=row.part_disputed_at,
        fee=row.part_fee,
        case_id=row.part_case_id,
        ruled_rounds=row.part_ruled_rounds or 0,
    )
