"""How the service fares."""

from __future__ import annotations

from pydantic import Field

from backend.api.schemas.base import BlockOut, Shape


class HealthOut(Shape):
    """The process answers; nothing is said of the database or the node."""

    status: str


class HeadOut(Shape):
    """The newest block the indexer was told of, `seenAt` (wall clock, unix seconds)."""

    number: int
    seen_at: int


class StatusOut(Shape):
    """How far the index is, and whether trades can be opened.

    `chainTime` is the clock of every deadline: the time of the indexed block.
    """

    chain_id: int
    contracts: dict[str, str]
    indexed: BlockOut
    head: HeadOut | None
    lag: int | None = Field(description="Blocks between the head and the index.")
    final: int | None = Field(description="Blocks up to this one are not undone.")
    halted: str | None = Field(description="Why the indexer stopped for good, if it did.")
    chain_time: int
    rules_version: int | None = Field(description="The version in force.")
    opening_paused_until: int | None
    as_of: BlockOut
