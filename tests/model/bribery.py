"""What a median costs to bribe, under the rules of a jury. Fees in wei, stakes in base units."""

from __future__ import annotations

from dataclasses import dataclass

from tests.model.jury_rules import JuryRules

BPS = 10_000


@dataclass(frozen=True)
class Bribery:
    """Rounds count from 0. A juror is asked for a vote that the others would not give."""

    rules: JuryRules

    @property
    def slash(self) -> int:
        """What an incoherent juror loses."""
        return self.rules.seat_stake * self.rules.slash_bps // BPS

    @property
    def at_risk(self) -> int:
        """What a juror stands to lose: its stake's share, and the fee it would have earned.

        Adds coin to stake: for markets whose jurors stake coin.
        """
        return self.slash + self.rules.juror_fee

    def panel(self, round_: int) -> int:
        return (self.rules.jurors + 1) * 2**round_ - 1

    def majority(self, round_: int) -> int:
        """How many votes set the median."""
        return self.panel(round_) // 2 + 1

    def deposit(self, round_: int) -> int:
        """What each side raises for this round, from the first appeal on."""
        return self.rules.juror_fee * self.panel(round_) * self.rules.appeal_multiplier_bps // BPS

    def jurors(self, round_: int) -> int:
        """What the promises to a majority of this panel amount to."""
        return self.majority(round_) * self.at_risk

    def in_hand(self) -> int:
        """To lose every round but the last possible one: its majority, and all deposits."""
        last = self.rules.max_appeals
        return self.jurors(last) + sum(self.deposit(each) for each in range(1, last + 1))

    def overturned(self) -> int:
        """Lost by who bribed the first panel and is overturned, the jurors made whole."""
        return self.jurors(0) + self.deposit(1)
