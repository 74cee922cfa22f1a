"""Proposals, their ballots, and the votes cast."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import events, proposals, votes
from backend.queries.ballot import BPS, Ballot
from backend.queries.members import index_at, total_units
from backend.queries.paging import Part, part_of
from backend.queries.snapshot import Snapshot

GOVERNOR = "MarketGovernor"


def list_proposals(
    snapshot: Snapshot, proposer: str | None, after: Sequence[int] | None, limit: int
) -> Part:
    """Newest first."""
    query = select(proposals)
    if proposer is not None:
        query = query.where(proposals.c.proposer == proposer)
    order = (proposals.c.block_number, proposals.c.log_index)
    return part_of(snapshot.connection, query, order, after, limit)


def find_proposal(snapshot: Snapshot, proposal_id: int) -> Row[Any] | None:
    query = select(proposals).where(proposals.c.proposal_id == proposal_id)
    return snapshot.connection.execute(query).one_or_none()


def snapshots_of(snapshot: Snapshot, proposal_ids: Collection[int]) -> Mapping[int, int]:
    """When the votes of these proposals are weighed (unix seconds)."""
    query = select(proposals.c.proposal_id, proposals.c.snapshot)
    rows = snapshot.connection.execute(query.where(proposals.c.proposal_id.in_(proposal_ids)))
    return {row.proposal_id: row.snapshot for row in rows}


def timeline(snapshot: Snapshot, proposal_id: int) -> Sequence[Row[Any]]:
    """Every event of this proposal but the votes, oldest first."""
    query = select(events).where(
        events.c.proposal_id == str(proposal_id), events.c.name.not_like("VoteCast%")
    )
    order = (events.c.block_number, events.c.log_index)
    return snapshot.connection.execute(query.order_by(*order)).all()


def ballot_of(snapshot: Snapshot, row: Row[Any]) -> Ballot:
    """What the state of a proposal follows from."""
    return Ballot(
        snapshot=row.snapshot,
        deadline=row.deadline,
        eta=row.eta,
        grace=snapshot.constant(GOVERNOR, "grace"),
        votes_for=row.for_votes,
        votes_against=row.against_votes,
        votes_abstain=row.abstain_votes,
        quorum=quorum_at(snapshot, row.snapshot, row.quorum_bps),
        approval_bps=row.approval_bps,
        executed=row.executed_at is not None,
        canceled=row.canceled_at is not None,
    )


def quorum_at(snapshot: Snapshot, time: int, bps: int) -> int | None:
    """Units that must vote for or abstain where votes are weighed at `time`; None before that."""
    if time >= snapshot.now:
        return None
    floor = snapshot.constant(GOVERNOR, "quorumFloor") * index_at(snapshot, time)
    return max(total_units(snapshot, time) * bps // BPS, floor)


def list_votes(
    snapshot: Snapshot,
    proposal_id: int | None,
    voter: str | None,
    after: Sequence[int] | None,
    limit: int,
) -> Part:
    """Newest first."""
    query = select(votes)
    if proposal_id is not None:
        query = query.where(votes.c.proposal_id == proposal_id)
    if voter is not None:
        query = query.where(votes.c.voter == voter)
    order = (votes.c.block_number, votes.c.log_index)
    return part_of(snapshot.connection, query, order, after, limit)
