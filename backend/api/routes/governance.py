"""Proposals and votes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from sqlalchemy import Row

from backend.api import problem_types as types
from backend.api.context import USUAL_PAGE, At, Cursor, Names, PageSize, turn
from backend.api.cursors import Kind
from backend.api.deeds import calls_of, told_calls
from backend.api.errors import Problem
from backend.api.fields import AddressIn, Uint256In
from backend.api.openapi import listing, reading
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.proposal import (
    ProposalOut,
    ProposalSummary,
    VoteOut,
    proposal_of,
    summary_of,
    vote_of,
)
from backend.api.schemas.proposal_type import ProposalTypesOut, types_of
from backend.queries import proposals
from backend.queries.members import index_at
from backend.queries.proposal_types import list_terms
from backend.queries.snapshot import Snapshot
from backend.queries.standing import standing_at

router = APIRouter(tags=["governance"])

NEWEST: tuple[Kind, ...] = ("int", "int")
ProposalId = Annotated[Uint256In, Path(alias="proposalId")]


@router.get("/proposals", responses=listing())
def list_proposals(
    at: At,
    proposer: Annotated[AddressIn | None, Query()] = None,
    limit: PageSize = USUAL_PAGE,
    cursor: Cursor = None,
) -> Page[ProposalSummary]:
    """Proposals, the newest first."""
    part = turn(at, "proposals", NEWEST, cursor, limit, proposer=proposer)
    found = proposals.list_proposals(at, proposer, part.after, limit)
    return Page[ProposalSummary](
        items=[_summary(at, row) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.get("/proposals/types", responses=reading())
def list_proposal_types(at: At) -> ProposalTypesOut:
    """The types of proposals, and what each takes of quorum, approval and delay."""
    return ProposalTypesOut(items=types_of(list_terms(at), at.now), as_of=BlockOut.of(at.block))


@router.get("/proposals/{proposalId}", responses=reading(types.UNKNOWN_PROPOSAL))
def get_proposal(at: At, names: Names, proposal_id: ProposalId) -> ProposalOut:
    """A proposal with its state, tallies, and its calls in words."""
    row = find(at, proposal_id)
    calls = told_calls(names, calls_of(at, row), standing_at(at, row.executed_at))
    events = proposals.timeline(at, row.proposal_id)
    return proposal_of(row, _summary(at, row), calls, events, BlockOut.of(at.block))


@router.get("/proposals/{proposalId}/votes", responses=listing(types.UNKNOWN_PROPOSAL))
def list_votes_of_proposal(
    at: At, proposal_id: ProposalId, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[VoteOut]:
    """The votes of a proposal, the newest first."""
    row = find(at, proposal_id)
    part = turn(at, "votes", NEWEST, cursor, limit, proposal=proposal_id)
    found = proposals.list_votes(at, row.proposal_id, None, part.after, limit)
    index = index_at(at, row.snapshot)
    return Page[VoteOut](
        items=[vote_of(vote, index) for vote in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


def find(at: Snapshot, proposal_id: str) -> Row[Any]:
    row = proposals.find_proposal(at, int(proposal_id))
    if row is None:
        raise Problem(
            types.UNKNOWN_PROPOSAL, f"there is no proposal {proposal_id}", proposalId=proposal_id
        )
    return row


def _summary(at: Snapshot, row: Row[Any]) -> ProposalSummary:
    ballot = proposals.ballot_of(at, row)
    return summary_of(row, ballot, index_at(at, row.snapshot), at.now)
