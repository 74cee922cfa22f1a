"""The rules of a jury in plain Python, and what must hold between them."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from tests.model.rulebook_errors import (
    RuleBook_EvenJury,
    RuleBook_PanelTooLarge,
    RuleBook_RulingPeriodTooShort,
)

LARGEST_PANEL = 31

# In the order of the contract's struct, and so of `JuryRules`.
FIELDS = (
    "jurorFee",
    "seatStake",
    "depositPeriod",
    "evidencePeriod",
    "commitPeriod",
    "revealPeriod",
    "appealPeriod",
    "conflictPeriod",
    "jurors",
    "maxAppeals",
    "appealMultiplierBps",
    "slashBps",
    "coherenceBps",
)


@dataclass(frozen=True)
class JuryRules:
    """Fees in wei, stake in base units, periods in seconds."""

    juror_fee: int
    seat_stake: int
    deposit_period: int
    evidence_period: int
    commit_period: int
    reveal_period: int
    appeal_period: int
    conflict_period: int
    jurors: int
    max_appeals: int
    appeal_multiplier_bps: int
    slash_bps: int
    coherence_bps: int

    def named(self) -> dict[str, int]:
        """The values under the names that the contract knows them by."""
        return dict(zip(FIELDS, astuple(self), strict=True))

    def panels(self) -> list[int]:
        """How many jurors sit in the first round and after each appeal."""
        sizes = [self.jurors]
        for _ in range(self.max_appeals):
            sizes.append(2 * sizes[-1] + 1)
        return sizes

    def longest_case(self) -> int:
        """Both sides wait to deposit; each appeal is made; one round must be drawn again."""
        draw_and_vote = self.evidence_period + self.commit_period * 2 + self.reveal_period
        rounds = len(self.panels())
        return self.deposit_period + rounds * (draw_and_vote + self.appeal_period) + draw_and_vote

    def check_length(self, ruling_period: int) -> None:
        if self.longest_case() > ruling_period:
            raise RuleBook_RulingPeriodTooShort(ruling_period, self.longest_case())

    def check_together(self, ruling_period: int) -> None:
        if self.jurors % 2 == 0:
            raise RuleBook_EvenJury(self.jurors)
        if self.panels()[-1] > LARGEST_PANEL:
            raise RuleBook_PanelTooLarge(self.panels()[-1], LARGEST_PANEL)
        self.check_length(ruling_period)
