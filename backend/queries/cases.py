"""Cases by their rows: the rules that bind them, and what follows in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from backend.terms.case_steps import CaseFacts
from backend.terms.court import CaseStatus, Side
from backend.terms.jury import JuryRules

Values = Mapping[str, Any]


def jury_of(rules: Values) -> JuryRules:
    """The jury rules in a row of `rules`."""
    return JuryRules(**{one.name: rules[one.name] for one in fields(JuryRules)})


def attempt_of(case: Values) -> int:
    """Which attempt at the panel of the present round counts."""
    return 1 if case["redrawn"] == case["round"] else 0


def facts_of(
    case: Values, jury: JuryRules, panel: Values | None, appeal: Values | None
) -> CaseFacts:
    """From rows: of the case, of its present panel, of the appeal against the present ruling."""
    appellant = appeal["appellant"] if appeal else None
    return CaseFacts(
        status=CaseStatus(case["status"]),
        deadline=case["deadline"],
        round=case["round"],
        redrawn=case["redrawn"] is not None,
        jury=jury,
        jurors=panel["jurors"] if panel else 0,
        seated=panel["seated"] if panel else 0,
        reveals=panel["reveals"] if panel else 0,
        appellant=Side(appellant) if appellant else None,
    )
