"""The limits of a governed number, as the rule book has them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.model.rulebook_errors import (
    RuleBook_BadBounds,
    RuleBook_OutOfBounds,
    RuleBook_StepTooLarge,
)

BPS = 10_000
DAY = 86_400
LONGEST_NOTICE = 365 * DAY

# Smallest and largest that any deployment may allow.
CEILINGS = {
    "feeBps": (0, 1_000),
    "rulingPeriod": (1, 365 * DAY),
    "defaultPerformerBps": (0, BPS),
    "rate": (1, 2**96 - 1),
    "jurorFee": (1, 2**96 - 1),
    "seatStake": (1, 2**96 - 1),
    "depositPeriod": (1, 365 * DAY),
    "evidencePeriod": (1, 365 * DAY),
    "commitPeriod": (1, 365 * DAY),
    "revealPeriod": (1, 365 * DAY),
    "appealPeriod": (1, 365 * DAY),
    "conflictPeriod": (1, 365 * DAY),
    "jurors": (1, 31),
    "maxAppeals": (0, 4),
    "appealMultiplierBps": (BPS, 5 * BPS),
    "slashBps": (0, 5_000),
    "coherenceBps": (0, BPS),
}


@dataclass(frozen=True)
class Bounds:
    """Limits of a governed number; `step` of `rate` is in basis points of the old rate."""

    min: int
    max: int
    step: int
    notice: int

    def check_sane(self, name: str) -> None:
        floor, ceiling = CEILINGS[name]
        sane = (
            floor <= self.min <= self.max <= ceiling
            and (self.step > 0 or self.min == self.max)
            and 0 < self.notice <= LONGEST_NOTICE
        )
        if name == "rate" and self.min * self.step < BPS:
            sane = False
        if name == "jurors" and self.step == 1:  # from odd to odd
            sane = False
        if not sane:
            raise RuleBook_BadBounds(name)

    def check_value(self, name: str, value: int) -> None:
        if not self.min <= value <= self.max:
            raise RuleBook_OutOfBounds(name, value, self.min, self.max)

    def check_change(self, name: str, old: int, new: int) -> None:
        self.check_value(name, new)
        step = old * self.step // BPS if name == "rate" else self.step
        if abs(new - old) > step:
            raise RuleBook_StepTooLarge(name, old, new, step)
