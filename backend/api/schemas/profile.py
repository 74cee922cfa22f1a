"""An account as those see it who think of trading with it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from backend.api.schemas.base import AmountOut, BlockOut, Shape, kind_name
from backend.api.schemas.label import LabelOut
from backend.api.schemas.members import MemberOut
from backend.api.schemas.review import RatingOut
from backend.queries.assets import AssetName
from backend.queries.profile import Record


class DealingsOut(Shape):
    """Trades of one kind in which the account was on one side."""

    kind: int
    kind_name: str
    template: str | None = Field(
        description="Null where the offer's text is not kept here, or is of no template."
    )
    side: str = Field(description="What it did: pays, performs, both or neither.")
    open: int
    closed: int
    volume: list[AmountOut] = Field(
        description="What performers were paid, fees included, where it paid or performed."
    )


class PunctualityOut(Shape):
    """Tranches that it was to perform. One that it gave up, or closed by an agreed split, before it
    was due is in neither number."""

    on_time: int
    late: int
    on_time_bps: int | None = Field(description="Rounded down; null where there was none.")


class DisputeCountsOut(Shape):
    """Disputed tranches that it performed or checked. A ruling was won where it gave this side more
    than half, even where it gave half; `defaulted`: nobody ruled in time; `settled`: the sides
    ended it themselves."""

    open: int
    won: int
    lost: int
    even: int
    defaulted: int
    settled: int


class ReviewCountsOut(Shape):
    """Reviews that were revealed."""

    received: int
    given: int


class ProfileOut(Shape):
    """An account at one block. `trades`, and the numbers of counterparties, of tranches in time and
    of disputes, are of the newest `tradesCounted` of its `tradesInAll`."""

    account: str
    trades: list[DealingsOut]
    trades_counted: int
    trades_in_all: int
    counterparties: int = Field(description="Others that closed trades name, each once.")
    punctuality: PunctualityOut
    disputes: DisputeCountsOut
    reviews: ReviewCountsOut
    rating: RatingOut | None = Field(description="Null: nobody has reviewed it.")
    member: MemberOut | None = Field(description="Reputation and votes; null: it has none.")
    labels: list[LabelOut]
    as_of: BlockOut


def dealings_of(record: Record, names: Mapping[str, AssetName]) -> list[DealingsOut]:
    """By kind, template and side."""
    ways = sorted(record.dealings, key=lambda way: (way[0], way[1] or "", way[2]))
    return [
        DealingsOut(
            kind=way[0],
            kind_name=kind_name(way[0]),
            template=way[1],
            side=way[2],
            open=record.dealings[way].open,
            closed=record.dealings[way].closed,
            volume=_amounts(record.dealings[way].volume, names),
        )
        for way in ways
    ]


def punctuality_of(record: Record) -> PunctualityOut:
    return PunctualityOut(on_time=record.on_time, late=record.late, on_time_bps=record.on_time_bps)


def disputes_of(record: Record) -> DisputeCountsOut:
    return DisputeCountsOut(
        **{name: record.disputes[name] for name in DisputeCountsOut.model_fields}
    )


def _amounts(volume: Mapping[str, int], names: Mapping[str, AssetName]) -> list[AmountOut]:
    return [AmountOut.of(asset, volume[asset], names) for asset in sorted(volume)]
