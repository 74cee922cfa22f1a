"""What the stream of blocks says."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import BlockOut, FactOut, Shape


class ChangeOut(Shape):
    """An event of the chain in short: what to read again."""

    name: str
    trade_id: str | None
    proposal_id: str | None
    case_id: str | None = Field(description="The dispute that it is of.")
    fact: FactOut

    @classmethod
    def of(cls, row: Row[Any]) -> ChangeOut:
        return cls(
            name=row.name,
            trade_id=row.trade_id,
            proposal_id=row.proposal_id,
            case_id=row.case_id,
            fact=FactOut.of(row),
        )


class NewsOut(Shape):
    """The index is at `block`; `changes` happened since the block of the last message, or more did
    and `complete` is false. `undone` if blocks that were told of are no longer part of the chain:
    then everything is to be read again."""

    block: BlockOut
    undone: bool
    changes: list[ChangeOut]
    complete: bool = Field(description="Whether `changes` has all of them.")
