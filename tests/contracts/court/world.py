"""A market with a court: jurors who stake, seeds set by hand, and what people do in a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from eth_abi import encode
from eth_utils import keccak
from hexbytes import HexBytes

from tests.contracts.escrow.actions import in_status
from tests.contracts.escrow.market import DAY, DISPUTED, HOUR, Market, Opened, Person
from tests.contracts.expect import now, until
from tests.model.jury_rules import JuryRules

T = TypeVar("T")

UNIT = 10**17  # base units of a unit of weight
STAKE = 20 * UNIT  # of each juror
EPOCH = DAY
POINTS = 10**6

# Every number different from the others, and most of them odd, so that shares are rounded.
JURY = JuryRules(
    juror_fee=1_000_003,
    seat_stake=300_000_000_000_000_007,
    deposit_period=DAY + 1,
    evidence_period=2 * DAY,
    commit_period=36 * HOUR,
    reveal_period=25 * HOUR,
    appeal_period=30 * HOUR + 1,
    conflict_period=30 * DAY,
    jurors=3,
    max_appeals=2,
    appeal_multiplier_bps=15_001,
    slash_bps=2_500,
    coherence_bps=500,
)
FEE = 3_000_009  # wei: the arbitration fee of the first round
SLASH = 75_000_000_000_000_001  # base units: a quarter of the seat's stake, rounded down
RULING_PERIOD = 40 * DAY

NONE, DEPOSITS, EVIDENCE, COMMIT, REVEAL, APPEAL, DECIDED, CLOSED = range(8)  # CaseStatus
PERFORMER, CHECKER = 1, 2  # Side
BY_JURY, MISSING_DEPOSIT, MISSING_APPEAL, NO_PANEL = range(1, 5)  # Decision
RULED, DECLINED, SETTLED = range(1, 4)  # Closing
SITTING, PANEL_RULED, SILENT, MISSING, DISMISSED = range(1, 6)  # PanelState
EMPTY, SEATED, COMMITTED, REVEALED, STRUCK, DENOUNCED = range(6)  # SeatState

SEED = 10**30 + 7
SALT = bytes(range(32, 64))


@dataclass(frozen=True)
class Room:
    """The deployed contracts and the people."""

    market: Market
    court: Any
    pool: Any
    randomness: Any
    points: Any
    jurors: list[Person] = field(repr=False)

    @property
    def people(self) -> dict[str, Person]:
        return self.market.people

    @property
    def stranger(self) -> Any:
        return self.people["stranger"].account

    def dispute(self, *tranches: Any, index: int = 0, **made: Any) -> Dispute:
        """A disputed tranche, not yet before the court."""
        return Dispute(self, in_status(self.market, DISPUTED, *tranches, **made), index)

    def commitment(
        self, case: bytes, round_: int, attempt: int, juror: str, bps: int, salt: bytes
    ) -> bytes:
        """What binds a juror to a choice, worked out without the contract."""
        types = ["uint256", "address", "bytes32", "uint256", "uint256", "address", "uint256"]
        values = [self.market.chain.id, self.court.address, case, round_, attempt, juror, bps]
        return bytes(keccak(encode([*types, "bytes32"], [*values, salt])))

    def juror(self, address: str) -> Person:
        return next(one for one in self.people.values() if one.address == address)

    def foresee(self, act: Callable[[], T]) -> T:
        """What this brings, after which none of it has happened; the isolation's snapshot stays."""
        chain = self.market.chain
        kept = chain._snapshot_id
        chain.snapshot()
        found = act()
        chain.revert()
        chain._snapshot_id = kept
        return found

    def credit(self, account: Any) -> int:
        return int(self.court.creditOf(account.address))

    def stake(self, juror: Person) -> tuple[int, int]:
        """What a juror has staked, and how much of it is locked."""
        staked, locked, _, _ = self.pool.stakeOf(juror.address)
        return int(staked), int(locked)


