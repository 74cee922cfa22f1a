"""What members vote on, as the index knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Row

from backend.queries import rules
from backend.queries.attestors import attestors_at
from backend.queries.credits import credits_of
from backend.queries.proposal_types import list_terms
from backend.queries.reputation import listed_escrows_at
from backend.queries.snapshot import NothingIndexed, Snapshot
from backend.terms.jury import JuryRules
from backend.terms.standing import (
    PROPOSAL_TYPES,
    SETTINGS,
    AssetRule,
    Bounds,
    ProposalTerms,
    Rules,
    Standing,
)

RELATIVE = "rate"


def standing_at(snapshot: Snapshot, before: int | None = None) -> Standing:
    """As of the snapshot's block, or of the last block before a time (unix seconds)."""
    now = snapshot.now if before is None else before - 1
    versions = [row for row in rules.list_versions(snapshot) if row.block_time <= now]
    if not versions:
        raise NothingIndexed("the rules are not indexed yet")
    newest = versions[-1]
    treasury = snapshot.contracts["MarketTimelock"]
    history = [row for row in rules.asset_history(snapshot) if row.block_time <= now]
    terms = [row for row in list_terms(snapshot) if row.block_time <= now]
    return Standing(
        contracts=snapshot.contracts,
        version=newest.version,
        pending=sum(row.effective_at > now for row in versions),
        rules=rules_of(newest),
        assets={row.asset: AssetRule(row.allowed, row.rate) for row in history},
        assets_pending={row.asset: row.effective_at for row in history if row.effective_at > now},
        escrows=listed_escrows_at(snapshot, now),
        settings=_settings(snapshot, now),
        bounds=bounds_of(snapshot),
        terms={PROPOSAL_TYPES[row.proposal_type - 1]: _terms(row) for row in terms},
        terms_pending=frozenset(
            PROPOSAL_TYPES[row.proposal_type - 1] for row in terms if row.effective_at > now
        ),
        terms_notice=_terms_notice(snapshot),
        credits={row.asset: row.amount for row in credits_of(snapshot, treasury)},
        attestors=attestors_at(snapshot, now),
    )


def rules_of(row: Row[Any]) -> Rules:
    """The values of a version."""
    fees = tuple(int(fee) for fee in row.fee_bps)
    told = [getattr(row, field.name) for field in fields(JuryRules)]
    jury = None if None in told else JuryRules(*told)
    return Rules(fees, row.arbitrator, row.ruling_period, row.default_performer_bps, jury)


def bounds_of(snapshot: Snapshot) -> Mapping[tuple[str, str], Bounds]:
    """By contract and field, as fixed at deployment."""
    found: dict[tuple[str, str], Bounds] = {}
    for (contract, name), value in snapshot.constants.items():
        if name.startswith("bounds."):
            field = name.removeprefix("bounds.")
            found[contract, field] = _bounds(value, field == RELATIVE)
        elif name == "delayBounds":
            found[contract, "getMinDelay"] = _bounds(value, False)
    return found


def _bounds(value: Sequence[str], relative: bool) -> Bounds:
    least, most, step, notice = map(int, value)
    return Bounds(least, most, step, notice, relative)


def _terms(row: Row[Any]) -> ProposalTerms:
    return ProposalTerms(row.quorum_bps, row.approval_bps, row.delay)


def _terms_notice(snapshot: Snapshot) -> int | None:
    value = snapshot.constants.get(("ProposalTypes", "notice"))
    return None if value is None else int(value)


def _settings(snapshot: Snapshot, now: int) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for name, setting in SETTINGS.items():
        try:
            found[name] = rules.setting_at(snapshot, setting.contract, setting.getter, now)
        except KeyError:
            continue
    return found
