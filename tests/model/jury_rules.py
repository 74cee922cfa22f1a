"""The rules of a jury in plain Python, and what must hold between them."""

from __future__ import annotations

from dataclasses import dataclass

from backend.terms import jury
from backend.terms.jury import FIELDS, LARGEST_PANEL
from tests.model.rulebook_errors import (
    RuleBook_EvenJury,
    RuleBook_PanelTooLarge,
    RuleBook_RulingPeriodTooShort,
)

__all__ = ["FIELDS", "LARGEST_PANEL", "JuryRules"]


@dataclass(frozen=True)
class JuryRules(jury.JuryRules):
    """What the service reckons with, held against the contract."""

    def check_length(self, ruling_period: int) -> None:
        if self.longest_case() > ruling_period:
            raise RuleBook_RulingPeriodTooShort(ruling_period, self.longest_case())

    def check_together(self, ruling_period: int) -> None:
        if self.jurors % 2 == 0:
            raise RuleBook_EvenJury(self.jurors)
        if self.panels()[-1] > LARGEST_PANEL:
            raise RuleBook_PanelTooLarge(self.panels()[-1], LARGEST_PANEL)
        self.check_length(ruling_period)
