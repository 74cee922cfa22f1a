"""Versions of the rules, assets, and the pause of opening."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import asset_rules, pauses, rules
from backend.events.rule_book import (
    AssetRuleSet,
    DisputeRulesSet,
    FeeRulesSet,
    OpeningPaused,
    OpeningResumed,
)
from backend.projections.registry import origin, projects

FIRST = 1


@projects(FeeRulesSet)
def fee_rules_set(event: FeeRulesSet, rows: Rows) -> None:
    """The dispute rules are those of the version before; the first version's are told next."""
    before = rows.get(rules, version=event.version - 1) or {}
    rows.add(
        rules,
        version=event.version,
        effective_at=event.effective_at,
        changed="fees",
        fee_bps=list(event.new_rules),
        arbitrator=before.get("arbitrator"),
        ruling_period=before.get("ruling_period"),
        default_performer_bps=before.get("default_performer_bps"),
        **origin(event),
    )


@projects(DisputeRulesSet)
def dispute_rules_set(event: DisputeRulesSet, rows: Rows) -> None:
    """The fees are those of the version before; the first version's were told just now."""
    first = event.version == FIRST
    fees_of = rows.need(rules, version=FIRST if first else event.version - 1)
    rows.put(
        rules,
        version=event.version,
        effective_at=event.effective_at,
        changed="both" if first else "disputes",
        fee_bps=fees_of["fee_bps"],
        arbitrator=event.new_rules.arbitrator,
        ruling_period=event.new_rules.ruling_period,
        default_performer_bps=event.new_rules.default_performer_bps,
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
