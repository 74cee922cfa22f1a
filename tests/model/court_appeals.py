"""Appeals of the plain Court: who funds them, and who gets what was raised."""

from __future__ import annotations

from dataclasses import dataclass

from tests.model.court_case import Appeal, Case, CaseStatus, Side
from tests.model.court_docket import Docket
from tests.model.court_errors import (
    Court_AppealIsFunded,
    Court_BadSide,
    Court_NothingToClaim,
    Court_WrongValue,
)
from tests.model.panel import BPS, PanelState


@dataclass
class Appeals(Docket):
    """Money is wei."""

    def fund_appeal(self, now: int, caller: str, case_id: bytes, side: Side, value: int) -> None:
        if side is Side.NONE:
            raise Court_BadSide()
        case = self.in_status(now, case_id, CaseStatus.APPEAL)
        needed, appeal = self.per_side(case, case.round), case.appeal
        missing = needed - appeal.raised[side]
        if missing <= 0:
            raise Court_AppealIsFunded(side)
        if value == 0:
            raise Court_WrongValue(0, missing)
        amount = min(value, missing)
        self.take(case, value)
        self.give(case, caller, value - amount)
        key = (side, caller)
        appeal.contributions[key] = appeal.contributions.get(key, 0) + amount
        appeal.raised[side] += amount
        if appeal.raised[side] < needed:
            return
        if appeal.appellant is Side.NONE:
            appeal.appellant = side
        else:
            case.round += 1
            self.convene(now, case)

    def claim_appeal(
        self, now: int, case_id: bytes, round_: int, side: Side, contributor: str
    ) -> None:
        case = self.current(now, case_id)
        self.need(case, case.status >= CaseStatus.DECIDED)
        appeal = case.appeals.get(round_, Appeal())
        amount = contribution = appeal.contributions.get((side, contributor), 0)
        if contribution == 0:
            raise Court_NothingToClaim(contributor)
        if round_ < case.round:
            winner, sharing, money = self._estate(case, round_)
            if winner not in (Side.NONE, side):
                raise Court_NothingToClaim(contributor)
            # Of what is left each the same part, so that the last one gets the rest.
            left_sharing, left_money = appeal.left or (sharing, money)
            amount = left_money * contribution // left_sharing
            appeal.left = (left_sharing - contribution, left_money - amount)
        del appeal.contributions[side, contributor]
        self.give(case, contributor, amount)

    def per_side(self, case: Case, round_: int) -> int:
        """What each side needs for an appeal against the ruling of a round."""
        rules = self.rules_of(case)
        return rules.juror_fee * rules.panels()[round_ + 1] * rules.appeal_multiplier_bps // BPS

    def _estate(self, case: Case, round_: int) -> tuple[Side, int, int]:
        """Who won an appeal that was made (neither if no panel ruled), and of what is shared: the
        contributions that share it, and how much it is."""
        rules, panel = self.rules_of(case), case.panel_of(round_ + 1)
        both = 2 * self.per_side(case, round_)
        if panel.state is PanelState.RULED:
            money = both - rules.juror_fee * len(panel.seats)
            return self._winner(case, round_), both // 2, money
        if panel.state is PanelState.DISMISSED:
            return Side.NONE, both, both - rules.juror_fee * panel.commits
        return Side.NONE, both, both

    def _winner(self, case: Case, round_: int) -> Side:
        """The side towards which the ruling moved, or who did not appeal if it did not."""
        before = case.panel_of(round_).performer_bps
        if case.performer_bps == before:
            return case.appeals[round_].appellant.other
        return Side.PERFORMER if case.performer_bps > before else Side.CHECKER
