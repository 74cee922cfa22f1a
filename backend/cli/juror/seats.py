"""Where a juror sits in a case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

import typer

from backend.cli.juror.desk import Desk
from backend.cli.terminal import CommandError
from backend.terms.court import SEAT_STATES, STATUSES, CaseStatus, SeatState
from backend.terms.jury_salt import Ballot
from backend.terms.offer import ZERO_ADDRESS

_CASE = re.compile(r"0x[0-9a-fA-F]{64}")

CaseId = Annotated[
    str, typer.Argument(metavar="CASE", help="The id of the case: 0x and 64 digits.")
]


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """A seat of the present panel, and the ballot that belongs to it. `deadline` (unix seconds) is
    the last second of the period in which the case was last moved on to."""

    ballot: Ballot
    number: int
    state: SeatState
    performer_bps: int
    commitment: bytes
    status: CaseStatus
    deadline: int


def own_seat(at: Desk, case: str) -> OwnSeat:
    """The wallet's seat. Raises CommandError: no such case, or not seated in it."""
    if not _CASE.fullmatch(case):
        raise CommandError(f"{case} is not the id of a case: 0x and 64 hexadecimal digits.")
    case_id = bytes.fromhex(case[2:])
    found = at.court.call("caseOf", case_id)
    deadline, status, round_, redrawn = found[1], STATUSES[found[2]], found[3], found[5]
    if status == CaseStatus.NONE:
        raise CommandError(
            f"The Court at {at.court.address} has no case {case}. A case has an id of its own, not"
            " that of its trade."
        )
    attempt = 1 if redrawn == round_ + 1 else 0
    _, seats = at.court.call("panelOf", case_id, round_, attempt)
    for number, (juror, state, bps, commitment) in enumerate(seats):
        if juror == at.address:
            ballot = Ballot(at.chain_id, at.court.address, case_id, round_, attempt, juror)
            committed = bytes.fromhex(commitment[2:])
            return OwnSeat(
                ballot, number, SEAT_STATES[state], bps, committed, status, int(deadline)
            )
    raise CommandError(_why_not(at, case_id, status, round_, attempt, seats))


def _why_not(
    at: Desk,
    case_id: bytes,
    status: CaseStatus,
    round_: int,
    attempt: int,
    seats: tuple[object, ...],
) -> str:
    before = [(past, again) for past in range(round_ + 1) for again in (0, 1)]
    for past, again in before:
        if (past, again) >= (round_, attempt):
            break
        _, others = at.court.call("panelOf", case_id, past, again)
        if any(seat[0] == at.address for seat in others):
            again_words = ", drawn again since" if past == round_ else ""
            return (
                f"Too late: {at.address} sat on the panel of round {past}{again_words}. The case is"
                f" in round {round_} now, with other jurors."
            )
    text = f"{at.address} does not sit on this jury"
    filled = sum(seat[0] != ZERO_ADDRESS for seat in seats)  # type: ignore[index]
    if status in (CaseStatus.DEPOSITS, CaseStatus.EVIDENCE) and filled < max(len(seats), 1):
        return f"{text}, which is not drawn yet."
    return f"{text}. Those who were drawn find their cases with `commonhold juror duties`."
