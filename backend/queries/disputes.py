"""Cases before the Court, with all that belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, Text, and_, exists, func, or_, select, type_coerce

from backend.db.tables import (
    appeals,
    contributions,
    dispute_periods,
    disputes,
    events,
    evidence,
    panels,
    rules,
    seats,
    settlements,
    trades,
    tranches,
)
from backend.queries.cases import attempt_of, facts_of, jury_of
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot
from backend.terms.case_steps import CaseFacts
from backend.terms.court import CaseStatus
from backend.terms.jury import JuryRules

OPEN = "open"
TOLD_TWICE = "Evidence"  # in the form of ERC-1497; EvidenceSubmitted says more


@dataclass(frozen=True, slots=True)
class DisputeFilter:
    """`party` is a side, `juror` was drawn, `status` that of the case, or open: not closed."""

    party: str | None = None
    juror: str | None = None
    trade: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class CaseRows:
    """A case, the rules that bind it, and its panels and appeals by round."""

    case: Row[Any]
    jury: JuryRules
    panels: Sequence[Row[Any]]
    appeals: Sequence[Row[Any]]

    @property
    def panel(self) -> Row[Any] | None:
        """The panel of the present round, if there is one."""
        attempt = attempt_of(self.case._asdict())
        at = (self.case.round, attempt)
        return next((row for row in self.panels if (row.round, row.attempt) == at), None)

    @property
    def appeal(self) -> Row[Any] | None:
        """What was raised against the ruling of the present round, if anything."""
        return next((row for row in self.appeals if row.round == self.case.round), None)

    @property
    def facts(self) -> CaseFacts:
        panel, appeal = self.panel, self.appeal
        return facts_of(
            self.case._asdict(),
            self.jury,
            panel._asdict() if panel else None,
            appeal._asdict() if appeal else None,
        )


@dataclass(frozen=True, slots=True)
class CaseParts:
    """What else belongs to a case; seats by panel and place, then as they were drawn."""

    trade: Row[Any]
    tranche: Row[Any]
    rules: Row[Any]
    periods: Sequence[Row[Any]]
    seats: Sequence[Row[Any]]
    settlements: Sequence[Row[Any]]
    contributions: Sequence[Row[Any]]


def list_disputes(
    snapshot: Snapshot, wanted: DisputeFilter, after: Sequence[int] | None, limit: int
) -> Part:
    """Newest first, by block and log index of the opening."""
    query = select(disputes)
    if wanted.party is not None:
        query = query.where(_has_side(wanted.party))
    if wanted.juror is not None:
        drawn = and_(seats.c.case_id == disputes.c.case_id, seats.c.juror == wanted.juror)
        query = query.where(exists().where(drawn))
    if wanted.trade is not None:
        query = query.where(disputes.c.trade_id == wanted.trade)
    if wanted.status == OPEN:
        query = query.where(disputes.c.status != CaseStatus.CLOSED)
    elif wanted.status is not None:
        query = query.where(disputes.c.status == wanted.status)
    order = (disputes.c.block_number, disputes.c.log_index)
    return part_of(snapshot.connection, query, order, after, limit)


def count_open(snapshot: Snapshot, account: str) -> int:
    """How many cases that are not closed this account is a side of."""
    query = select(func.count()).where(_has_side(account), disputes.c.status != CaseStatus.CLOSED)
    return snapshot.connection.scalar(query) or 0


def _has_side(account: str) -> ColumnElement[bool]:
    return or_(disputes.c.performer == account, disputes.c.checker == account)


def with_parts(snapshot: Snapshot, found: Sequence[Row[Any]]) -> list[CaseRows]:
    """These cases with their rules, panels and appeals, in three queries."""
    ids = [row.case_id for row in found]
    versions = {row.rules_version for row in found}
    pinned = {
        row.version: jury_of(row._asdict())
        for row in _rows(snapshot, rules, rules.c.version.in_(versions))
    }
    drawn = _rows(snapshot, panels, panels.c.case_id.in_(ids))
    raised = _rows(snapshot, appeals, appeals.c.case_id.in_(ids))
    return [
        CaseRows(
            case=row,
            jury=pinned[row.rules_version],
            panels=[panel for panel in drawn if panel.case_id == row.case_id],
            appeals=[appeal for appeal in raised if appeal.case_id == row.case_id],
        )
        for row in found
    ]


def find_dispute(snapshot: Snapshot, case_id: str) -> CaseRows | None:
    found = _rows(snapshot, disputes, disputes.c.case_id == case_id)
    return with_parts(snapshot, found)[0] if found else None


def parts_of(snapshot: Snapshot, case: Row[Any]) -> CaseParts:
    mine = {table: table.c.case_id == case.case_id for table in WHOLE}
    (trade,) = _rows(snapshot, trades, trades.c.trade_id == case.trade_id)
    (tranche,) = _rows(
        snapshot,
        tranches,
        and_(tranches.c.trade_id == case.trade_id, tranches.c.tranche == case.tranche),
    )
    (pinned,) = _rows(snapshot, rules, rules.c.version == case.rules_version)
    periods, drawn, paid, put_up = (_rows(snapshot, table, mine[table]) for table in WHOLE)
    drawn = sorted(drawn, key=lambda row: (row.round, row.attempt, row.seat, row.draw))
    return CaseParts(trade, tranche, pinned, periods, drawn, paid, put_up)


WHOLE = (dispute_periods, seats, settlements, contributions)


def disputes_of_trade(snapshot: Snapshot, trade_id: str) -> Sequence[Row[Any]]:
    """In the order of the tranches."""
    query = select(disputes).where(disputes.c.trade_id == trade_id)
    return snapshot.connection.execute(query.order_by(disputes.c.tranche)).all()


def list_evidence(
    snapshot: Snapshot, case_id: str, after: Sequence[int] | None, limit: int
) -> Part:
    """Newest first."""
    query = select(evidence).where(evidence.c.case_id == case_id)
    order = (evidence.c.block_number, evidence.c.log_index)
    return part_of(snapshot.connection, query, order, after, limit)


def timeline(snapshot: Snapshot, case: Row[Any], after: Sequence[int] | None, limit: int) -> Part:
    """What happened in a case, and to its tranche at the Escrow, oldest first."""
    at_escrow = and_(
        events.c.trade_id == case.trade_id,
        events.c.name.like("Tranche%"),
        type_coerce(events.c.args, Text).like(f'%"tranche":"{case.tranche}"%'),
    )
    in_case = and_(events.c.case_id == case.case_id, events.c.name != TOLD_TWICE)
    query = select(events).where(or_(in_case, at_escrow))
    order = (events.c.block_number, events.c.log_index)
    return part_of(snapshot.connection, query, order, after, limit, rising=True)


def _rows(snapshot: Snapshot, table: Table, where: ColumnElement[bool]) -> Sequence[Row[Any]]:
    """Panels and appeals come by case and round, all else in the order of its key."""
    query = select(table).where(where).order_by(*table.primary_key)
    return snapshot.connection.execute(query).all()


Seats = Mapping[tuple[int, int], Sequence[Row[Any]]]


def seats_by_panel(found: CaseParts) -> Seats:
    """By round and attempt."""
    by_panel: dict[tuple[int, int], list[Row[Any]]] = {}
    for row in found.seats:
        by_panel.setdefault((row.round, row.attempt), []).append(row)
    return by_panel
