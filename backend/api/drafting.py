"""From typed changes to the calls of a proposal, and to words for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from typing import Any

from backend.api import problem_types as types
from backend.api.errors import Problem
from backend.api.schemas.draft import (
    AssetIn,
    AttestorIn,
    ChangeIn,
    DisputeRulesIn,
    FeeIn,
    JuryRulesIn,
    PaymentIn,
    ProposalTermsIn,
    ReputationEscrowIn,
    SettingIn,
    WithdrawCreditIn,
)
from backend.queries.effects import Effect
from backend.terms.attestations import CLAIM_NAMES
from backend.terms.calldata import RawCall, calldata
from backend.terms.kinds import KIND_NAMES
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.standing import PROPOSAL_TYPES, SETTINGS, Standing

MERGED = (FeeIn, DisputeRulesIn, JuryRulesIn)


def calls_for(changes: Sequence[ChangeIn], standing: Standing) -> list[RawCall]:
    """In the order of the changes; those of the same rules are one call, where the first stands.

    What a change leaves out is as it stands. Problem: two contradict each other, or one is not
    complete.
    """
    _check_conflicts(changes)
    calls: list[RawCall] = []
    done: set[object] = set()
    for change in changes:
        together = _together(change)
        if together is None:
            calls.append(_call(change, standing))
        elif together not in done:
            done.add(together)
            same = [each for each in changes if _together(each) == together]
            calls.append(_rules(same, standing))
    return calls


def _together(change: ChangeIn) -> object:
    """What changes have in common that become one call; None for one that stays alone."""
    if isinstance(change, ProposalTermsIn):
        return change.proposal_type
    return type(change) if isinstance(change, MERGED) else None


def description_of(effects: Sequence[Effect]) -> str:
    """Words for a draft that brings none: each field before and after, each payment."""
    lines = [
        f"- {change.field}: {'unknown' if change.old is None else change.old} to {change.new}"
        for effect in effects
        for change in effect.changes
        if change.new is not None and change.unit != "asset"
    ]
    lines += [
        f"- pay {payment.amount} base units of"
        f" {'coin' if payment.asset == ZERO_ADDRESS else payment.asset} to {payment.to}"
        for effect in effects
        for payment in effect.payments
    ]
    lines = lines or ["- see the calls"]
    count = len(lines)
    return f"# {count} change{'s' * (count != 1)}\n\n" + "\n".join(lines)


def _check_conflicts(changes: Sequence[ChangeIn]) -> None:
    seen: set[str] = set()
    for change in changes:
        for field in _fields(change):
            if field in seen:
                raise Problem(types.DRAFT_CONFLICT, f"{field} is given twice", field=field)
            seen.add(field)


def _fields(change: ChangeIn) -> Iterator[str]:
    """What a change is of. Payments are of nothing that could be given twice."""
    match change:
        case FeeIn():
            yield f"feeBps.{change.kind}"
        case DisputeRulesIn() | JuryRulesIn():
            named = change.model_dump(by_alias=True, exclude_none=True)
            yield from (name for name in named if name != "type")
        case AssetIn():
            yield f"asset.{change.asset}"
        case ReputationEscrowIn():
            yield f"reputation.{change.escrow}"
        case AttestorIn():
            yield f"attestor.{change.claim}.{change.attestor}"
        case SettingIn():
            yield change.name
        case ProposalTermsIn():
            yield from (f"terms.{change.proposal_type}.{name}" for name in change.given())
        case WithdrawCreditIn():
            yield f"credit.{change.asset}"
        case PaymentIn():
            return


def _rules(changes: Sequence[Any], standing: Standing) -> RawCall:
    """One new version: what stands, with the changes laid over it."""
    if isinstance(changes[0], ProposalTermsIn):
        return _terms(changes, standing)
    target = standing.contracts["RuleBook"]
    if isinstance(changes[0], FeeIn):
        fees = list(standing.rules.fees)
        for change in changes:
            fees[KIND_NAMES.index(change.kind)] = change.fee_bps
        return RawCall(target, 0, calldata("RuleBook", "setFeeRules", (fees,)))
    if isinstance(changes[0], JuryRulesIn):
        jury = standing.rules.jury
        if jury is None:
            raise Problem(types.NOT_READY, "the rules of a jury are not indexed yet")
        for change in changes:
            jury = replace(jury, **change.given())
        return RawCall(target, 0, calldata("RuleBook", "setJuryRules", astuple(jury)))
    values = [
        standing.rules.arbitrator,
        standing.rules.ruling_period,
        standing.rules.default_performer_bps,
    ]
    for change in changes:
        given = (change.arbitrator, change.ruling_period, change.default_performer_bps)
        values = [old if new is None else new for old, new in zip(values, given, strict=True)]
    return RawCall(target, 0, calldata("RuleBook", "setDisputeRules", tuple(values)))


def _call(change: ChangeIn, standing: Standing) -> RawCall:
    contract, function, arguments = _named(change, standing)
    if contract is None:
        assert isinstance(change, PaymentIn)
        return _payment(change)
    data = calldata(contract, function, *arguments)
    return RawCall(standing.contracts[contract], 0, data)


def _named(change: ChangeIn, standing: Standing) -> tuple[str | None, str, tuple[Any, ...]]:
    """Contract, function and arguments; no contract for a payment, which has many targets."""
    found: tuple[str | None, str, tuple[Any, ...]] = (None, "", ())
    match change:
        case AssetIn():
            found = "RuleBook", "setAssetRule", (change.asset, _asset_rule(change, standing))
        case ReputationEscrowIn():
            found = "Reputation", "setEscrow", (change.escrow, change.listed)
        case AttestorIn():
            claim = next(one for one, name in CLAIM_NAMES.items() if name == change.claim)
            arguments = (change.attestor, int(claim), change.allowed)
            found = "Attestations", "setAttestor", arguments
        case SettingIn():
            setting = SETTINGS[change.name]
            found = setting.contract, setting.setter, (int(change.value),)
        case WithdrawCreditIn():
            treasury = standing.treasury
            found = "Escrow", "withdraw", (treasury, change.asset, change.to or treasury)
    return found


def _payment(change: PaymentIn) -> RawCall:
    amount = int(change.amount)
    if change.asset == ZERO_ADDRESS:
        return RawCall(change.to, amount, b"")
    return RawCall(change.asset, 0, calldata("Token", "transfer", change.to, amount))


def _terms(changes: Sequence[ProposalTermsIn], standing: Standing) -> RawCall:
    """New terms of one type: what stands, with the changes laid over it."""
    proposal_type = changes[0].proposal_type
    terms = standing.terms.get(proposal_type)
    if terms is None:
        raise Problem(types.NOT_READY, "the terms of proposals are not indexed yet")
    for change in changes:
        terms = replace(terms, **change.given())
    number = PROPOSAL_TYPES.index(proposal_type) + 1
    data = calldata("ProposalTypes", "setTerms", number, tuple(terms.named().values()))
    return RawCall(standing.contracts["ProposalTypes"], 0, data)


def _asset_rule(change: AssetIn, standing: Standing) -> tuple[bool, int]:
    old = standing.assets.get(change.asset)
    allowed = change.allowed if change.allowed is not None or old is None else old.allowed
    rate = int(change.rate) if change.rate is not None else None if old is None else old.rate
    if allowed is None or rate is None:
        raise Problem(
            types.DRAFT_INCOMPLETE,
            f"{change.asset} was never listed: it needs `allowed` and `rate`",
            asset=change.asset,
        )
    return allowed, rate
