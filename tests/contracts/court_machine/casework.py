"""Rules of the machine: what sides, jurors and anybody do about cases."""

from __future__ import annotations

from typing import Any, ClassVar

from eth_utils.crypto import keccak
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from backend.terms.offer import Trade
from tests.contracts.court_machine.world import World
from tests.model.court import Court
from tests.model.court_case import Case, CaseStatus, Side
from tests.model.panel import SeatState

PARTIES = ("seller", "buyer", "courier", "juror 0", "juror 1")
numbers = st.integers(0, 9_999)
rarely = st.integers(0, 9).map(lambda drawn: drawn == 0)
choices = st.one_of(st.sampled_from([0, 5_000, 10_000, 10_001]), st.integers(0, 10_000))


class Casework(RuleBasedStateMachine):
    """`tried` are the trades of cases, `met` trades that may strike a juror."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.world.restart()
        self.tried: list[Trade] = []
        self.met: list[Trade] = []
        self.secrets: dict[bytes, tuple[int, bytes]] = {}
        self.is_broken = False

    @property
    def model(self) -> Court:
        return self.world.model

    @property
    def now(self) -> int:
        return self.world.now

    @property
    def cases(self) -> list[Case]:
        return list(self.model.cases.values())

    def both(self, name: str, sender: str, call: Any, model: Any, value: int = 0) -> Any:
        """See `World.both`; what comes after a failure is not looked at."""
        self.is_broken = True
        result = self.world.both(name, sender, call, model, value)
        self.is_broken = False
        return result

    def case(self, which: int, *wanted: CaseStatus) -> Case:
        """One of the cases that stand so, else any."""
        fitting = [case for case in self.cases if case.status in wanted] or self.cases
        return fitting[which % len(fitting)]

    def trade_of(self, case: Case) -> Trade:
        return self.model.escrow.trades[case.trade_id].trade

    # Beginning

    @precondition(lambda self: len(self.cases) < 3)
    @rule(pair=numbers, opener=numbers, joins=numbers, met=numbers, wrong=rarely)
    def dispute(self, pair: int, opener: int, joins: int, met: int, wrong: bool) -> None:
        """Two who trade, a juror who traded with one of them before, a dispute, and its case."""
        people = self.world.people
        seller = people[PARTIES[pair % 5]]
        buyer = people[PARTIES[(pair + 1 + pair // 5 % 4) % 5]]
        friend = people[f"juror {2 + met % 9}"]
        self.met.append(self.world.trade((seller, buyer)[met // 10 % 2], friend).trade)
        trade = self.world.trade(seller, buyer).trade
        self.world.at_escrow("perform", trade, seller.address)
        self.world.at_escrow("dispute", trade, buyer.address)
        who = self.world.stranger if wrong else (seller, buyer)[opener % 2].address
        fee = 3 * self.model.rule_book.version(1).jury.juror_fee - (wrong and opener % 2)
        case = self.both(
            "open case",
            who,
            self.world.court.openCase(trade.pack(), 0),
            lambda: self.model.open_case(self.now, who, trade, 0, fee),
            fee,
        )
        if case is not None:
            self.tried.append(trade)
            if joins % 4:
                self.join_it(self.model.cases[case.id], (buyer, seller)[opener % 2].address, fee)

    @precondition(lambda self: self.cases)
    @rule(which=numbers, who=numbers, more=rarely)
    def join(self, which: int, who: int, more: bool) -> None:
        case = self.case(which, CaseStatus.DEPOSITS)
        sides = (case.performer, case.checker, case.account_of(case.depositor.other))
        self.join_it(case, sides[who % 3], self.model.fee(case) + more)

    def join_it(self, case: Case, who: str, value: int) -> None:
        call = self.world.court.join(case.id)
        self.both("join", who, call, lambda: self.model.join(self.now, who, case.id, value), value)

    # The panel

    @precondition(lambda self: self.cases)
    @rule(which=numbers, seed=st.integers(1, 2**256 - 1), most=st.integers(1, 40), early=rarely)
    def draw(self, which: int, seed: int, most: int, early: bool) -> None:
        case = self.case(which, CaseStatus.EVIDENCE)
        if case.panels and not early:
            request = case.panel.request_id
            if self.model.seeds.setdefault(request, seed) == seed:
                self.world.now += 1
                call = self.world.randomness.set(request, seed)
                assert self.world.send(self.world.stranger, call) is None
        call = self.world.court.draw(case.id, most)
        who = self.world.stranger
        self.both("draw", who, call, lambda: self.model.draw(self.now, case.id, most))

    @precondition(lambda self: self.cases)
    @rule(which=numbers, seat=numbers, met=numbers)
    def strike(self, which: int, seat: int, met: int) -> None:
        """With a trade that its juror made, if there is one."""
        case = self.case(which, CaseStatus.EVIDENCE, CaseStatus.COMMIT)
        if not case.panels:
            return
        seats = case.panel.seats
        fitting = [
            (number, trade)
            for number, one in enumerate(seats)
            for trade in (*self.met, self.trade_of(case))
            if one is not None and one.juror in trade.terms.parties
        ]
        number, trade = seat % (len(seats) + 1), self.met[met % len(self.met)]
        if fitting and met % 4:
            number, trade = fitting[seat % len(fitting)]
        call = self.world.court.strike(case.id, number, trade.pack())
        who = self.world.stranger
        self.both("strike", who, call, lambda: self.model.strike(self.now, case.id, number, trade))

    # Votes

    def salt(self, case: Case, number: int, choice: int) -> bytes:
        return bytes(keccak(case.id + bytes([number, case.round]) + choice.to_bytes(2)))

    def sitting(self, case: Case, state: SeatState, seat: int) -> tuple[int, str]:
        """The number and the juror of a seat in this state, if there is one; else of any."""
        seats = case.panel.seats if case.panels else []
        taken = [(n, one) for n, one in enumerate(seats) if one is not None]
        fitting = [(n, one.juror) for n, one in taken if one.state is state]
        fitting = fitting or [(n, one.juror) for n, one in taken] or [(0, self.world.stranger)]
        return fitting[seat % len(fitting)]

    @precondition(lambda self: self.cases)
    @rule(which=numbers, seat=numbers, choice=choices, wrong=rarely, empty=rarely)
    def commit(self, which: int, seat: int, choice: int, wrong: bool, empty: bool) -> None:
        case = self.case(which, CaseStatus.COMMIT)
        number, juror = self.sitting(case, SeatState.SEATED, seat)
        salt = self.salt(case, number, choice)
        bound = (case, case.round, case.attempt(case.round), juror, choice, salt)
        commitment = self.model.commitment(*bound)
        self.secrets[commitment] = (choice, salt)
        if empty:
            commitment = seat.to_bytes(32)
        who = self.world.stranger if wrong else juror
        call = self.world.court.commit(case.id, number, commitment)
        self.both(
            "commit",
            who,
            call,
            lambda: self.model.commit(self.now, who, case.id, number, commitment),
        )

    def opening(self, case: Case, number: int, wrong: bool) -> tuple[int, bytes]:
        """What a seat committed to, or the same with another salt."""
        seat = case.panel.seats[number] if case.panels else None
        choice, salt = self.secrets.get(seat.commitment if seat else b"", (0, bytes(32)))
        return choice, bytes(31) + b"\1" if wrong else salt

    @precondition(lambda self: self.cases)
    @rule(which=numbers, seat=numbers, wrong=rarely)
    def reveal(self, which: int, seat: int, wrong: bool) -> None:
        case = self.case(which, CaseStatus.REVEAL)
        number, juror = self.sitting(case, SeatState.COMMITTED, seat)
        choice, salt = self.opening(case, number, wrong)
        call = self.world.court.reveal(case.id, number, choice, salt)
        self.both(
            "reveal",
            juror,
            call,
            lambda: self.model.reveal(self.now, case.id, number, choice, salt),
        )

    @precondition(lambda self: self.cases)
    @rule(which=numbers, seat=numbers, own=rarely, wrong=rarely)
    def denounce(self, which: int, seat: int, own: bool, wrong: bool) -> None:
        case = self.case(which, CaseStatus.COMMIT)
        number, juror = self.sitting(case, SeatState.COMMITTED, seat)
        choice, salt = self.opening(case, number, wrong)
        who = juror if own else (self.world.stranger, *self.world.jurors)[seat % 3]
        call = self.world.court.denounce(case.id, number, choice, salt)
        self.both(
            "denounce",
            who,
            call,
            lambda: self.model.denounce(self.now, who, case.id, number, choice, salt),
        )

    # Appeals

    @precondition(lambda self: self.cases)
    @rule(which=numbers, side=numbers, part=numbers, who=numbers)
    def fund_appeal(self, which: int, side: int, part: int, who: int) -> None:
        case = self.case(which, CaseStatus.APPEAL)
        sides = (Side.PERFORMER, Side.CHECKER)[:: 1 if side % 2 else -1]
        chosen = Side.NONE if side % 20 == 0 else sides[0]
        rules = self.model.rules_of(case)
        needed = self.model.per_side(case, min(case.round, rules.max_appeals - 1))
        value = (needed, needed, needed // 2, needed // 3, needed + 5, 0)[part % 6]
        payer = self.world.people[PARTIES[who % 5]].address
        self.fund_it(case, chosen, payer, value)

    def fund_it(self, case: Case, side: Side, who: str, value: int) -> None:
        call = self.world.court.fundAppeal(case.id, side)
        self.both(
            "fund appeal",
            who,
            call,
            lambda: self.model.fund_appeal(self.now, who, case.id, side, value),
            value,
        )
