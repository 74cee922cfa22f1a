"""A panel of jurors in plain Python: who sits, what was voted, who gets what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from tests.model.jury_rules import JuryRules

BPS = 10_000


class SeatState(IntEnum):
    """As the contract's; a seat of the model that is None is empty."""

    EMPTY = 0
    SEATED = 1
    COMMITTED = 2
    REVEALED = 3
    STRUCK = 4
    DENOUNCED = 5


class PanelState(IntEnum):
    NONE = 0
    SITTING = 1
    RULED = 2
    SILENT = 3
    MISSING = 4
    DISMISSED = 5


@dataclass
class Seat:
    """`position` is the juror's place in the pool; `choice` means nothing before the reveal."""

    juror: str
    position: int
    state: SeatState = SeatState.SEATED
    commitment: bytes = b""
    choice: int = 0

    @property
    def is_void(self) -> bool:
        return self.state in (SeatState.STRUCK, SeatState.DENOUNCED)


@dataclass
class Panel:
    """`draws` is how many numbers of the seed's sequence are used up; `struck` are the positions
    that are not drawn again."""

    seats: list[Seat | None]
    request_id: int = 0
    epoch: int = 0
    draws: int = 0
    state: PanelState = PanelState.SITTING
    performer_bps: int = 0
    settled: bool = False
    struck: set[int] = field(default_factory=set)

    @property
    def taken(self) -> list[Seat]:
        return [seat for seat in self.seats if seat is not None]

    @property
    def is_full(self) -> bool:
        return len(self.taken) == len(self.seats)

    @property
    def voids(self) -> int:
        return sum(seat.is_void for seat in self.taken)

    @property
    def commits(self) -> int:
        """Seats that have committed, revealed or not."""
        done = (SeatState.COMMITTED, SeatState.REVEALED)
        return sum(seat.state in done for seat in self.taken)

    @property
    def votes(self) -> list[int]:
        return [seat.choice for seat in self.taken if seat.state is SeatState.REVEALED]

    @property
    def majority(self) -> int:
        """How many must reveal for the panel to rule."""
        return len(self.seats) // 2 + 1

    def state_of(self, number: int) -> SeatState:
        seat = self.seats[number] if 0 <= number < len(self.seats) else None
        return SeatState.EMPTY if seat is None else seat.state


def median(votes: Sequence[int]) -> int:
    """Of an even number of votes, the mean of the two in the middle, rounded down."""
    ranked, middle = sorted(votes), len(votes) // 2
    if len(votes) % 2:
        return ranked[middle]
    return (ranked[middle - 1] + ranked[middle]) // 2


@dataclass(frozen=True)
class Shares:
    """What a settled panel's seats (by number) get and lose. Each of `paid` gets `fee` wei and
    `stake` base units, each of `slashed` loses `slash` base units; the treasury gets the rest."""

    paid: tuple[int, ...]
    slashed: tuple[int, ...]
    fee: int
    stake: int
    slash: int
    fee_rest: int
    stake_rest: int


def shares(panel: Panel, rules: JuryRules, last_ruling: int) -> Shares:
    """`last_ruling` is that of the last panel that ruled; it counts if this one ruled."""
    seats = {n: seat for n, seat in enumerate(panel.seats) if seat is not None}
    sitting = {n: seat for n, seat in seats.items() if not seat.is_void}
    paid = tuple(
        n for n, seat in sitting.items() if _is_paid(panel.state, seat, rules, last_ruling)
    )
    slashed = {n for n, seat in seats.items() if seat.state is SeatState.DENOUNCED}
    if panel.state in (PanelState.RULED, PanelState.SILENT):
        slashed |= set(sitting) - set(paid)
    payees = {PanelState.RULED: len(panel.seats), PanelState.DISMISSED: panel.commits}
    fees = rules.juror_fee * payees.get(panel.state, 0)
    slash = rules.seat_stake * rules.slash_bps // BPS
    stakes = slash * len(slashed)
    fee, stake = (fees // len(paid), stakes // len(paid)) if paid else (0, 0)
    return Shares(
        paid=paid,
        slashed=tuple(sorted(slashed)),
        fee=fee,
        stake=stake,
        slash=slash,
        fee_rest=fees - fee * len(paid),
        stake_rest=stakes - stake * len(paid),
    )


def _is_paid(state: PanelState, seat: Seat, rules: JuryRules, ruling: int) -> bool:
    if state is PanelState.DISMISSED:
        return seat.state is not SeatState.SEATED
    if state is PanelState.MISSING or seat.state is not SeatState.REVEALED:
        return False
    return state is PanelState.SILENT or abs(seat.choice - ruling) <= rules.coherence_bps
