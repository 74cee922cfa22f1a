"""Versions of the rules, assets, and the pause of opening."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from backend.db.rows import Rows
from backend.db.tables import asset_rules, pauses, rules
from backend.events.rule_book import (
    AssetRuleSet,
    DisputeRules,
    DisputeRulesSet,
    FeeRulesSet,
    JuryRulesSet,
    OpeningPaused,
    OpeningResumed,
)
from backend.projections.registry import origin, projects
from backend.terms.jury import JuryRules

FIRST = 1
RULES = ("fee_bps", *(one.name for one in (*fields(DisputeRules), *fields(JuryRules))))


@projects(FeeRulesSet)
def fee_rules_set(event: FeeRulesSet, rows: Rows) -> None:
    _version_set(event, rows, "fees", fee_bps=list(event.new_rules))


@projects(DisputeRulesSet)
def dispute_rules_set(event: DisputeRulesSet, rows: Rows) -> None:
    _version_set(event, rows, "disputes", **asdict(event.new_rules))


@projects(JuryRulesSet)
def jury_rules_set(event: JuryRulesSet, rows: Rows) -> None:
    _version_set(event, rows, "jury", **asdict(event.new_rules))


def _version_set(
    event: FeeRulesSet | DisputeRulesSet | JuryRulesSet, rows: Rows, changed: str, **told: Any
) -> None:
    """What the event does not tell is as in the version before; of the first version, which three
    events tell of, as far as they have."""
    first = event.version == FIRST
    if first:
        before = rows.get(rules, version=FIRST) or {}
    else:
        before = rows.need(rules, version=event.version - 1)
    rows.put(
        rules,
        version=event.version,
        effective_at=event.effective_at,
        changed="all" if first else changed,
        **{name: before.get(name) for name in RULES} | told,
        **origin(event),
    )


@projects(AssetRuleSet)
def asset_rule_set(event: AssetRuleSet, rows: Rows) -> None:
    rows.put(
        asset_rules,
        asset=event.asset,
        effective_at=event.effective_at,
        allowed=event.new_rule.allowed,
        rate=event.new_rule.rate,
        old_allowed=event.old_rule.allowed,
        old_rate=event.old_rule.rate,
        **origin(event),
    )


@projects(OpeningPaused)
def opening_paused(event: OpeningPaused, rows: Rows) -> None:
    rows.add(pauses, by=event.by, paused_until=event.until, resumed=False, **origin(event))


@projects(OpeningResumed)
def opening_resumed(event: OpeningResumed, rows: Rows) -> None:
    """The pause ends with the second before."""
    until = event.at.block_time - 1
    rows.add(pauses, by=event.by, paused_until=until, resumed=True, **origin(event))
