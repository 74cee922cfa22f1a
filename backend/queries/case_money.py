"""The money of a case: what was put up, what came back, and what is still to be had. In wei."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from backend.queries.disputes import CaseParts, CaseRows
from backend.queries.snapshot import Snapshot
from backend.terms.court import CaseStatus, PanelState, Side

DONE = (CaseStatus.DECIDED, CaseStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Item:
    """`account` is None for what jurors share who are not paid yet. `round` is of the panel, or of
    the ruling that was appealed."""

    why: str
    account: str | None
    amount: int
    round: int | None = None
    attempt: int | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """What was paid in less what was credited is `held`; of it `owed` can be had now, the rest is
    for what is not decided yet."""

    paid_in: Sequence[Item]
    credited: Sequence[Item]
    owed: Sequence[Item]

    @property
    def held(self) -> int:
        return sum(one.amount for one in self.paid_in) - sum(one.amount for one in self.credited)


def money_of(snapshot: Snapshot, found: CaseRows, parts: CaseParts) -> Money:
    return Money(
        [one for one in _paid_in(found, parts) if one.amount],
        [one for one in _credited(snapshot, found, parts) if one.amount],
        [one for one in _owed(found, parts) if one.amount],
    )


def _paid_in(found: CaseRows, parts: CaseParts) -> Iterator[Item]:
    case = found.case
    opener = Side(case.depositor)
    yield Item("deposit", _account(case, opener), case.deposit, side=opener)
    if case.joined_at is not None:
        yield Item("deposit", _account(case, opener.other), case.deposit, side=opener.other)
    for row in parts.contributions:
        yield Item("appeal", row.contributor, row.amount, row.round, side=row.side)


def _credited(snapshot: Snapshot, found: CaseRows, parts: CaseParts) -> Iterator[Item]:
    case = found.case
    for side, amount in (
        (Side.PERFORMER, case.returned_to_performer),
        (Side.CHECKER, case.returned_to_checker),
    ):
        yield Item("depositReturned", _account(case, side), amount or 0, side=side)
    for seat in parts.seats:
        yield Item("jurorFee", seat.juror, seat.fee_paid or 0, seat.round, seat.attempt)
    treasury = snapshot.constants["Court", "treasury"]
    for row in parts.settlements:
        yield Item("notShared", treasury, row.fee_to_treasury, row.round, row.attempt)
    for row in parts.contributions:
        yield Item("appealReturned", row.contributor, row.claimed or 0, row.round, side=row.side)


def _owed(found: CaseRows, parts: CaseParts) -> Iterator[Item]:
    """What `settleRound` and `claimAppeal` would pay now."""
    done = found.case.status in DONE
    for panel in found.panels:
        if panel.settled_at is None:
            ready = done or panel.state != PanelState.RULED
            fees = _fees(found, panel) if ready else 0
            yield Item("jurorFees", None, fees, panel.round, panel.attempt)
    yield from owed_on_appeals(found, parts)


def owed_on_appeals(found: CaseRows, parts: CaseParts) -> Iterator[Item]:
    """What `claimAppeal` would credit now; who lost gets nothing."""
    if found.case.status not in DONE:
        return
    for row in parts.contributions:
        share = _share(found, parts, row) if row.claimed is None else 0
        if share:
            yield Item("appeal", row.contributor, share, row.round, side=row.side)


def _fees(found: CaseRows, panel: Row[Any]) -> int:
    """What the jurors of a panel share in fees."""
    if panel.state == PanelState.RULED:
        return found.jury.juror_fee * int(panel.jurors)
    if panel.state == PanelState.DISMISSED:
        return found.jury.juror_fee * int(panel.commits)
    return 0


def winner_of(found: CaseRows, round_: int) -> Side | None:
    """Who won the appeal against the ruling of a round; None if no panel ruled on it."""
    panel = _panel(found, round_ + 1)
    if panel is None or panel.state != PanelState.RULED or found.case.status not in DONE:
        return None
    before, after = _panel(found, round_), found.case.performer_bps
    assert before is not None
    if after != before.performer_bps:
        return Side.PERFORMER if after > before.performer_bps else Side.CHECKER
    (appeal,) = (row for row in found.appeals if row.round == round_)
    return Side(appeal.appellant).other


def _share(found: CaseRows, parts: CaseParts, mine: Row[Any]) -> int:
    """What a contributor would get if it claimed now: of what is left, its part of what has not
    claimed. Its own money if the appeal was not made."""
    panel = _panel(found, mine.round + 1)
    if panel is None:
        return int(mine.amount)
    (appeal,) = (row for row in found.appeals if row.round == mine.round)
    winner = winner_of(found, mine.round)
    if winner is not None and mine.side != winner:
        return 0
    raised = 2 * int(appeal.needed)
    sharing = [
        row
        for row in parts.contributions
        if row.round == mine.round and (winner is None or row.side == winner)
    ]
    left = raised - _fees(found, panel) - sum(row.claimed or 0 for row in sharing)
    waiting = sum(int(row.amount) for row in sharing if row.claimed is None)
    return left * int(mine.amount) // waiting


def _panel(found: CaseRows, round_: int) -> Row[Any] | None:
    """The panel of a round that counts, if the round was begun."""
    attempt = 1 if found.case.redrawn == round_ else 0
    at = (round_, attempt)
    return next((row for row in found.panels if (row.round, row.attempt) == at), None)


def _account(case: Row[Any], side: Side) -> str:
    return str(case.performer if side == Side.PERFORMER else case.checker)
