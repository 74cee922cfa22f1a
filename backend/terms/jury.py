"""The rules of a jury, and what must hold between them: twin of the RuleBook's own checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Literal

LARGEST_PANEL = 31

# In the order of `JuryRules` in `contracts/types/Rules.sol`, with the unit of each.
FIELDS: Mapping[str, Literal["asset", "seconds", "count", "basisPoints"]] = {
    "jurorFee": "asset",
    "seatStake": "asset",
    "depositPeriod": "seconds",
    "evidencePeriod": "seconds",
    "commitPeriod": "seconds",
    "revealPeriod": "seconds",
    "appealPeriod": "seconds",
    "conflictPeriod": "seconds",
    "jurors": "count",
    "maxAppeals": "count",
    "appealMultiplierBps": "basisPoints",
    "slashBps": "basisPoints",
    "coherenceBps": "basisPoints",
}


@dataclass(frozen=True)
class JuryRules:
    """`juror_fee` is wei, `seat_stake` base units of the asset that jurors stake; periods are
    seconds."""

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

    def arbitration_fee(self) -> int:
        """What each side deposits for the first round, in wei."""
        return self.juror_fee * self.jurors

    def longest_case(self) -> int:
        """Each side waits to deposit; each appeal is made; one round must be drawn again."""
        draw_and_vote = self.evidence_period + self.commit_period * 2 + self.reveal_period
        rounds = len(self.panels())
        deposits = 2 * self.deposit_period
        return deposits + rounds * (draw_and_vote + self.appeal_period) + draw_and_vote
