"""What a juror has to do now or soon, by when, and what hangs on it.

Times are unix seconds. A period that is over is counted as over, though nobody has moved the case
on yet: whatever is done next at the Court moves it on first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import disputes, seats, seed_givers, seeds
from backend.queries.disputes import CaseRows, with_parts
from backend.queries.jurors import seed_setup
from backend.queries.seeds import hash_is_lost
from backend.queries.snapshot import Snapshot
from backend.terms.court import CaseStatus, SeatState
from backend.terms.jurors import GiverState, Phase
from backend.terms.payout import BPS


@dataclass(frozen=True, slots=True)
class Duty:
    """A call that this juror owes: `commit` or `reveal` of a vote (`case` is set), or of a secret
    for a seed (`seed` is set).

    One that is not `due` begins at `begins`, at the latest; None: when the panel is full. It can be
    done up to and including `until`, or sooner, if all are done sooner with what comes before.
    `block` is the first block for it, where that is still to come. `fee` is what it earns if all of
    the panel agree, `most` if nobody else does (wei); `won` is what others' lost stakes bring at
    least, `lost` what silence costs, or for a vote being far from the ruling (base units of what
    jurors stake).
    """

    function: str
    due: bool
    begins: int | None
    until: int
    words: str
    fee: int = 0
    most: int = 0
    won: int = 0
    lost: int = 0
    locked: int = 0
    block: int | None = None
    case: CaseRows | None = None
    seat: Row[Any] | None = None
    seed: Row[Any] | None = None


def duties_of(snapshot: Snapshot, account: str) -> list[Duty]:
    """Those that can be done first, each by its deadline."""
    found = [*_votes(snapshot, account), *_secrets(snapshot, account)]
    return sorted(found, key=lambda one: (not one.due, one.until))


def cases_with(snapshot: Snapshot, mine: Sequence[Row[Any]]) -> dict[str, CaseRows]:
    """The cases of these seats."""
    ids = {row.case_id for row in mine}
    query = select(disputes).where(disputes.c.case_id.in_(ids))
    rows = snapshot.connection.execute(query).all()
    return {found.case.case_id: found for found in with_parts(snapshot, rows)}


def unsettled_seats(snapshot: Snapshot, account: str) -> Sequence[Row[Any]]:
    """Those that were not paid yet, and are not void."""
    held = (SeatState.SEATED, SeatState.COMMITTED, SeatState.REVEALED)
    query = select(seats).where(
        seats.c.juror == account, seats.c.fee_paid.is_(None), seats.c.state.in_(held)
    )
    return snapshot.connection.execute(query.order_by(*seats.primary_key)).all()


def period_at(found: CaseRows, now: int) -> tuple[CaseStatus, int]:
    """The period of a case and its last second, moved on from evidence to the votes, and from
    commitments to reveals, as far as it is due."""
    status, deadline = CaseStatus(found.case.status), int(found.case.deadline)
    panel = found.panel
    full = panel is not None and panel.seated == panel.jurors
    if status == CaseStatus.EVIDENCE and full and now > deadline:
        status, deadline = CaseStatus.COMMIT, deadline + found.jury.commit_period
    if status == CaseStatus.COMMIT and now > deadline:
        status, deadline = CaseStatus.REVEAL, deadline + found.jury.reveal_period
    return status, deadline


def _votes(snapshot: Snapshot, account: str) -> Iterator[Duty]:
    mine = unsettled_seats(snapshot, account)
    cases = cases_with(snapshot, mine)
    for seat in mine:
        found = cases[seat.case_id]
        panel = found.panel
        here = panel is not None and (panel.round, panel.attempt) == (seat.round, seat.attempt)
        if here:
            yield from _vote(found, seat, snapshot.now)


def _vote(found: CaseRows, seat: Row[Any], now: int) -> Iterator[Duty]:
    status, deadline = period_at(found, now)
    place = f"at seat {seat.seat} of round {seat.round}"
    if seat.state == SeatState.SEATED and status == CaseStatus.EVIDENCE:
        until = deadline + found.jury.commit_period
        late = now > deadline  # and the panel is not full
        begins = None if late else deadline + 1
        if now <= until:
            when = "once the panel is full" if late else "later"
            words = f"Commit to a choice {place}, {when}"
            yield _duty(found, seat, "commit", begins, until, words, due=False)
    if seat.state == SeatState.SEATED and status == CaseStatus.COMMIT:
        yield _duty(found, seat, "commit", None, deadline, f"Commit to a choice {place}")
    if seat.state == SeatState.COMMITTED and status == CaseStatus.COMMIT:
        until = deadline + found.jury.reveal_period
        words = f"Reveal the choice {place}, later: show it to nobody before"
        yield _duty(found, seat, "reveal", deadline + 1, until, words, due=False)
    if seat.state == SeatState.COMMITTED and status == CaseStatus.REVEAL and now <= deadline:
        yield _duty(found, seat, "reveal", None, deadline, f"Reveal the choice {place}")


def _duty(
    found: CaseRows,
    seat: Row[Any],
    function: str,
    begins: int | None,
    until: int,
    words: str,
    due: bool = True,
) -> Duty:
    jury, panel = found.jury, found.panel
    assert panel is not None
    return Duty(
        function,
        due,
        begins,
        until,
        words,
        fee=jury.juror_fee,
        most=jury.juror_fee * panel.jurors,
        lost=jury.seat_stake * jury.slash_bps // BPS,
        locked=jury.seat_stake,
        case=found,
        seat=seat,
    )


def _secrets(snapshot: Snapshot, account: str) -> Iterator[Duty]:
    bond = seed_setup(snapshot).bond
    query = (
        select(seeds, seed_givers.c.seat, seed_givers.c.state)
        .join(seed_givers, seed_givers.c.seed_id == seeds.c.seed_id)
        .where(seed_givers.c.giver == account, seeds.c.phase != Phase.DONE)
    )
    for row in snapshot.connection.execute(query.order_by(seeds.c.seed_id)):
        if snapshot.now > row.deadline:
            continue
        number = row.seed_id
        if row.phase == Phase.COMMIT and row.state == GiverState.DRAWN:
            words = f"Commit to a secret for seed {number}"
            yield _secret(row, "commit", bond, None, words)
        if row.phase == Phase.REVEAL and row.state == GiverState.COMMITTED:
            block = row.reveal_from if snapshot.block.number + 1 < row.reveal_from else None
            words = f"Show the secret for seed {number}"
            if hash_is_lost(row, snapshot.block.number):
                words = (
                    f"Show the secret for seed {number}, but only after `mix` and its new target"
                )
            yield _secret(row, "reveal", bond, block, words)


def _secret(row: Row[Any], function: str, bond: int, block: int | None, words: str) -> Duty:
    """Who reveals shares the bonds of those who did not commit."""
    shared = 0
    if row.phase == Phase.REVEAL:
        shared = bond * (row.givers - row.commits) // row.commits
    return Duty(
        function,
        True,
        None,
        row.deadline,
        words,
        won=shared,
        lost=bond,
        locked=bond,
        block=block,
        seed=row,
    )
