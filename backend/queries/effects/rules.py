"""New versions of the rules, assets, and the pause of opening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from backend.queries.effects.effect import Change, Effect, Reader, Values, field_change, flag
from backend.terms.jury import FIELDS, LARGEST_PANEL, JuryRules
from backend.terms.kinds import KIND_NAMES
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.standing import MAX_PENDING, AssetRule, Check, Standing
from backend.terms.words import duration


def _version(
    standing: Standing,
    changes: tuple[Change, ...],
    *fields: str,
    further: Iterable[Check] = (),
) -> tuple[Effect, Standing]:
    """A new version of the rules, with the checks that every one of them meets."""
    waiting = f"{standing.pending} versions are not in force yet, and {MAX_PENDING} may be"
    checks = [Check(standing.pending < MAX_PENDING, waiting), *further]
    if not changes:
        checks.append(Check(False, "it says what the newest rules say, which the contract refuses"))
    notice = standing.notice(*fields)
    notes = (
        "trades that are open keep the rules under which they were opened",
        *(() if notice is None else (f"in force {duration(notice)} after it is executed",)),
    )
    effect = Effect(changes, checks=tuple(checks), notes=notes, notice=notice)
    return effect, replace(standing, pending=standing.pending + 1, version=standing.version + 1)


def _set_fee_rules(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    fees = tuple(int(fee) for fee in values["rules"]["feeBps"])
    changes: tuple[Change, ...] = ()
    for kind, old, new in zip(KIND_NAMES, standing.rules.fees, fees, strict=True):
        changes += field_change(
            standing, "RuleBook", "feeBps", f"feeBps.{kind}", old, new, "basisPoints"
        )
    effect, after = _version(standing, changes, "feeBps")
    return effect, replace(after, rules=replace(after.rules, fees=fees))


def _set_dispute_rules(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    rules, old = values["rules"], standing.rules
    arbitrator = str(rules["arbitrator"])
    period, share = int(rules["rulingPeriod"]), int(rules["defaultPerformerBps"])
    changes: tuple[Change, ...] = ()
    if arbitrator != old.arbitrator:
        named = Check(arbitrator != ZERO_ADDRESS, "the arbitrator is not the zero address")
        changes += (Change("arbitrator", old.arbitrator, arbitrator, "account", (named,)),)
    name = "rulingPeriod"
    changes += field_change(standing, "RuleBook", name, name, old.ruling_period, period, "seconds")
    name = "defaultPerformerBps"
    changes += field_change(
        standing, "RuleBook", name, name, old.default_performer_bps, share, "basisPoints"
    )
    effect, after = _version(
        standing,
        changes,
        "rulingPeriod",
        "defaultPerformerBps",
        further=_length_checks(old.jury, period),
    )
    rules_after = replace(
        after.rules, arbitrator=arbitrator, ruling_period=period, default_performer_bps=share
    )
    return effect, replace(after, rules=rules_after)


def _length_checks(jury: JuryRules | None, ruling_period: int | None) -> Iterator[Check]:
    """The longest case of a jury fits into the ruling period."""
    if jury is None or ruling_period is None:
        return
    longest = jury.longest_case()
    text = f"the longest case takes {duration(longest)} of a ruling period of"
    yield Check(longest <= ruling_period, f"{text} {duration(ruling_period)}")


def _set_jury_rules(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    old = standing.rules.jury
    new = JuryRules(*(int(values["rules"][name]) for name in FIELDS))
    before = {} if old is None else old.named()
    changes: tuple[Change, ...] = ()
    for name, value in new.named().items():
        changes += field_change(
            standing, "RuleBook", name, name, before.get(name), value, FIELDS[name]
        )
    # The doubling of a panel is not worked out for what the bounds refuse anyway.
    sane = new.max_appeals <= LARGEST_PANEL
    panel = new.panels()[-1] if sane else new.jurors
    further = [
        Check(new.jurors % 2 == 1, f"{new.jurors} jurors are an odd number"),
        Check(
            sane and panel <= LARGEST_PANEL,
            f"the panel of the last appeal has {panel} jurors, and {LARGEST_PANEL} may sit",
        ),
        *_length_checks(new if sane else None, standing.rules.ruling_period),
    ]
    effect, after = _version(standing, changes, *FIELDS, further=further)
    return effect, replace(after, rules=replace(after.rules, jury=new))


def _set_asset_rule(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    asset, rule = str(values["asset"]), values["rule"]
    allowed, rate = bool(rule["allowed"]), int(rule["rate"])
    old = standing.assets.get(asset)
    changes: tuple[Change, ...] = ()
    if old is None or old.allowed != allowed:
        before = None if old is None else flag(old.allowed)
        changes += (Change(f"asset.{asset}.allowed", before, flag(allowed), "flag"),)
    name = f"asset.{asset}.rate"
    changes += field_change(
        standing, "RuleBook", "rate", name, None if old is None else old.rate, rate, "rate"
    )
    checks: list[Check] = []
    if not changes:
        checks.append(
            Check(False, "it says what the rule says already, which the contract refuses")
        )
    if asset in standing.assets_pending:
        since = standing.assets_pending[asset]
        checks.append(Check(False, f"another change of it is in force only from {since} on"))
    notice = standing.notice("rate")
    notes = () if notice is None else (f"in force {duration(notice)} after it is executed",)
    # A further change in the same proposal would find this one pending.
    pending = {**standing.assets_pending, asset: standing.assets_pending.get(asset, 0)}
    after = replace(
        standing,
        assets={**standing.assets, asset: AssetRule(allowed, rate)},
        assets_pending=pending,
    )
    return Effect(changes, checks=tuple(checks), notes=notes, notice=notice), after


def _pause_opening(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    length = duration(int(values["duration"]))
    return Effect(notes=(f"no trade can be opened for {length} from its execution",)), standing


def _resume_opening(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    return Effect(notes=("trades can be opened again",)), standing


READERS: Mapping[str, Reader] = {
    "setFeeRules": _set_fee_rules,
    "setDisputeRules": _set_dispute_rules,
    "setJuryRules": _set_jury_rules,
    "setAssetRule": _set_asset_rule,
    "pauseOpening": _pause_opening,
    "resumeOpening": _resume_opening,
}
