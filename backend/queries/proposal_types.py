"""The types of proposals, and what each takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from backend.db.tables import proposal_terms
from backend.queries.snapshot import Snapshot
from backend.terms.standing import PROPOSAL_TYPES


def names_of(types: int) -> list[str]:
    """Of type t, which is bit t - 1."""
    return [name for place, name in enumerate(PROPOSAL_TYPES) if types >> place & 1]


def list_terms(snapshot: Snapshot) -> Sequence[Row[Any]]:
    """Every change of what a type takes; by type, oldest first."""
    order = (proposal_terms.c.proposal_type, proposal_terms.c.effective_at)
    return snapshot.connection.execute(select(proposal_terms).order_by(*order)).all()
