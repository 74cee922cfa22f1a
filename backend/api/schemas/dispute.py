"""Disputes before the Court."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import AmountOut, BlockOut, FactOut, Shape
from backend.api.schemas.content import ContentOut, Kept
from backend.api.schemas.dispute_money import MoneyOut, money_out
from backend.api.schemas.dispute_panel import (
    AppealOut,
    PanelOut,
    PeriodOut,
    appeal_out,
    panel_out,
    period_out,
)
from backend.api.schemas.rules import JuryOut, jury_of
from backend.api.schemas.trade import TradeTupleOut, TrancheOut, tranche_of, tuple_of
from backend.queries.assets import AssetName
from backend.queries.case_actions import Action, actions_of
from backend.queries.case_money import Money
from backend.queries.case_words import told
from backend.queries.disputes import CaseParts, CaseRows, seats_by_panel
from backend.queries.trades import TradeRows
from backend.terms.case_steps import next_step
from backend.terms.offer import ZERO_ADDRESS

Names = Mapping[str, AssetName]
COIN = ZERO_ADDRESS
LONGEST_URI = 2_048


class NextStepOut(Shape):
    """What follows if nobody votes, deposits or funds: from `at` on (unix seconds of the chain;
    null: at once) anyone brings it about with `function`."""

    status: str
    at: int | None
    due: bool
    function: str


class DisputeSummary(Shape):
    """A dispute in a list. `fact` is the log that opened the case.

    `status` is `deposits`, `evidence`, `commit`, `reveal`, `appeal`, `decided` (to be carried out
    at the Escrow) or `closed`; what is due and was not moved on is not counted in it.
    `performerBps` is the performer's share by the last ruling, or by the decision.
    """

    id: str
    trade_id: str
    tranche: int
    performer: str
    checker: str
    status: str
    round: int = Field(description="From 0, one more after each appeal.")
    redrawn: bool = Field(description="Whether a panel failed, and was drawn again.")
    opened_by: str = Field(description="`performer` or `checker`, who deposited first.")
    opened_at: int
    joined_at: int | None
    deadline: int | None = Field(description="The last second of the present period.")
    deposit: AmountOut = Field(description="What each side puts up.")
    performer_bps: int | None
    decision: str | None = Field(
        description="`jury`, `missingDeposit`, `missingAppeal` or `noPanel`: the default split."
    )
    decided_at: int | None
    closing: str | None = Field(
        description="`ruled`, `declined` (by the default split), or `settled` without the court."
    )
    closed_at: int | None
    rules_version: int = Field(description="That of the trade: no vote changes it.")
    next_step: NextStepOut | None
    fact: FactOut


class ActionOut(Shape):
    """A call of the Court that can be made now. `by` lists who may; null: anyone. `until` is the
    last second; null: at any time. `value` is the coin to send, at most."""

    function: str
    by: list[str] | None
    until: int | None
    words: str
    value: AmountOut | None
    side: str | None
    round: int | None
    attempt: int | None


class EvidenceOut(Shape):
    """Where a side's evidence is, and the hash of what is there. Nobody has looked at either: the
    address is as the party gave it, cut after 2,048 characters."""

    party: str
    side: str
    content_hash: str
    content: ContentOut
    uri: str
    fact: FactOut


class HappeningOut(Shape):
    """Something that happened in a case, or to its tranche at the Escrow. `who` did it, or it was
    done to; null where the log does not say."""

    name: str
    contract: str
    who: str | None
    words: str
    args: dict[str, Any] = Field(description="By the names of the ABI.")
    fact: FactOut


class DisputeOut(DisputeSummary):
    """A dispute in full."""

    court: str
    escrow: str
    kind: int
    tranche_now: TrancheOut = Field(description="The disputed tranche, as the Escrow has it.")
    trade: TradeTupleOut = Field(description="The `trade` argument of the Court's functions.")
    arbitrator: str | None = Field(description="By the pinned rules.")
    ruling_period: int | None
    default_performer_bps: int | None
    jury: JuryOut | None = Field(description="The jury rules that bind this case.")
    actions: list[ActionOut]
    periods: list[PeriodOut]
    panels: list[PanelOut]
    appeals: list[AppealOut]
    evidence: list[EvidenceOut] = Field(description="The newest; `/evidence` has all.")
    money: MoneyOut
    as_of: BlockOut


def summary_of(found: CaseRows, names: Names, now: int) -> DisputeSummary:
    return DisputeSummary(**_summary(found, names, now))


def _summary(found: CaseRows, names: Names, now: int) -> dict[str, Any]:
    case = found.case
    return {
        "id": case.case_id,
        "trade_id": case.trade_id,
        "tranche": case.tranche,
        "performer": case.performer,
        "checker": case.checker,
        "status": case.status,
        "round": case.round,
        "redrawn": case.redrawn is not None,
        "opened_by": case.depositor,
        "opened_at": case.opened_at,
        "joined_at": case.joined_at,
        "deadline": None if case.decided_at or case.closed_at else case.deadline,
        "deposit": AmountOut.of(COIN, case.deposit, names),
        "performer_bps": case.performer_bps,
        "decision": case.decision,
        "decided_at": case.decided_at,
        "closing": case.closing,
        "closed_at": case.closed_at,
        "rules_version": case.rules_version,
        "next_step": _next_step(found, now),
        "fact": FactOut.of(case),
    }


def _next_step(found: CaseRows, now: int) -> NextStepOut | None:
    step = next_step(found.facts)
    if step is None:
        return None
    return NextStepOut(
        status=step.next,
        at=step.at,
        due=step.at is None or now >= step.at,
        function="execute" if step.at is None else "advance",
    )


def evidence_out(row: Row[Any], case: Row[Any], kept: Kept) -> EvidenceOut:
    return EvidenceOut(
        party=row.party,
        side="performer" if row.party == case.performer else "checker",
        content_hash=row.content_hash,
        content=ContentOut.of(row.content_hash, kept),
        uri=row.uri[:LONGEST_URI],
        fact=FactOut.of(row),
    )


def happening_out(row: Row[Any], case: Row[Any]) -> HappeningOut:
    told_ = told(row.name, row.args, case)
    args = dict(row.args)
    if "uri" in args:
        args["uri"] = args["uri"][:LONGEST_URI]
    return HappeningOut(
        name=row.name,
        contract=row.address,
        who=told_.who,
        words=told_.words,
        args=args,
        fact=FactOut.of(row),
    )


def _action(action: Action, names: Names) -> ActionOut:
    return ActionOut(
        function=action.function,
        by=None if action.by is None else list(action.by),
        until=action.until,
        words=action.words,
        value=None if action.value is None else AmountOut.of(COIN, action.value, names),
        side=action.side,
        round=action.round,
        attempt=action.attempt,
    )


def dispute_of(
    found: CaseRows,
    parts: CaseParts,
    trade: TradeRows,
    money: Money,
    evidence: Sequence[Row[Any]],
    kept: Kept,
    names: Names,
    contracts: Mapping[str, str],
    as_of: BlockOut,
) -> DisputeOut:
    seats, now = seats_by_panel(parts), as_of.time
    paid = {(row.round, row.attempt): row for row in parts.settlements}
    return DisputeOut(
        **_summary(found, names, now),
        court=contracts["Court"],
        escrow=contracts["Escrow"],
        kind=parts.trade.kind,
        tranche_now=tranche_of(parts.tranche, trade, names, now),
        trade=tuple_of(trade),
        arbitrator=parts.rules.arbitrator,
        ruling_period=parts.rules.ruling_period,
        default_performer_bps=parts.rules.default_performer_bps,
        jury=jury_of(parts.rules),
        actions=[_action(action, names) for action in actions_of(found, parts, now)],
        periods=[period_out(row) for row in parts.periods],
        panels=[
            panel_out(row, seats.get(at, ()), paid.get(at), names)
            for row in found.panels
            if (at := (row.round, row.attempt))
        ],
        appeals=[appeal_out(row, found, names) for row in found.appeals],
        evidence=[evidence_out(row, found.case, kept) for row in evidence],
        money=money_out(money, names),
        as_of=as_of,
    )
