"""The rule book in plain Python: integers only, no chain. Errors are named as the contract's.

Every method takes the time of the block; those that write take the caller too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tests.model.jury_rules import JuryRules
from tests.model.limits import CEILINGS, Bounds
from tests.model.rulebook_errors import (
    RuleBook_AssetChangePending,
    RuleBook_AssetNotAllowed,
    RuleBook_BadBounds,
    RuleBook_GuardianMustWait,
    RuleBook_NotGuardian,
    RuleBook_NothingChanged,
    RuleBook_NotPaused,
    RuleBook_NotTimelock,
    RuleBook_OpeningIsPaused,
    RuleBook_PauseTooLong,
    RuleBook_TooManyPending,
    RuleBook_UnknownKind,
    RuleBook_UnknownVersion,
    RuleBook_ZeroAddress,
)

KINDS = 10
DAY = 86_400
ZERO = "0x" + "00" * 20
MAX_PENDING = 4
LONGEST_PAUSE = 30 * DAY
LONGEST_GUARD = 730 * DAY


@dataclass(frozen=True)
class DisputeRules:
    arbitrator: str
    ruling_period: int
    default_performer_bps: int


@dataclass(frozen=True)
class AssetRule:
    allowed: bool = False
    rate: int = 0


@dataclass(frozen=True)
class Version:
    effective_at: int
    fees: tuple[int, ...]
    disputes: DisputeRules
    jury: JuryRules


@dataclass
class RuleBook:
    """`versions[0]` is version 1; `history` has an asset's rules by the time they start."""

    now: int
    timelock: str
    guardian: str
    guardian_until: int
    max_pause: int
    bounds: Mapping[str, Bounds]
    first_fees: tuple[int, ...]
    first_disputes: DisputeRules
    first_jury: JuryRules
    first_assets: Mapping[str, AssetRule]
    versions: list[Version] = field(default_factory=list, init=False)
    history: dict[str, list[tuple[int, AssetRule]]] = field(default_factory=dict, init=False)
    paused_until: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.timelock == ZERO:
            raise RuleBook_ZeroAddress()
        if not 0 < self.max_pause <= LONGEST_PAUSE:
            raise RuleBook_BadBounds("maxPause")
        if self.guardian_until > self.now + LONGEST_GUARD:
            raise RuleBook_BadBounds("guardianUntil")
        for name in CEILINGS:
            self.bounds[name].check_sane(name)
        for fee in self.first_fees:
            self.bounds["feeBps"].check_value("feeBps", fee)
        disputes = self.first_disputes
        if disputes.arbitrator == ZERO:
            raise RuleBook_ZeroAddress()
        self.bounds["rulingPeriod"].check_value("rulingPeriod", disputes.ruling_period)
        self.bounds["defaultPerformerBps"].check_value(
            "defaultPerformerBps", disputes.default_performer_bps
        )
        for name, value in self.first_jury.named().items():
            self.bounds[name].check_value(name, value)
        self.first_jury.check_together(disputes.ruling_period)
        self.versions.append(Version(self.now, self.first_fees, disputes, self.first_jury))
        for asset, rule in self.first_assets.items():
            self._set_asset_rule(self.now, asset, rule, self.now)

    # What is written

    def set_fee_rules(self, now: int, caller: str, fees: tuple[int, ...]) -> int:
        self._only_timelock(caller)
        newest = self.versions[-1]
        for old, new in zip(newest.fees, fees, strict=True):
            self.bounds["feeBps"].check_change("feeBps", old, new)
        if fees == newest.fees:
            raise RuleBook_NothingChanged()
        return self._append(now, self.bounds["feeBps"].notice, replace(newest, fees=fees))

    def set_dispute_rules(self, now: int, caller: str, rules: DisputeRules) -> int:
        self._only_timelock(caller)
        if rules.arbitrator == ZERO:
            raise RuleBook_ZeroAddress()
        newest = self.versions[-1]
        old = newest.disputes
        period, share = self.bounds["rulingPeriod"], self.bounds["defaultPerformerBps"]
        period.check_change("rulingPeriod", old.ruling_period, rules.ruling_period)
        share.check_change(
            "defaultPerformerBps", old.default_performer_bps, rules.default_performer_bps
        )
        newest.jury.check_length(rules.ruling_period)
        if rules == old:
            raise RuleBook_NothingChanged()
        return self._append(now, max(period.notice, share.notice), replace(newest, disputes=rules))

    def set_jury_rules(self, now: int, caller: str, rules: JuryRules) -> int:
        self._only_timelock(caller)
        newest = self.versions[-1]
        old = newest.jury.named()
        for name, value in rules.named().items():
            self.bounds[name].check_change(name, old[name], value)
        rules.check_together(newest.disputes.ruling_period)
        if rules == newest.jury:
            raise RuleBook_NothingChanged()
        notice = max(self.bounds[name].notice for name in old)
        return self._append(now, notice, replace(newest, jury=rules))

    def set_asset_rule(self, now: int, caller: str, asset: str, rule: AssetRule) -> None:
        self._only_timelock(caller)
        self._set_asset_rule(now, asset, rule, now + self.bounds["rate"].notice)

    def pause_opening(self, now: int, caller: str, duration: int) -> None:
        if caller != self.timelock:
            if caller != self.guardian or now > self.guardian_until:
                raise RuleBook_NotGuardian(caller)
            if now <= self.paused_until + self.max_pause:
                raise RuleBook_GuardianMustWait(self.paused_until + self.max_pause)
        if duration > self.max_pause:
            raise RuleBook_PauseTooLong(duration, self.max_pause)
        if now + duration <= self.paused_until:
            raise RuleBook_NothingChanged()
        self.paused_until = now + duration

    def resume_opening(self, now: int, caller: str) -> None:
        self._only_timelock(caller)
        if self.paused_until < now:
            raise RuleBook_NotPaused()
        self.paused_until = now - 1

    # What is read

    def quote(self, now: int, kind: int, asset: str) -> tuple[int, int]:
        if now <= self.paused_until:
            raise RuleBook_OpeningIsPaused(self.paused_until)
        if not 1 <= kind <= KINDS:
            raise RuleBook_UnknownKind(kind)
        if not self.asset_rule_at(asset, now).allowed:
            raise RuleBook_AssetNotAllowed(asset)
        version = self.version_in_force(now)
        return version, self.versions[version - 1].fees[kind - 1]

    def version_in_force(self, now: int) -> int:
        started = [n for n, v in enumerate(self.versions, start=1) if v.effective_at <= now]
        return started[-1]

    def version(self, number: int) -> Version:
        if not 1 <= number <= len(self.versions):
            raise RuleBook_UnknownVersion(number)
        return self.versions[number - 1]

    def asset_rule_at(self, asset: str, time: int) -> AssetRule:
        started = [rule for start, rule in self.history.get(asset, []) if start <= time]
        return started[-1] if started else AssetRule()

    def check_invariants(self, now: int) -> None:
        """What holds after every call."""
        starts = [version.effective_at for version in self.versions]
        assert all(earlier <= later for earlier, later in pairwise(starts))
        assert sum(start > now for start in starts) <= MAX_PENDING
        assert self.paused_until <= now + self.max_pause
        for older, newer in pairwise(self.versions):
            for old, new in zip(older.fees, newer.fees, strict=True):
                self.bounds["feeBps"].check_change("feeBps", old, new)
        for version in self.versions:
            version.jury.check_together(version.disputes.ruling_period)
        for changes in self.history.values():
            assert sum(start > now for start, _ in changes) <= 1

    def _append(self, now: int, notice: int, version: Version) -> int:
        pending = len(self.versions) - self.version_in_force(now)
        if pending >= MAX_PENDING:
            raise RuleBook_TooManyPending(pending)
        start = max(now + notice, self.versions[-1].effective_at)
        self.versions.append(replace(version, effective_at=start))
        return len(self.versions)

    def _set_asset_rule(self, now: int, asset: str, rule: AssetRule, start: int) -> None:
        changes = self.history.setdefault(asset, [])
        if not changes:
            self.bounds["rate"].check_value("rate", rule.rate)
        else:
            last_start, old = changes[-1]
            if last_start > now:
                raise RuleBook_AssetChangePending(asset, last_start)
            self.bounds["rate"].check_change("rate", old.rate, rule.rate)
            if rule == old:
                raise RuleBook_NothingChanged()
        changes.append((start, rule))

    def _only_timelock(self, caller: str) -> None:
        if caller != self.timelock:
            raise RuleBook_NotTimelock(caller)
