"""What happened in the market, in sums."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import Field

from backend.api.schemas.base import AmountOut, BlockOut, Shape, kind_name
from backend.queries.analytics import Money, Period
from backend.queries.assets import AssetName
from backend.queries.concentration import Concentration


class AssetSumsOut(Shape):
    """One asset, in base units. `volume` is what tranches that closed were about: `paid` to who
    delivered, `returned` to who had paid in, and `fees`, which all go to the treasury."""

    asset: str
    symbol: str | None
    decimals: int | None
    opened: str = Field(description="The amounts of the trades that were opened.")
    volume: str
    paid: str
    returned: str
    fees: str
    spent: str = Field(description="Paid out of the treasury by executed proposals.")

    @classmethod
    def of(cls, asset: str, money: Money, names: Mapping[str, AssetName]) -> AssetSumsOut:
        name = names.get(asset, AssetName())
        return cls(
            asset=asset,
            symbol=name.symbol,
            decimals=name.decimals,
            opened=str(money.opened),
            volume=str(money.volume),
            paid=str(money.paid),
            returned=str(money.returned),
            fees=str(money.fees),
            spent=str(money.spent),
        )


class CountOut(Shape):
    """How many of one sort there were."""

    name: str
    count: int


class CasesOut(Shape):
    """Disputes before the Court. `decisions` are of the cases that closed, by what decided them,
    or by how they ended where nothing did; `median` and `ninetieth` their seconds from opening to
    closing: of two middle ones the mean, rounded down, and what nine of ten did not exceed."""

    opened: int
    closed: int
    decisions: list[CountOut]
    median: int | None
    ninetieth: int | None


class FiguresOut(Shape):
    """A day of UTC, by its date, or a version of the rules, by its number. Trades, tranches and
    cases count for the version that they pin. `proposals` and `turnoutBps`, the mean share of all
    votes that was cast on them in basis points, count at their snapshots once the vote is over;
    they and what was spent belong to no version."""

    period: str
    time: int | None = Field(description="The day's first second; null for a version.")
    opened: int
    closed: int
    kinds: list[CountOut] = Field(description="Trades that were opened.")
    outcomes: list[CountOut] = Field(description="Tranches that closed, by how.")
    disputed: int = Field(description="Tranches that were disputed at the Escrow.")
    cases: CasesOut
    proposals: int
    turnout_bps: int | None
    money: list[AssetSumsOut]

    @classmethod
    def of(
        cls, key: int, period: Period, names: Mapping[str, AssetName], *, day: bool
    ) -> FiguresOut:
        return cls(
            period=datetime.fromtimestamp(key, UTC).date().isoformat() if day else str(key),
            time=key if day else None,
            opened=period.opened,
            closed=period.closed,
            kinds=_counts({kind_name(kind): count for kind, count in period.kinds.items()}),
            outcomes=_counts(period.outcomes),
            disputed=period.disputed,
            cases=CasesOut(
                opened=period.cases,
                closed=len(period.lengths),
                decisions=_counts(period.decisions),
                median=period.median_length,
                ninetieth=period.long_length,
            ),
            proposals=len(period.turnouts),
            turnout_bps=period.mean_turnout,
            money=[
                AssetSumsOut.of(asset, one, names) for asset, one in sorted(period.money.items())
            ],
        )


class ConcentrationOut(Shape):
    """How evenly the votes of now are spread. Shares in basis points, rounded down; `nakamoto` is
    how few voters have more than half together; `giniBps` is 0 where all have as much."""

    voters: int
    largest_bps: int
    ten_largest_bps: int
    nakamoto: int
    gini_bps: int

    @classmethod
    def of(cls, found: Concentration) -> ConcentrationOut:
        return cls(
            voters=found.voters,
            largest_bps=found.largest_bps,
            ten_largest_bps=found.ten_largest_bps,
            nakamoto=found.nakamoto,
            gini_bps=found.gini_bps,
        )


class TreasuryOut(Shape):
    """What the treasury earned by fees since the deployment, what of it the Escrow still owes, and
    what was paid out. What somebody sends it otherwise is in none of these."""

    account: str
    earned: list[AmountOut]
    owed: list[AmountOut]
    spent: list[AmountOut]


class AnalyticsOut(Shape):
    """The periods in which anything happened, the oldest first."""

    since: int
    until: int = Field(description="The first second that is not counted any more.")
    by: str
    items: list[FiguresOut]
    concentration: ConcentrationOut
    treasury: TreasuryOut
    as_of: BlockOut


def _counts(counted: Mapping[str, int]) -> list[CountOut]:
    return [CountOut(name=name, count=count) for name, count in sorted(counted.items())]
