"""Rules of the machine: time, the end of cases, and jurors' stakes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.contracts.court.world import POINTS, UNIT
from tests.contracts.court_machine.casework import PARTIES, Casework, numbers, rarely
from tests.contracts.escrow.market import DAY, HOUR
from tests.model.court_case import Case, CaseStatus, Side
from tests.model.panel import PanelState

LEAVE = 4 * DAY
ballots = st.lists(numbers, min_size=12, max_size=12)


class Endings(Casework):
    """What ends a case, and what jurors do with their money."""

    @rule(seconds=st.sampled_from([1, HOUR, HOUR, DAY]))
    def jump(self, seconds: int) -> None:
        self.world.now += seconds

    @precondition(lambda self: self.cases)
    @rule(which=numbers, second=st.integers(-2, 1))
    def advance(self, which: int, second: int) -> None:
        """Around the moment at which the next step is due, or just now."""
        open_ = (CaseStatus.DEPOSITS, CaseStatus.EVIDENCE, CaseStatus.COMMIT, CaseStatus.REVEAL)
        case = self.case(which, *open_, CaseStatus.APPEAL)
        at = self.model.next_step(case)[1]
        if which % 4 == 0:
            self.world.now = max(self.world.now, at - 1 + second)
        self.advance_it(case)

    def advance_it(self, case: Case) -> None:
        call = self.world.court.advance(case.id)
        who = self.world.stranger
        self.both("advance", who, call, lambda: self.model.advance(self.now, case.id))

    @precondition(lambda self: self.cases)
    @rule(which=numbers, votes=ballots, seed=numbers)
    def proceed(self, which: int, votes: list[int], seed: int) -> None:
        """A case goes on as usual, through one period: so histories get somewhere."""
        unfinished = (s for s in CaseStatus if s < CaseStatus.CLOSED)
        self.step(super().case(which, *unfinished), votes, seed)

    @precondition(lambda self: self.cases)
    @rule(which=numbers, votes=ballots, seed=numbers)
    def proceed_far(self, which: int, votes: list[int], seed: int) -> None:
        """The same, through three periods."""
        for step in range(3):
            self.proceed(which, votes, seed + step)

    def case(self, which: int, *wanted: CaseStatus) -> Case:
        """If none stands so, mostly one that may come to it is brought there."""
        for _ in range(4 if which % 4 and min(wanted) <= CaseStatus.APPEAL else 0):
            behind = [case for case in self.cases if case.status < min(wanted)]
            if not behind or any(case.status in wanted for case in self.cases):
                break
            self.step(behind[which % len(behind)], [which * n for n in (3, 5, 7, 11, 13)], which)
        return super().case(which, *wanted)

    def step(self, case: Case, votes: list[int], seed: int) -> None:
        if case.status is CaseStatus.DEPOSITS:
            self.join_it(case, case.account_of(case.depositor.other), self.model.fee(case))
        elif case.status is CaseStatus.DECIDED:
            self.execute_it(case)
        elif case.status is CaseStatus.APPEAL:
            self.appeal(case.id, seed % 4, seed // 4 % 2)
        elif case.status < CaseStatus.APPEAL:
            self.hear(case, votes, seed)

    def hear(self, case: Case, votes: list[int], seed: int) -> None:
        """Draws a panel, or lets most of it commit or reveal, and the period end."""
        only = [one for one in self.cases if one.status is case.status].index(case)
        status = case.status
        if status is CaseStatus.EVIDENCE and not case.panel.is_full:
            self.draw(only, seed + 1, 200, early=False)
        for vote in votes:
            if self.model.cases[case.id].status is not status or vote % 16 == 0:
                continue
            if status is CaseStatus.COMMIT:
                choice = vote % 10_001 if seed % 4 == 0 else vote % 3 * 5_000  # often the same
                self.commit(only, vote, choice, wrong=False, empty=False)
            elif status is CaseStatus.REVEAL:
                self.reveal(only, vote, wrong=False)
        self.pass_deadline(self.model.cases[case.id], status)

    def appeal(self, case_id: bytes, count: int, first: int) -> None:
        """None, one or both of the sides are funded."""
        for side in ((Side.PERFORMER, Side.CHECKER) * 2)[first : first + min(count, 2)]:
            case = self.model.cases[case_id]
            if case.status is not CaseStatus.APPEAL:
                return
            missing = self.model.per_side(case, case.round) - case.appeal.raised[side]
            if missing > 0:
                self.fund_it(case, side, self.world.stranger, missing)

    def pass_deadline(self, case: Case, status: CaseStatus) -> None:
        if case.status is status and self.now <= case.deadline:
            self.world.now = case.deadline
            self.advance_it(case)

    @precondition(lambda self: self.cases)
    @rule(which=numbers)
    def execute(self, which: int) -> None:
        self.execute_it(self.case(which, CaseStatus.DECIDED))

    def execute_it(self, case: Case) -> None:
        trade = self.trade_of(case)
        call = self.world.court.execute(case.id, trade.pack())
        who = self.world.stranger
        self.both("execute", who, call, lambda: self.model.execute(self.now, case.id, trade))

    @precondition(lambda self: self.tried)
    @rule(which=numbers, how=st.sampled_from(["accept", "refund", "expire", *[""] * 6]))
    def end_at_escrow(self, which: int, how: str) -> None:
        """The parties settle; or nobody ruled, in the first second in which that counts."""
        found = self.model.escrow.known(self.tried[which % len(self.tried)])
        if how == "expire":
            follows = self.model.escrow.default_of(found, 0)
            if follows is not None:
                self.world.now = max(self.world.now, follows.due_at)
            self.world.at_escrow("expire", found.trade, self.world.stranger)
        elif how:
            role = {"accept": "checker", "refund": "performer"}[how]
            self.world.at_escrow(how, found.trade, found.role(0, role))

    # Money

    @precondition(lambda self: self.cases)
    @rule(which=numbers, round_=st.integers(0, 3), attempt=st.integers(0, 1), usual=numbers)
    def settle_round(self, which: int, round_: int, attempt: int, usual: int) -> None:
        case = self.case(which, CaseStatus.DECIDED, CaseStatus.CLOSED)
        done = [key for key, p in case.panels.items() if p.state > PanelState.SITTING]
        key = done[usual % len(done)] if done and usual % 4 else (round_, attempt)
        self.settle_it(case, *key)

    def settle_it(self, case: Case, round_: int, attempt: int) -> None:
        call = self.world.court.settleRound(case.id, round_, attempt)
        who = self.world.stranger
        self.both(
            "settle",
            who,
            call,
            lambda: self.model.settle_round(self.now, case.id, round_, attempt),
        )

    @precondition(lambda self: self.cases)
    @rule(which=numbers, usual=numbers, side=st.sampled_from([Side.PERFORMER, Side.CHECKER]))
    def claim_appeal(self, which: int, usual: int, side: Side) -> None:
        case = self.case(which, CaseStatus.DECIDED, CaseStatus.CLOSED)
        keys = [(r, *key) for r, appeal in case.appeals.items() for key in appeal.contributions]
        person = self.world.people[PARTIES[usual % 5]].address
        key = keys[usual % len(keys)] if keys and usual % 8 else (0, side, person)
        self.claim_it(case, *key)

    def claim_it(self, case: Case, round_: int, side: Side, who: str) -> None:
        call = self.world.court.claimAppeal(case.id, round_, side, who)
        self.both(
            "claim",
            self.world.stranger,
            call,
            lambda: self.model.claim_appeal(self.now, case.id, round_, side, who),
        )

    @rule(which=numbers, elsewhere=numbers, wrong=rarely)
    def withdraw(self, which: int, elsewhere: int, wrong: bool) -> None:
        owed = [account for account, amount in self.model.credits.items() if amount]
        names = owed if owed and not wrong else self.world.jurors
        account = names[which % len(names)]
        to, caller = (account, self.world.stranger)[elsewhere % 2], account
        if elsewhere % 3 == 0:
            caller = self.world.stranger
        self.withdraw_it(caller, account, to)

    def withdraw_it(self, caller: str, account: str, to: str) -> None:
        call = self.world.court.withdraw(account, to)
        self.both("withdraw", caller, call, lambda: self.model.withdraw(caller, account, to))

    # Stakes

    @rule(which=numbers, units=st.integers(1, 30), leaving=st.integers(0, 10_000))
    def change_stake(self, which: int, units: int, leaving: int) -> None:
        """A juror adds to its stake, or asks for a part of it back."""
        name = self.world.jurors[which % len(self.world.jurors)]
        juror = self.model.pool.juror(name)
        if which % 2:
            amount = juror.leaving + units * UNIT // 3 + UNIT
            call = self.world.pool.stake(amount)
            self.both("stake", name, call, lambda: self.add(name, amount), amount)
        else:
            self.ask_back(name, juror.stake * leaving // 10_000)

    @rule(which=numbers)
    def take_back(self, which: int) -> None:
        """A juror takes what it asked for, as far as it is not locked."""
        names = [n for n in self.world.jurors if self.free_of(n)]
        if names and which % 8 == 0:
            self.take_it(names[which // 8 % len(names)])

    @rule(which=numbers, drawable=st.booleans())
    def opt(self, which: int, drawable: bool) -> None:
        name = self.world.jurors[which % len(self.world.jurors)]
        call = self.world.pool.setDrawable(drawable)
        self.both("opt", name, call, lambda: self.set_drawable(name, drawable))

    def add(self, name: str, amount: int) -> None:
        self.model.pool.juror(name).stake += amount
        self.reweigh(name)

    def set_drawable(self, name: str, drawable: bool) -> None:
        self.model.pool.juror(name).drawable = drawable
        self.reweigh(name)

    def ask_back(self, name: str, amount: int) -> Any:
        def model() -> None:
            juror = self.model.pool.juror(name)
            juror.leaving, juror.available_at = amount, self.now + LEAVE if amount else 0
            self.reweigh(name)

        return self.both("leave", name, self.world.pool.requestLeave(amount), model)

    def take_it(self, name: str, wait: int = LEAVE) -> None:
        def model() -> None:
            juror, amount = self.model.pool.juror(name), self.free_of(name)
            juror.stake -= amount
            juror.leaving -= amount
            self.model.pool.release(name)

        self.world.now += wait
        self.both("take back", name, self.world.pool.withdraw(), model)

    def free_of(self, name: str) -> int:
        juror = self.model.pool.juror(name)
        return min(juror.leaving, juror.stake - juror.locked)

    def reweigh(self, name: str) -> None:
        self.model.pool.reweigh(self.model.epoch(self.now), name, POINTS)
