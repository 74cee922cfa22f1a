"""What every answer and every body is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from sqlalchemy import Row

from backend.queries.assets import AssetName
from backend.queries.snapshot import Block
from backend.terms.kinds import KIND_NAMES, kind_name

__all__ = [
    "KIND_NAMES",
    "AmountOut",
    "BlockOut",
    "EventOut",
    "FactOut",
    "Page",
    "Shape",
    "VotesOut",
    "kind_name",
]


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

    @classmethod
    def of(cls, block: Block) -> BlockOut:
        return cls(number=block.number, hash=block.hash, time=block.time)


class FactOut(Shape):
    """Where on the chain something was said; `time` is the block's, in unix seconds."""

    transaction_hash: str
    log_index: int
    block_number: int
    block_hash: str
    time: int

    @classmethod
    def of(cls, row: Row[Any]) -> FactOut:
        return cls(
            transaction_hash=row.tx_hash,
            log_index=row.log_index,
            block_number=row.block_number,
            block_hash=row.block_hash,
            time=row.block_time,
        )


class EventOut(Shape):
    """An event as it was told; `args` by the names of the ABI, integers as decimal strings."""

    name: str
    contract: str
    args: dict[str, Any]
    fact: FactOut

    @classmethod
    def of(cls, row: Row[Any]) -> EventOut:
        return cls(name=row.name, contract=row.address, args=row.args, fact=FactOut.of(row))


class AmountOut(Shape):
    """An amount in base units of an asset, the zero address standing for the chain's own coin.

    `decimals` and `symbol` are for showing it, and null where they are not known. A symbol is what
    the token calls itself: anybody can deploy a token of any name.
    """

    asset: str
    value: str = Field(description="Base units, a decimal string.")
    decimals: int | None
    symbol: str | None

    @classmethod
    def of(cls, asset: str, value: int, names: Mapping[str, AssetName]) -> AmountOut:
        name = names.get(asset, AssetName())
        return cls(asset=asset, value=str(value), decimals=name.decimals, symbol=name.symbol)


class VotesOut(Shape):
    """Votes in units, as the contracts count them, and in points (6 decimals) at one time."""

    units: str
    points: str

    @classmethod
    def of(cls, units: int, index: int) -> VotesOut:
        return cls(units=str(units), points=str(units // index))


Item = TypeVar("Item")


class Page(Shape, Generic[Item]):
    """Part of a list; `nextCursor` asks for the next part and is null after the last."""

    items: list[Item]
    next_cursor: str | None
    as_of: BlockOut = Field(description="The block that every fact of this answer is from.")
