"""What every answer and every body is made of."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Shape(BaseModel):
    """JSON in camel case; nothing more than what is named, and no silent conversion."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        strict=True,
        frozen=True,
    )


class BlockOut(Shape):
    """A block of the chain; `time` is in unix seconds."""

    number: int
    hash: str
    time: int


class FactOut(Shape):
    """Where on the chain something was said; `time` is the block's, in unix seconds."""

    transaction_hash: str
    log_index: int
    block_number: int
    block_hash: str
    time: int


class AmountOut(Shape):
    """An amount in base units of an asset, the zero address standing for the chain's own coin.

    `decimals` and `symbol` are for showing it, and null where they are not known.
    """

    asset: str
    value: str = Field(description="Base units, a decimal string.")
    decimals: int | None
    symbol: str | None


Item = TypeVar("Item")


class Page(Shape, Generic[Item]):
    """Part of a list; `nextCursor` asks for the next part and is null after the last."""

    items: list[Item]
    next_cursor: str | None
    as_of: BlockOut = Field(description="The block that every fact of this answer is from.")
