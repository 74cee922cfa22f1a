"""What a closed tranche would have paid under other rules: exact, with the one division there is.

Whether it would have been opened at all, and whether somebody would have acted otherwise, nobody
can replay: the same deeds are reckoned under other numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.terms.payout import Payout, divide
from backend.terms.standing import Rules
from backend.terms.status import TrancheStatus


@dataclass(frozen=True, slots=True)
class Closed:
    """A tranche that is final. `amount` is base units; times are unix seconds; `disputed_at` is
    None where nobody disputed; `performer` is the account that paid the fee. `case_id` is None
    where no case before the Court was opened; `ruled_rounds` is how many of its panels ruled."""

    tranche: int
    performer: str
    own_money: bool
    amount: int
    status: TrancheStatus
    performer_bps: int
    closed_at: int
    disputed_at: int | None
    fee: int
    case_id: str | None = None
    ruled_rounds: int = 0

    def under(self, rules: Rules, kind: int) -> Payout:
        """The same end of it: only what silence in a dispute gives is in the rules."""
        share = self.performer_bps
        if self.status is TrancheStatus.DEFAULTED and rules.default_performer_bps is not None:
            share = rules.default_performer_bps
        return divide(self.amount, share, rules.fees[kind - 1], own_money=self.own_money)

    def ruling_due(self, rules: Rules) -> int | None:
        """The last second to rule in; None where nobody disputed."""
        if self.disputed_at is None or rules.ruling_period is None:
            return None
        return self.disputed_at + rules.ruling_period

    def juror_fees(self, rules: Rules) -> int | None:
        """What the panels that ruled would have been paid in wei, as many as the rules allow."""
        if rules.jury is None:
            return None
        sizes = rules.jury.panels()[: self.ruled_rounds]
        return rules.jury.juror_fee * sum(sizes)


def median(values: Sequence[int]) -> int:
    """The middle one; of two the mean, rounded down. At least one value."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) // 2
