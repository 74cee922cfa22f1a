"""Cases before the Court, moved on as their sides and jurors would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from backend.terms.court import PANEL_STATES, SEAT_STATES, STATUSES, CaseStatus, SeatState, Side
from backend.terms.offer import ZERO_ADDRESS, Tranche
from scripts.people import JURORS, Person
from tests.backend.market import DAY, Market, Opened

COIN = 10**18
EPOCH = 120  # seconds, of local deployments
SALT = bytes(range(32))
SECRET = bytes(range(1, 33))
ALL = 60  # numbers to try in a draw


def stake_all(market: Market, jurors: Sequence[Person] = JURORS) -> None:
    """Each can be drawn from now on."""
    for juror in jurors:
        market.send(juror, "JurorPool", "stake", COIN, value=COIN)
    market.wait_until(market.now + EPOCH + 1)


def person_of(address: str) -> Person | str:
    return next((one for one in Person if one.address == address), address)


def give_seed(market: Market) -> None:
    """Everybody who was drawn to commits to a secret and shows it."""
    number = market.view("BondedSeed", "currentRound")
    givers = market.view("BondedSeed", "roundOf", number)[-1]
    for seat, giver in enumerate(givers):
        commitment = market.view("BondedSeed", "commitmentOf", number, giver, SECRET)
        given = bytes.fromhex(commitment[2:])
        market.send(person_of(giver), "BondedSeed", "commit", number, seat, given)
    market.mine(market.view("BondedSeed", "depth") + 1)
    for seat, giver in enumerate(givers):
        market.send(person_of(giver), "BondedSeed", "reveal", number, seat, SECRET)


@dataclass
class Case:
    """A disputed tranche and its case."""

    market: Market
    opened: Opened
    performer: Person
    checker: Person
    tranche: int = 0

    @classmethod
    def of(cls, market: Market, checker: Person, performer: Person = Person.ALICE) -> Case:
        """A tranche in dispute, not yet before the Court."""
        opened = market.open(market.offer(performer), checker, (performer,))
        market.act(performer, "perform", opened, 0)
        market.act(checker, "dispute", opened, 0)
        return cls(market, opened, performer, checker)

    @property
    def id(self) -> bytes:
        trade_id = bytes.fromhex(self.opened.trade_id[2:])
        return keccak(encode(["bytes32", "uint256"], [trade_id, self.tranche]))

    @property
    def hex(self) -> str:
        return "0x" + self.id.hex()

    @property
    def view(self) -> tuple[Any, ...]:
        found: tuple[Any, ...] = self.market.view("Court", "caseOf", self.id)
        return found

    @property
    def deadline(self) -> int:
        return int(self.view[1])

    @property
    def status(self) -> CaseStatus:
        return STATUSES[self.view[2]]

    @property
    def round(self) -> int:
        return int(self.view[3])

    @property
    def attempt(self) -> int:
        return 1 if self.view[5] == self.round + 1 else 0

    @property
    def fee(self) -> int:
        return int(self.market.view("Court", "arbitrationFee", self.opened.trade.pin.rules_version))

    def send(self, who: Person | str, function: str, *rest: object, value: int = 0) -> None:
        self.market.send(who, "Court", function, self.id, *rest, value=value)

    # deposits

    def open(self, by: Person | None = None) -> None:
        who = by or self.checker
        call = (self.opened.call, self.tranche)
        self.market.send(who, "Court", "openCase", *call, value=self.fee)

    def join(self, by: Person | None = None) -> None:
        self.send(by or self.performer, "join", value=self.fee)

    # the panel

    def panel(self) -> tuple[Any, Sequence[Any]]:
        found: tuple[Any, Sequence[Any]] = self.market.view(
            "Court", "panelOf", self.id, self.round, self.attempt
        )
        return found

    @property
    def panel_state(self) -> str:
        return PANEL_STATES[self.panel()[0][9]]

    def seat_states(self) -> list[SeatState]:
        return [SEAT_STATES[seat[1]] for seat in self.panel()[1]]

    def jurors(self) -> list[Person | str]:
        """Who sits, seat by seat."""
        return [person_of(seat[0]) for seat in self.panel()[1]]

    def draw(self) -> None:
        self.send(Person.RITA, "draw", ALL)

    def seat_panel(self) -> None:
        """A seed is made, and every seat filled."""
        if not self.market.view("BondedSeed", "seedOf", self.panel()[0][0]):
            give_seed(self.market)
        self.draw()
        assert SeatState.EMPTY not in self.seat_states()

    # votes

    def commit(self, seat: int, bps: int, salt: bytes = SALT) -> None:
        juror = self.jurors()[seat]
        address = juror.address if isinstance(juror, Person) else juror
        at = (self.id, self.round, self.attempt, address, bps, salt)
        commitment = self.market.view("Court", "commitmentOf", *at)
        self.send(juror, "commit", seat, bytes.fromhex(commitment[2:]))

    def reveal(self, seat: int, bps: int, salt: bytes = SALT) -> None:
        self.send(self.jurors()[seat], "reveal", seat, bps, salt)

    def past(self) -> None:
        """Moves the case on, right after the deadline."""
        self.market.wait_until(self.deadline + 1)
        self.send(Person.RITA, "advance")

    # the whole way

    def to_evidence(self) -> None:
        self.open()
        self.join()

    def to_commit(self) -> None:
        if self.status == CaseStatus.NONE:
            self.to_evidence()
        self.seat_panel()
        self.past()
        assert self.status == CaseStatus.COMMIT

    def to_ruling(self, *choices: int | None, silent: Sequence[int] = ()) -> None:
        """Each seat commits to its choice (`None` does not), and reveals it unless it is silent."""
        if self.status != CaseStatus.COMMIT:
            self.to_commit()
        for seat, bps in enumerate(choices):
            if bps is not None:
                self.commit(seat, bps)
        if self.status == CaseStatus.COMMIT:
            self.past()
        for seat, bps in enumerate(choices):
            if bps is not None and seat not in silent:
                self.reveal(seat, bps)
        if self.status == CaseStatus.REVEAL:
            self.past()

    # appeals

    def needed(self) -> int:
        return int(self.market.view("Court", "appealCostOf", self.id)[0])

    def fund(self, side: Side, by: Person, value: int | None = None) -> None:
        number = list(Side).index(side)
        self.send(by, "fundAppeal", number, value=self.needed() if value is None else value)

    def claim(self, round_: int, side: Side, contributor: Person) -> None:
        number = list(Side).index(side)
        self.send(Person.RITA, "claimAppeal", round_, number, contributor.address)

    def execute(self) -> None:
        self.send(Person.RITA, "execute", self.opened.call)

    def settle(self, round_: int, attempt: int = 0) -> None:
        self.send(Person.RITA, "settleRound", round_, attempt)

    def show(self, party: Person, uri: bytes = b"ipfs://proof") -> None:
        self.send(party, "submitEvidence", keccak(uri), uri)

    def strike(self, seat: int, shown: Opened) -> None:
        self.send(Person.RITA, "strike", seat, shown.call)


def trades_with_jurors(market: Market, party: Person) -> dict[Person, Opened]:
    """A trade of this party with each juror: three at a time, each of whom sells."""
    found: dict[Person, Opened] = {}
    for first in range(0, len(JURORS), 3):
        some = JURORS[first : first + 3]
        parties = (ZERO_ADDRESS, *(one.address for one in some))
        cut = [Tranche(0, seat, 0, 10, DAY, DAY) for seat in range(1, len(parties))]
        opened = market.open(market.offer(tranches=cut, parties=parties), party, some)
        found |= dict.fromkeys(some, opened)
    return found
