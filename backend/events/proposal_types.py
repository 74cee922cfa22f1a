"""What the ProposalTypes tell. Shares are basis points, times unix seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from backend.events.event import Event, Readers


@dataclass(frozen=True, slots=True)
class ProposalTerms:
    """`delay` is seconds between queueing and execution."""

    quorum_bps: int
    approval_bps: int
    delay: int


def _terms(value: Any) -> ProposalTerms:
    return ProposalTerms(*value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalTermsSet(Event):
    """`proposal_type` from 1: fees, dispute rules, assets and arbitrator, treasury, anything."""

    READ: ClassVar[Readers] = {"old_terms": _terms, "new_terms": _terms}

    proposal_type: int
    effective_at: int
    old_terms: ProposalTerms
    new_terms: ProposalTerms
