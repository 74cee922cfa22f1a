"""What waits for a juror: money to be had, and steps that somebody has to take for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import court_credits, panels, seed_givers, seeds, tranches
from backend.queries.disputes import CaseRows
from backend.queries.duties import cases_with, unsettled_seats
from backend.queries.jurors import asset_of, find_juror, fresh_weight, pool_credit_of, pool_of
from backend.queries.seeds import due_on
from backend.queries.snapshot import Snapshot
from backend.terms.case_steps import next_step
from backend.terms.court import CaseStatus, PanelState
from backend.terms.jurors import Phase
from backend.terms.offer import ZERO_ADDRESS

DONE = (CaseStatus.DECIDED, CaseStatus.CLOSED)
FAILED = (PanelState.SILENT, PanelState.MISSING, PanelState.DISMISSED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call of `contract` that can be made, from `at` (unix seconds) on if that is still to come.
    `amount` is what it pays to the juror, of `asset`; None where that is not all it does."""

    contract: str
    function: str
    words: str
    at: int | None = None
    asset: str | None = None
    amount: int | None = None
    case_id: str | None = None
    round: int | None = None
    attempt: int | None = None
    seed_id: int | None = None


def waiting_for(snapshot: Snapshot, account: str) -> list[Waiting]:
    return [
        *_money(snapshot, account),
        *_stake(snapshot, account),
        *_cases(snapshot, account),
        *_seeds(snapshot, account),
    ]


def court_credit_of(snapshot: Snapshot, account: str) -> int:
    """What the Court owes an account, in wei."""
    query = select(court_credits.c.amount).where(court_credits.c.account == account)
    return int(snapshot.connection.scalar(query) or 0)


def _money(snapshot: Snapshot, account: str) -> Iterator[Waiting]:
    fees = court_credit_of(snapshot, account)
    if fees:
        words = "Withdraw what the Court owes"
        yield Waiting("Court", "withdraw", words, asset=ZERO_ADDRESS, amount=fees)
    owed = pool_credit_of(snapshot, account)
    if owed:
        asset = asset_of(snapshot)
        words = "Withdraw what the pool owes"
        yield Waiting("JurorPool", "withdrawCredit", words, asset=asset, amount=owed)


def _stake(snapshot: Snapshot, account: str) -> Iterator[Waiting]:
    row = find_juror(snapshot, account)
    if row is None:
        return
    pool = pool_of(snapshot)
    free = min(row.leaving, row.stake - row.locked)
    if row.leaving:
        at = row.available_at if snapshot.now < row.available_at else None
        words = "Withdraw the stake that is leaving"
        if free < row.leaving:
            words += ", as far as it is not locked"
        yield Waiting("JurorPool", "withdraw", words, at=at, asset=pool.asset, amount=free)
    weight = fresh_weight(snapshot, pool, row)
    if weight != row.weight:
        words = f"Bring the weight up to date: it would be {weight}, and is {row.weight}"
        yield Waiting("JurorPool", "refresh", words)


def _cases(snapshot: Snapshot, account: str) -> Iterator[Waiting]:
    """Settling is for the juror's own good: its stake is locked until then."""
    mine = unsettled_seats(snapshot, account)
    cases = cases_with(snapshot, mine)
    for found in cases.values():
        yield from _moving(snapshot, found)
    for seat in mine:
        found, panel = cases[seat.case_id], _panel(snapshot, seat)
        decided = found.case.status in DONE and panel.state == PanelState.RULED
        if decided or panel.state in FAILED:
            words = f"Settle round {seat.round}: it pays its jurors, and lets their stakes go"
            place = {"case_id": seat.case_id, "round": seat.round, "attempt": seat.attempt}
            yield Waiting("Court", "settleRound", words, **place)


def _panel(snapshot: Snapshot, seat: Row[Any]) -> Row[Any]:
    query = select(panels).where(
        panels.c.case_id == seat.case_id,
        panels.c.round == seat.round,
        panels.c.attempt == seat.attempt,
    )
    return snapshot.connection.execute(query).one()


def _moving(snapshot: Snapshot, found: CaseRows) -> Iterator[Waiting]:
    """A case that waits for anybody to move it on."""
    case, step = found.case, next_step(found.facts)
    if step is None or step.at is None:
        return
    tranche = select(tranches.c.closed_at).where(
        tranches.c.trade_id == case.trade_id, tranches.c.tranche == case.tranche
    )
    if snapshot.connection.scalar(tranche) is not None:
        words = "Close the case: its tranche was closed without it"
        yield Waiting("Court", "execute", words, case_id=case.case_id)
    elif snapshot.now >= step.at:
        words = f"Move the case on: {case.status} is over"
        yield Waiting("Court", "advance", words, case_id=case.case_id)


def _seeds(snapshot: Snapshot, account: str) -> Iterator[Waiting]:
    """Rounds of this seed-giver that wait for anybody."""
    query = (
        select(seeds)
        .join(seed_givers, seed_givers.c.seed_id == seeds.c.seed_id)
        .where(seed_givers.c.giver == account, seeds.c.phase != Phase.DONE)
    )
    for row in snapshot.connection.execute(query.order_by(seeds.c.seed_id)):
        due = due_on(row, snapshot.block.number, snapshot.now)
        if due is not None:
            words = {
                "close": "Close the commitments of a seed whose time is up",
                "mix": "Set another target for a seed: the hash of the last one is lost",
                "finish": "Finish a seed whose time is up",
            }[due]
            yield Waiting("BondedSeed", due, words, seed_id=row.seed_id)
