"""What the RuleBook tells. Times are unix seconds, fees and shares basis points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from backend.events.event import Event, Readers
from backend.terms.jury import JuryRules


@dataclass(frozen=True, slots=True)
class DisputeRules:
    """`ruling_period` is seconds."""

    arbitrator: str
    ruling_period: int
    default_performer_bps: int


@dataclass(frozen=True, slots=True)
class AssetRule:
    """`rate` is base units of points per 1e18 base units of fee."""

    allowed: bool
    rate: int


def _fees(value: Any) -> tuple[int, ...]:
    return tuple(value[0])


def _dispute_rules(value: Any) -> DisputeRules:
    return DisputeRules(*value)


def _jury_rules(value: Any) -> JuryRules:
    return JuryRules(*value)


def _asset_rule(value: Any) -> AssetRule:
    return AssetRule(*value)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRulesSet(Event):
    """The fee of kind k is at k - 1."""

    READ: ClassVar[Readers] = {"old_rules": _fees, "new_rules": _fees}

    version: int
    effective_at: int
    old_rules: tuple[int, ...]
    new_rules: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRulesSet(Event):
    READ: ClassVar[Readers] = {"old_rules": _dispute_rules, "new_rules": _dispute_rules}

    version: int
    effective_at: int
    old_rules: DisputeRules
    new_rules: DisputeRules


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryRulesSet(Event):
    READ: ClassVar[Readers] = {"old_rules": _jury_rules, "new_rules": _jury_rules}

    version: int
    effective_at: int
    old_rules: JuryRules
    new_rules: JuryRules


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRuleSet(Event):
    READ: ClassVar[Readers] = {"old_rule": _asset_rule, "new_rule": _asset_rule}

    asset: str
    effective_at: int
    old_rule: AssetRule
    new_rule: AssetRule


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPaused(Event):
    by: str
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningResumed(Event):
    by: str
