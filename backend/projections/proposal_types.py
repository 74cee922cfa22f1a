"""What each type of proposal takes, and so what a proposal does."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import proposal_terms
from backend.events.proposal_types import ProposalTerms, ProposalTermsSet
from backend.projections.registry import origin, projects

TYPES = 5
MASK = (1 << TYPES) - 1


@projects(ProposalTermsSet)
def proposal_terms_set(event: ProposalTermsSet, rows: Rows) -> None:
    old, new = event.old_terms, event.new_terms
    rows.add(
        proposal_terms,
        proposal_type=event.proposal_type,
        effective_at=event.effective_at,
        quorum_bps=new.quorum_bps,
        approval_bps=new.approval_bps,
        delay=new.delay,
        old_quorum_bps=old.quorum_bps,
        old_approval_bps=old.approval_bps,
        old_delay=old.delay,
        **origin(event),
    )


def types_in(vote_start: int, vote_end: int) -> int:
    """A proposal's types, type t as bit t - 1: the last five bits of its vote's duration."""
    return vote_end - vote_start & MASK


def strictest(rows: Rows, types: int, snapshot: int) -> ProposalTerms:
    """The strictest of each number among these types, for a proposal with this snapshot."""
    quorum = approval = delay = 0
    for place in range(TYPES):
        if not types >> place & 1:
            continue
        told = rows.where(proposal_terms, proposal_type=place + 1)
        holds = max(
            (row for row in told if row["effective_at"] <= snapshot),
            key=lambda row: int(row["effective_at"]),
        )
        quorum = max(quorum, holds["quorum_bps"])
        approval = max(approval, holds["approval_bps"])
        delay = max(delay, holds["delay"])
    return ProposalTerms(quorum, approval, delay)
