"""Proposals and votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import AmountOut, BlockOut, EventOut, FactOut, Shape, VotesOut
from backend.queries.assets import AssetName
from backend.queries.ballot import Ballot
from backend.queries.calls import Call
from backend.queries.effects import Effect
from backend.queries.proposal_types import names_of
from backend.terms.standing import Check

SUPPORT = {0: "against", 1: "for", 2: "abstain", 255: "parts"}


class ArgumentOut(Shape):
    """`value` is a string, a boolean, a list or an object; numbers are decimal strings."""

    name: str
    type: str
    value: Any


class CheckOut(Shape):
    """One thing that the contract demands, in words, and whether it holds as of this block."""

    holds: bool
    text: str

    @classmethod
    def of(cls, check: Check) -> CheckOut:
        return cls(holds=check.holds, text=check.text)


class ChangeOut(Shape):
    """A field before and after: `feeBps.goods`, `rulingPeriod`, `asset.0x….rate`, `votingDelay`,
    `treasury.0x…`, and so on. `old` is null where it was never set or is not known here."""

    field: str
    old: str | None
    new: str | None
    unit: str = Field(
        description="basisPoints, seconds, percent, points (6 decimals), account, flag, rate (base"
        " units of points for 1e18 base units of fee), asset (base units), or count."
    )
    checks: list[CheckOut] = Field(description="Its bounds, and the largest step of one vote.")


class PaymentOut(Shape):
    """What leaves the treasury."""

    amount: AmountOut
    to: str


class CallOut(Shape):
    """A call that the proposal makes if executed: what it does, whatever the description says.

    `changes` start from how things stand, each call from where the one before leaves them: for a
    proposal that was executed, from before that. With a `warning`, no list of fields shows what it
    does: look at `arguments` and `data` yourself.
    """

    target: str
    value: str = Field(description="Coin sent with it, in base units.")
    data: str
    contract: str | None = Field(
        description="Our contract at the target, `Token` for an asset that members voted on, null"
        " for any other."
    )
    function: str | None
    arguments: list[ArgumentOut]
    changes: list[ChangeOut]
    payments: list[PaymentOut]
    checks: list[CheckOut]
    notes: list[str]
    in_force_after: int | None = Field(description="Seconds after the execution, for rules.")
    warning: str | None

    @classmethod
    def of(cls, call: Call, effect: Effect, names: Mapping[str, AssetName]) -> CallOut:
        return cls(
            target=call.target,
            value=str(call.value),
            data=call.data,
            contract=call.contract,
            function=call.function,
            arguments=[
                ArgumentOut(name=part.name, type=part.type, value=part.value)
                for part in call.arguments
            ],
            changes=[
                ChangeOut(
                    field=each.field,
                    old=each.old,
                    new=each.new,
                    unit=each.unit,
                    checks=[CheckOut.of(check) for check in each.checks],
                )
                for each in effect.changes
            ],
            payments=[
                PaymentOut(amount=AmountOut.of(each.asset, each.amount, names), to=each.to)
                for each in effect.payments
            ],
            checks=[CheckOut.of(check) for check in effect.checks],
            notes=list(effect.notes),
            in_force_after=effect.notice,
            warning=call.warning or effect.warning,
        )


class TallyOut(Shape):
    """Votes so far; points (6 decimals) are as of the proposal's snapshot.

    `quorum` is what for and abstain must reach together, null until the votes are weighed.
    """

    votes_for: VotesOut
    votes_against: VotesOut
    votes_abstain: VotesOut
    quorum: VotesOut | None
    quorum_reached: bool
    vote_succeeded: bool = Field(description="For is more than the approval of for and against.")


class TermsOut(Shape):
    """What it takes, fixed when a proposal is made: the strictest of each among its types."""

    quorum_bps: int = Field(description="Share of all votes that must be for or abstain.")
    approval_bps: int = Field(description="Share of for and against that for must exceed.")
    delay: int = Field(
        description="Seconds from queueing to execution; the timelock's own if that is longer."
    )


class ProposalSummary(Shape):
    """A proposal. `state` as the contract says in a block of this time: pending, active, defeated,
    succeeded, queued, executed, canceled or expired. Times are unix seconds of the chain."""

    id: str
    proposer: str
    types: list[str] = Field(
        description="fees, disputeRules, assetsAndArbitrator, treasury, anything; from its calls."
    )
    terms: TermsOut
    title: str = Field(description="The first line of the description: the proposer's own words.")
    state: str
    snapshot: int = Field(description="Votes are weighed at the end of this second.")
    deadline: int = Field(description="The last second to vote in.")
    extended: bool = Field(description="Quorum came late, and the vote was made longer.")
    eta: int | None = Field(description="From when on it can be executed.")
    expires_at: int | None = Field(
        description="The last second to queue it in, or once queued to execute it in."
    )
    queued_at: int | None
    executed_at: int | None
    canceled_at: int | None
    tally: TallyOut
    calls: int
    fact: FactOut


class ProposalTupleOut(Shape):
    """The arguments of `queue`, `execute` and `cancel`, in the order of the ABI."""

    targets: list[str]
    values: list[str]
    calldatas: list[str]
    description_hash: str


class ProposalOut(Shape):
    """A proposal in full."""

    proposal: ProposalSummary
    description: str = Field(description="The proposer's own words; `calls` is what would happen.")
    calls: list[CallOut]
    arguments: ProposalTupleOut
    timeline: list[EventOut]
    as_of: BlockOut


class VoteOut(Shape):
    """A cast vote. One voter may cast several, each with a part of its votes."""

    proposal_id: str
    voter: str
    support: str = Field(description="for, against, abstain, or parts.")
    weight: VotesOut
    votes_for: str = Field(description="Units.")
    votes_against: str
    votes_abstain: str
    reason: str = Field(description="The voter's own words.")
    fact: FactOut


def title_of(description: str) -> str:
    """The first line that says something, without the marks of a heading."""
    for line in description.splitlines():
        text = line.strip().lstrip("#").strip()
        if text:
            return text[:200]
    return ""


def summary_of(row: Row[Any], ballot: Ballot, index: int, now: int) -> ProposalSummary:
    """`index` is units per point at the snapshot."""
    state = ballot.state(now)
    waits = {"succeeded": ballot.deadline, "queued": ballot.eta, "expired": ballot.expiry_base}
    base = waits.get(state)
    return ProposalSummary(
        id=str(row.proposal_id),
        proposer=row.proposer,
        types=names_of(row.types),
        terms=TermsOut(quorum_bps=row.quorum_bps, approval_bps=row.approval_bps, delay=row.delay),
        title=title_of(row.description),
        state=state,
        snapshot=row.snapshot,
        deadline=row.deadline,
        extended=row.deadline != row.vote_end,
        eta=row.eta,
        expires_at=None if base is None else base + ballot.grace,
        queued_at=row.queued_at,
        executed_at=row.executed_at,
        canceled_at=row.canceled_at,
        tally=_tally(ballot, index),
        calls=len(row.targets),
        fact=FactOut.of(row),
    )


def _tally(ballot: Ballot, index: int) -> TallyOut:
    return TallyOut(
        votes_for=VotesOut.of(ballot.votes_for, index),
        votes_against=VotesOut.of(ballot.votes_against, index),
        votes_abstain=VotesOut.of(ballot.votes_abstain, index),
        quorum=None if ballot.quorum is None else VotesOut.of(ballot.quorum, index),
        quorum_reached=ballot.reached_quorum(),
        vote_succeeded=ballot.succeeded(),
    )


def proposal_of(
    row: Row[Any],
    summary: ProposalSummary,
    calls: Sequence[CallOut],
    events: Sequence[Row[Any]],
    as_of: BlockOut,
) -> ProposalOut:
    return ProposalOut(
        proposal=summary,
        description=row.description,
        calls=list(calls),
        arguments=ProposalTupleOut(
            targets=row.targets,
            values=row.call_values,
            calldatas=row.calldatas,
            description_hash=row.description_hash,
        ),
        timeline=[EventOut.of(event) for event in events],
        as_of=as_of,
    )


def vote_of(row: Row[Any], index: int) -> VoteOut:
    """`index` is units per point at the proposal's snapshot."""
    return VoteOut(
        proposal_id=str(row.proposal_id),
        voter=row.voter,
        support=SUPPORT.get(row.support, str(row.support)),
        weight=VotesOut.of(row.weight, index),
        votes_for=str(row.for_votes),
        votes_against=str(row.against_votes),
        votes_abstain=str(row.abstain_votes),
        reason=row.reason,
        fact=FactOut.of(row),
    )
