"""The types of proposals, and what each takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import BlockOut, FactOut, Shape
from backend.terms.standing import PROPOSAL_TYPES


class TermsOut(Shape):
    """What proposals take whose votes are weighed at `effectiveAt` or later."""

    effective_at: int
    quorum_bps: int = Field(description="Of all votes.")
    approval_bps: int = Field(description="Of the votes for and against.")
    delay: int = Field(description="Seconds from queueing to execution.")
    fact: FactOut


class ProposalTypeOut(Shape):
    """A type of proposal. One of several types takes the strictest of each number."""

    type: str
    terms: TermsOut = Field(description="Those of a proposal whose votes are weighed now.")
    pending: TermsOut | None
    history: list[TermsOut] = Field(description="The newest first.")


class ProposalTypesOut(Shape):
    """Every type, in the order of the contract."""

    items: list[ProposalTypeOut]
    as_of: BlockOut


def types_of(rows: Sequence[Row[Any]], now: int) -> list[ProposalTypeOut]:
    """From every change, by type, oldest first."""
    return [
        _type(name, [row for row in rows if row.proposal_type == number], now)
        for number, name in enumerate(PROPOSAL_TYPES, 1)
        if any(row.proposal_type == number for row in rows)
    ]


def _type(name: str, rows: Sequence[Row[Any]], now: int) -> ProposalTypeOut:
    told = [_terms(row) for row in rows]
    begun = [terms for terms in told if terms.effective_at <= now]
    later = [terms for terms in told if terms.effective_at > now]
    return ProposalTypeOut(
        type=name,
        terms=begun[-1],
        pending=later[-1] if later else None,
        history=told[::-1],
    )


def _terms(row: Row[Any]) -> TermsOut:
    return TermsOut(
        effective_at=row.effective_at,
        quorum_bps=row.quorum_bps,
        approval_bps=row.approval_bps,
        delay=row.delay,
        fact=FactOut.of(row),
    )
