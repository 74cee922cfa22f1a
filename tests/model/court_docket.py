"""The cases of the plain Court, the money that they hold, and how time moves them on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tests.model.court_case import Case, CaseStatus, Decision, Side
from tests.model.court_errors import Court_NotDue, Court_UnknownCase, Court_WrongStatus
from tests.model.escrow import Escrow
from tests.model.juror_pool import JurorPool
from tests.model.jury_rules import JuryRules
from tests.model.panel import BPS, Panel, PanelState, median
from tests.model.rulebook import RuleBook


@dataclass
class Docket:
    """All cases; `held` and `credits` are wei. Every method that acts takes the time of the block.

    `pool_start` and `epoch_length` (seconds) are the pool's; `chain_id` binds commitments."""

    address: str
    pool: JurorPool
    pool_start: int
    epoch_length: int
    rule_book: RuleBook
    escrow: Escrow
    treasury: str
    chain_id: int
    seeds: dict[int, int] = field(default_factory=dict)
    requests: int = 0
    cases: dict[bytes, Case] = field(default_factory=dict)
    credits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    held: int = 0

    def advance(self, now: int, case_id: bytes) -> None:
        case = self.known(case_id)
        if not self.move_on(now, case):
            raise Court_NotDue(case_id, self.next_step(case)[1])

    def next_step(self, case: Case) -> tuple[CaseStatus, int]:
        """What follows if nobody acts, and the first second in which it can."""
        at, rules = case.deadline + 1, self.rules_of(case)
        if case.status >= CaseStatus.DECIDED:
            return CaseStatus((case.status + 1) % (CaseStatus.CLOSED + 1)), 0
        failed = CaseStatus.EVIDENCE if case.redrawn == 0 else CaseStatus.DECIDED
        if case.status is CaseStatus.COMMIT:
            return CaseStatus.REVEAL, at
        if case.status is CaseStatus.EVIDENCE:
            is_full = case.panel.is_full
            return (CaseStatus.COMMIT, at) if is_full else (failed, at + rules.commit_period)
        if case.status is CaseStatus.REVEAL:
            rules_next = CaseStatus.APPEAL if case.round < rules.max_appeals else CaseStatus.DECIDED
            return (failed if len(case.panel.votes) < case.panel.majority else rules_next), at
        if case.status is CaseStatus.APPEAL and case.appeal.appellant is Side.NONE:
            at = self.first_until(case) + 1
        return CaseStatus.DECIDED, at

    # What is known

    def known(self, case_id: bytes) -> Case:
        if case_id not in self.cases:
            raise Court_UnknownCase(case_id)
        return self.cases[case_id]

    def current(self, now: int, case_id: bytes) -> Case:
        """Moved on as far as it is due."""
        case = self.known(case_id)
        self.move_on(now, case)
        return case

    def in_status(self, now: int, case_id: bytes, status: CaseStatus) -> Case:
        case = self.current(now, case_id)
        self.need(case, case.status is status)
        return case

    def need(self, case: Case, right: bool) -> None:
        if not right:
            raise Court_WrongStatus(case.id, case.status)

    def rules_of(self, case: Case) -> JuryRules:
        return self.rule_book.version(case.rules_version).jury

    def fee(self, case: Case) -> int:
        """What each side deposits, in wei."""
        rules = self.rules_of(case)
        return rules.juror_fee * rules.jurors

    def first_until(self, case: Case) -> int:
        """The last second in which either side may be funded."""
        length = self.rules_of(case).appeal_period
        return case.deadline - length + length // 2

    def epoch(self, now: int) -> int:
        return 1 + (now - self.pool_start) // self.epoch_length

    def check_invariants(self) -> None:
        """The coin is owed or in the purse of a case, to the unit."""
        purses = [case.purse for case in self.cases.values()]
        assert min(purses, default=0) >= 0
        assert self.held == sum(self.credits.values()) + sum(purses)

    # How it is done

    def take(self, case: Case, amount: int) -> None:
        self.held += amount
        case.purse += amount

    def give(self, case: Case, account: str, amount: int) -> None:
        case.purse -= amount
        if amount:
            self.credits[account] += amount

    def move_on(self, now: int, case: Case) -> bool:
        moved = False
        while self._step(now, case):
            moved = True
        return moved

    def convene(self, now: int, case: Case) -> None:
        """The evidence of this round begins, and its panel is asked for."""
        rules = self.rules_of(case)
        self.requests += 1
        seats = rules.panels()[case.round]
        panel = Panel([None] * seats, self.requests, self.epoch(now) - 1)
        case.panels[case.round, case.attempt(case.round)] = panel
        self.start(case, CaseStatus.EVIDENCE, now + rules.evidence_period)

    def start(self, case: Case, status: CaseStatus, deadline: int) -> None:
        case.status, case.deadline = status, deadline

    def decide(self, case: Case, decision: Decision, performer_bps: int) -> None:
        case.status, case.decision = CaseStatus.DECIDED, decision
        case.performer_bps = performer_bps
        fee = self.fee(case)
        if decision is Decision.MISSING_DEPOSIT:
            self.give(case, case.account_of(case.depositor), fee)
        elif decision is Decision.NO_PANEL:
            self.give(case, case.performer, fee)
            self.give(case, case.checker, fee)
        else:
            to_performer = fee * performer_bps // BPS
            self.give(case, case.performer, to_performer)
            self.give(case, case.checker, fee - to_performer)

    def _step(self, now: int, case: Case) -> bool:
        late, rules = now > case.deadline, self.rules_of(case)
        if case.status is CaseStatus.DEPOSITS and late:
            all_or_nothing = BPS if case.depositor is Side.PERFORMER else 0
            self.decide(case, Decision.MISSING_DEPOSIT, all_or_nothing)
        elif case.status is CaseStatus.EVIDENCE and late and case.panel.is_full:
            self.start(case, CaseStatus.COMMIT, case.deadline + rules.commit_period)
        elif case.status is CaseStatus.EVIDENCE and now > case.deadline + rules.commit_period:
            self._fail(now, case, PanelState.MISSING)
        elif case.status is CaseStatus.COMMIT:
            panel = case.panel
            if not late and panel.commits + panel.voids < len(panel.seats):
                return False
            until = min(now, case.deadline) + rules.reveal_period
            self.start(case, CaseStatus.REVEAL, until)
        elif case.status is CaseStatus.REVEAL:
            if not late and len(case.panel.votes) < case.panel.commits:
                return False
            self._end_reveal(now, case)
        elif case.status is CaseStatus.APPEAL:
            return self._end_appeal(now, case)
        else:
            return False
        return True

    def _end_reveal(self, now: int, case: Case) -> None:
        panel, rules = case.panel, self.rules_of(case)
        if len(panel.votes) < panel.majority:
            self._fail(now, case, PanelState.SILENT)
            return
        panel.state = PanelState.RULED
        panel.performer_bps = case.performer_bps = median(panel.votes)
        case.ruled_rounds += 1
        if case.round < rules.max_appeals:
            until = min(now, case.deadline) + rules.appeal_period
            self.start(case, CaseStatus.APPEAL, until)
        else:
            self.decide(case, Decision.JURY, case.performer_bps)

    def _end_appeal(self, now: int, case: Case) -> bool:
        appellant = case.appeal.appellant
        if appellant is Side.NONE and now > self.first_until(case):
            self.decide(case, Decision.JURY, case.performer_bps)
        elif appellant is not Side.NONE and now > case.deadline:
            won = BPS if appellant is Side.PERFORMER else 0
            self.decide(case, Decision.MISSING_APPEAL, won)
        else:
            return False
        return True

    def _fail(self, now: int, case: Case, state: PanelState) -> None:
        """One panel of a case is drawn again; if another fails, the last ruling holds, if any."""
        case.panel.state = state
        if case.redrawn == 0:
            case.redrawn = case.round + 1
            self.convene(now, case)
        elif case.ruled_rounds == 0:
            self.decide(case, Decision.NO_PANEL, 0)
        else:
            self.decide(case, Decision.JURY, case.performer_bps)