@dataclass
class Dispute:
    """A tranche in dispute and its case."""

    room: Room
    opened: Opened
    index: int = 0
    round: int = 0
    attempt: int = 0

    @property
    def court(self) -> Any:
        return self.room.court

    @property
    def id(self) -> bytes:
        return bytes(keccak(encode(["bytes32", "uint256"], [self.opened.id, self.index])))

    @property
    def performer(self) -> Person:
        return self.room.market.whoever(self.opened, self.index, "performer")

    @property
    def checker(self) -> Person:
        return self.room.market.whoever(self.opened, self.index, "checker")

    @property
    def case(self) -> Any:
        return self.court.caseOf(self.id)

    @property
    def status(self) -> int:
        return int(self.case["status"])

    @property
    def deadline(self) -> int:
        return int(self.case["deadline"])

    # deposits

    def open(self, by: Person | None = None, value: int = FEE) -> Any:
        who = {"from": (by or self.checker).account, "value": value}
        return self.court.openCase(self.opened.packed, self.index, who)

    def join(self, by: Person | None = None, value: int = FEE) -> Any:
        return self.court.join(self.id, {"from": (by or self.performer).account, "value": value})

    # the panel

    def panel(self, round_: int | None = None, attempt: int | None = None) -> Any:
        """The panel's record and its seats."""
        which = self.round if round_ is None else round_
        return self.court.panelOf(self.id, which, self.attempt if attempt is None else attempt)

    def seed(self, seed: int = SEED) -> None:
        request = int(self.panel()[0]["requestId"])
        self.room.randomness.set(request, seed, {"from": self.room.stranger})

    def draw(self, most: int = 200) -> Any:
        return self.court.draw(self.id, most, {"from": self.room.stranger})

    def seated(self) -> list[Person]:
        """Who sits on the panel, seat by seat."""
        return [self.room.juror(str(seat["juror"])) for seat in self.panel()[1]]

    # votes

    def commitment(self, seat: int, bps: int, salt: bytes = SALT) -> bytes:
        juror = self.seated()[seat].address
        return self.room.commitment(self.id, self.round, self.attempt, juror, bps, salt)

    def commit(self, seat: int, bps: int, salt: bytes = SALT) -> Any:
        who = {"from": self.seated()[seat].account}
        return self.court.commit(self.id, seat, self.commitment(seat, bps, salt), who)

    def reveal(self, seat: int, bps: int, salt: bytes = SALT) -> Any:
        who = {"from": self.seated()[seat].account}
        return self.court.reveal(self.id, seat, bps, salt, who)

    def advance(self) -> Any:
        return self.court.advance(self.id, {"from": self.room.stranger})

    def past(self) -> Any:
        """Moves the case on, one second after the deadline."""
        until(self.deadline + 1)
        return self.advance()

    # the whole way

    def to_evidence(self) -> None:
        self.open()
        self.join()

    def to_commit(self) -> None:
        """A full panel, and time to commit."""
        if self.status == NONE:
            self.to_evidence()
        self.seed(SEED + self.round)
        self.draw()
        self.past()
        assert self.status == COMMIT

    def to_reveal(self, *choices: int | None) -> None:
        """Each seat commits to its choice; `None` does not."""
        self.to_commit()
        for seat, bps in enumerate(choices):
            if bps is not None:
                self.commit(seat, bps)
        if self.status == COMMIT:
            self.past()

    def to_ruling(self, *choices: int | None) -> None:
        """Each seat commits to its choice and reveals it; `None` does neither."""
        self.to_reveal(*choices)
        for seat, bps in enumerate(choices):
            if bps is not None:
                self.reveal(seat, bps)
        if self.status == REVEAL:
            self.past()

    def to_decision(self, *choices: int | None) -> None:
        """A ruling that nobody appeals."""
        self.to_ruling(*choices)
        if self.status == APPEAL:
            until(self.deadline + 1)
            self.advance()
        assert self.status == DECIDED

    # appeals

    def needed(self) -> int:
        """What a side needs for an appeal now, worked out without the contract."""
        size = (JURY.jurors + 1) * 2 ** (self.round + 1) - 1
        return JURY.juror_fee * size * JURY.appeal_multiplier_bps // 10_000

    def fund(self, side: int, by: Person | None = None, value: int | None = None) -> Any:
        who = by or (self.performer if side == PERFORMER else self.checker)
        sent = self.needed() if value is None else value
        return self.court.fundAppeal(self.id, side, {"from": who.account, "value": sent})

    def appeal(self, first: int = PERFORMER) -> None:
        """Both sides fund; the next round begins."""
        self.fund(first)
        self.fund(CHECKER if first == PERFORMER else PERFORMER)
        self.round, self.attempt = self.round + 1, 0

    # the end

    def execute(self) -> Any:
        return self.court.execute(self.id, self.opened.packed, {"from": self.room.stranger})

    def settle(self, round_: int | None = None, attempt: int | None = None) -> Any:
        which = self.round if round_ is None else round_
        again = self.attempt if attempt is None else attempt
        return self.court.settleRound(self.id, which, again, {"from": self.room.stranger})

    def claim(self, round_: int, side: int, contributor: Person) -> Any:
        who = {"from": self.room.stranger}
        return self.court.claimAppeal(self.id, round_, side, contributor.address, who)


def hashed(value: Any) -> bytes:
    return bytes(HexBytes(value))


def late(second: int) -> int:
    """This second after the last block."""
    return now() + second
