"""One panel: who sits, what was voted, what the median is, and who gets what."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

BPS = 10_000


class State(IntEnum):
    """As the contract numbers them."""

    SITTING = 1
    RULED = 2
    SILENT = 3
    MISSING = 4
    DISMISSED = 5


@dataclass(frozen=True)
class JuryRules:
    """Those of a version that draws and tallies go by: wei, base units, basis points."""

    juror_fee: int
    seat_stake: int
    jurors: int
    slash_bps: int
    coherence_bps: int

    @classmethod
    def of_log(cls, values: tuple[int, ...]) -> JuryRules:
        return cls(values[0], values[1], values[8], values[11], values[12])

    @property
    def slash(self) -> int:
        return self.seat_stake * self.slash_bps // BPS


@dataclass
class Seat:
    juror: str
    position: int
    commitment: bytes = b""
    vote: int | None = None
    is_struck: bool = False
    is_denounced: bool = False

    @property
    def is_void(self) -> bool:
        return self.is_struck or self.is_denounced


@dataclass
class Panel:
    """`leaves` are the weights it is drawn from; `draws` how many draws have been looked at;
    `short` who had too little free at some time since the last juror was seated."""

    size: int
    request_id: int = 0
    leaves: list[tuple[int, str, int]] = field(default_factory=list)
    draws: int = 0
    seats: dict[int, Seat] = field(default_factory=dict)
    banned: set[int] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    state: State = State.SITTING
    performer_bps: int = 0

    @property
    def first_free(self) -> int:
        return next(seat for seat in range(self.size + 1) if seat not in self.seats)

    @property
    def votes(self) -> list[int]:
        return [seat.vote for seat in self.seats.values() if seat.vote is not None]

    def passes_over(self, sides: tuple[str, str], found: tuple[str, int] | None) -> bool:
        """Whether somebody drawn cannot sit, whatever the stake."""
        if found is None or found[0] in sides:
            return True
        taken = {seat.position for seat in self.seats.values()} | self.banned
        return found[1] in taken


def median(votes: list[int]) -> int:
    """Of an even number of votes, the mean of the two in the middle, rounded down."""
    ranked, middle = sorted(votes), len(votes) // 2
    if len(votes) % 2:
        return ranked[middle]
    return (ranked[middle - 1] + ranked[middle]) // 2


def shares(panel: Panel, rules: JuryRules, last_ruling: int) -> dict[str, int]:
    """What `RoundSettled` must say of a panel."""
    paid = slashed = 0
    for number, seat in panel.seats.items():
        if seat.is_denounced:
            slashed |= 1 << number
        elif not seat.is_void and _is_paid(panel.state, seat, rules, last_ruling):
            paid |= 1 << number
        elif not seat.is_void and panel.state in (State.RULED, State.SILENT):
            slashed |= 1 << number
    payees, losers = paid.bit_count(), slashed.bit_count()
    fees = 0
    if panel.state is State.RULED:
        fees = rules.juror_fee * panel.size
    elif panel.state is State.DISMISSED:
        fees = rules.juror_fee * payees
    stakes = rules.slash * losers
    fee_share, stake_share = (fees // payees, stakes // payees) if payees else (0, 0)
    return {
        "paid": paid,
        "slashed": slashed,
        "feeShare": fee_share,
        "stakeShare": stake_share,
        "slash": rules.slash,
        "feeToTreasury": fees - fee_share * payees,
        "stakeToTreasury": stakes - stake_share * payees,
    }


def _is_paid(state: State, seat: Seat, rules: JuryRules, last_ruling: int) -> bool:
    if state is State.DISMISSED:
        return bool(seat.commitment)
    if state is State.MISSING or seat.vote is None:
        return False
    return state is State.SILENT or abs(seat.vote - last_ruling) <= rules.coherence_bps
