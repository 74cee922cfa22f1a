"""The Court in plain Python: integers only, no chain. Errors are named as the contract's.

Every method that acts takes the time of the block and the caller. One that raises may have changed
something before: whoever calls it restores what was, as the chain does.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.terms.offer import ZERO_ADDRESS, Trade
from tests.model.court_case import Case, CaseStatus, Decision, Side, case_id_of
from tests.model.court_errors import (
    Court_AlreadySettled,
    Court_CaseExists,
    Court_NoCredit,
    Court_NotArbitrator,
    Court_NotDisputed,
    Court_NoTimeLeft,
    Court_NotOwner,
    Court_NotSide,
    Court_PanelNotDone,
    Court_TooLate,
    Court_WrongTrade,
    Court_WrongValue,
    Court_ZeroAddress,
)
from tests.model.court_voting import Voting
from tests.model.panel import PanelState, shares
from tests.model.tranche import Status


@dataclass
class Court(Voting):
    """How a case begins and ends."""

    # Deposits

    def open_case(self, now: int, caller: str, trade: Trade, tranche: int, value: int) -> Case:
        found = self.escrow.known(trade)
        states = found.states
        if not 0 <= tranche < len(states):
            raise Court_NotDisputed(found.id, tranche, Status.NONE)
        if states[tranche].status is not Status.DISPUTED:
            raise Court_NotDisputed(found.id, tranche, states[tranche].status)
        case_id = case_id_of(found.id, tranche)
        if case_id in self.cases:
            raise Court_CaseExists(case_id)
        version = trade.pin.rules_version
        pinned = self.rule_book.version(version)
        if pinned.disputes.arbitrator != self.address:
            raise Court_NotArbitrator(pinned.disputes.arbitrator)
        rules = pinned.jury
        until = states[tranche].since + pinned.disputes.ruling_period
        last = until + rules.deposit_period - rules.longest_case()
        if now > last:
            raise Court_NoTimeLeft(case_id, last)
        case = Case(
            id=case_id,
            trade_id=found.id,
            tranche=tranche,
            performer=found.role(tranche, "performer"),
            checker=found.role(tranche, "checker"),
            depositor=Side.NONE,
            opened_at=now,
            rules_version=version,
            deadline=now + rules.deposit_period,
        )
        case.depositor = case.side_of(caller)
        if case.depositor is Side.NONE:
            raise Court_NotSide(caller)
        self._need_value(value, self.fee(case))
        self.cases[case_id] = case
        self.take(case, value)
        return case

    def join(self, now: int, caller: str, case_id: bytes, value: int) -> None:
        case = self.known(case_id)
        self.need(case, case.status is CaseStatus.DEPOSITS)
        if now > case.deadline:
            raise Court_TooLate(case_id, case.deadline)
        if case.side_of(caller) is not case.depositor.other:
            raise Court_NotSide(caller)
        self._need_value(value, self.fee(case))
        self.take(case, value)
        self.convene(now, case)

    # The end

    def execute(self, now: int, case_id: bytes, trade: Trade) -> None:
        case = self.known(case_id)
        self.need(case, case.status is not CaseStatus.CLOSED)
        found = self.escrow.known(trade)
        if case_id_of(found.id, case.tranche) != case_id:
            raise Court_WrongTrade(found.id)
        outcome = found.states[case.tranche].status
        self.move_on(now, case)
        decided = case.status is CaseStatus.DECIDED
        self.need(case, decided or outcome is not Status.DISPUTED)
        if not decided:
            self._dismiss(case, outcome)
        case.status = CaseStatus.CLOSED
        if outcome is not Status.DISPUTED:
            return
        if case.decision is Decision.NO_PANEL:
            self.escrow.decline(now, self.address, trade, case.tranche)
        else:
            self.escrow.rule(now, self.address, trade, case.tranche, case.performer_bps)

    def settle_round(self, now: int, case_id: bytes, round_: int, attempt: int) -> None:
        case = self.current(now, case_id)
        panel = case.panels.get((round_, attempt))
        done = panel is not None and panel.state > PanelState.SITTING
        early = done and panel.state is PanelState.RULED and case.status < CaseStatus.DECIDED
        if panel is None or not done or early:
            raise Court_PanelNotDone(case_id, round_, attempt)
        if panel.settled:
            raise Court_AlreadySettled(case_id, round_, attempt)
        panel.settled = True
        rules = self.rules_of(case)
        result = shares(panel, rules, case.last_ruling())
        self.give(case, self.treasury, result.fee_rest)
        sitting = {n: s for n, s in enumerate(panel.seats) if s is not None and not s.is_void}
        for number, seat in sitting.items():
            if number not in result.paid:
                lost = result.slash if number in result.slashed else 0
                if lost:
                    self.pool.slash(self.epoch(now), seat.juror, lost)
                self.pool.unlock(seat.juror, rules.seat_stake - lost)
        for number in result.paid:
            juror = sitting[number].juror
            self.pool.unlock(juror, rules.seat_stake)
            if result.stake:
                self.pool.award(juror, result.stake)
            self.give(case, juror, result.fee)
        if result.stake_rest:
            self.pool.award(self.treasury, result.stake_rest)

    def withdraw(self, caller: str, account: str, to: str) -> int:
        if to == ZERO_ADDRESS:
            raise Court_ZeroAddress()
        if account not in (to, caller):
            raise Court_NotOwner(account)
        amount = self.credits[account]
        if amount == 0:
            raise Court_NoCredit(account)
        self.credits[account] = 0
        self.held -= amount
        return amount

    # How it is done

    def _need_value(self, sent: int, needed: int) -> None:
        if sent != needed:
            raise Court_WrongValue(sent, needed)

    def _dismiss(self, case: Case, outcome: Status) -> None:
        """The parties settled, or the Escrow did: jurors at work are paid out of the deposits."""
        fee, rules = self.fee(case), self.rules_of(case)
        if case.status is CaseStatus.DEPOSITS:
            self.give(case, case.account_of(case.depositor), fee)
            return
        panel = case.panel
        if panel.state is PanelState.SITTING:
            panel.state = PanelState.DISMISSED
        left = fee if case.ruled_rounds else 2 * fee - rules.juror_fee * panel.commits
        to_performer = left // 2
        if outcome is Status.ACCEPTED:
            to_performer = fee
        elif outcome is Status.REFUNDED:
            to_performer = left - fee
        self.give(case, case.performer, to_performer)
        self.give(case, case.checker, left - to_performer)
