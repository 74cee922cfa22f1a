"""Proposals and votes."""

from __future__ import annotations

from typing import Any

from eth_utils.crypto import keccak

from backend.db.rows import Rows
from backend.db.tables import proposals, votes
from backend.events import readable
from backend.events.governor import (
    ProposalCanceled,
    ProposalCreated,
    ProposalExecuted,
    ProposalExtended,
    ProposalQueued,
    VoteCast,
    VoteCastWithParams,
)
from backend.projections.proposal_types import strictest, types_in
from backend.projections.registry import origin, projects

AGAINST, FOR, ABSTAIN, IN_PARTS = 0, 1, 2, 255


@projects(ProposalCreated)
def proposal_created(event: ProposalCreated, rows: Rows) -> None:
    types = types_in(event.vote_start, event.vote_end)
    terms = strictest(rows, types, event.vote_start)
    rows.add(
        proposals,
        proposal_id=event.proposal_id,
        proposer=event.proposer,
        description=readable(event.description),
        description_hash="0x" + keccak(event.description).hex(),
        targets=list(event.targets),
        call_values=[str(value) for value in event.values],
        calldatas=list(event.calldatas),
        snapshot=event.vote_start,
        vote_end=event.vote_end,
        deadline=event.vote_end,
        types=types,
        quorum_bps=terms.quorum_bps,
        approval_bps=terms.approval_bps,
        delay=terms.delay,
        against_votes=0,
        for_votes=0,
        abstain_votes=0,
        eta=None,
        queued_at=None,
        executed_at=None,
        canceled_at=None,
        **origin(event),
    )


@projects(ProposalExtended)
def proposal_extended(event: ProposalExtended, rows: Rows) -> None:
    _change(rows, event.proposal_id, deadline=event.extended_deadline)


@projects(ProposalQueued)
def proposal_queued(event: ProposalQueued, rows: Rows) -> None:
    _change(rows, event.proposal_id, eta=event.eta_seconds, queued_at=event.at.block_time)


@projects(ProposalExecuted)
def proposal_executed(event: ProposalExecuted, rows: Rows) -> None:
    _change(rows, event.proposal_id, executed_at=event.at.block_time)


@projects(ProposalCanceled)
def proposal_canceled(event: ProposalCanceled, rows: Rows) -> None:
    _change(rows, event.proposal_id, canceled_at=event.at.block_time)


@projects(VoteCast)
def vote_cast(event: VoteCast, rows: Rows) -> None:
    _count(event, rows, _whole(event.support, event.weight), None)


@projects(VoteCastWithParams)
def vote_cast_with_params(event: VoteCastWithParams, rows: Rows) -> None:
    """In parts: against, for and abstain are packed in the parameters, 16 bytes each."""
    parts = _whole(event.support, event.weight)
    if event.support == IN_PARTS:
        raw = bytes.fromhex(event.params[2:])
        parts = [int.from_bytes(raw[start : start + 16], "big") for start in (0, 16, 32)]
    _count(event, rows, parts, event.params)


def _whole(support: int, weight: int) -> list[int]:
    return [weight if support == kind else 0 for kind in (AGAINST, FOR, ABSTAIN)]


def _count(
    event: VoteCast | VoteCastWithParams, rows: Rows, parts: list[int], params: str | None
) -> None:
    against, for_, abstain = parts
    rows.add(
        votes,
        proposal_id=event.proposal_id,
        voter=event.voter,
        support=event.support,
        weight=event.weight,
        against_votes=against,
        for_votes=for_,
        abstain_votes=abstain,
        reason=readable(event.reason),
        params=params,
        **origin(event),
    )
    tally = rows.need(proposals, proposal_id=event.proposal_id)
    _change(
        rows,
        event.proposal_id,
        against_votes=tally["against_votes"] + against,
        for_votes=tally["for_votes"] + for_,
        abstain_votes=tally["abstain_votes"] + abstain,
    )


def _change(rows: Rows, proposal_id: int, **values: Any) -> None:
    rows.change(proposals, {"proposal_id": proposal_id}, **values)
