"""Members, what they earned, what they are owed, and accounts as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.base import AmountOut, BlockOut, FactOut, Shape, VotesOut
from backend.api.schemas.juror import JurorSummary
from backend.api.schemas.trade import TradeSummary
from backend.queries.assets import AssetName


class MemberSummary(Shape):
    """A member. Units do not change with time; points (6 decimals) are what they are worth now.

    `held` was earned beyond the member's share and carries no votes yet; `owed` was forfeited by
    rulings beyond what the member had, and is settled by what it earns next; `votes` are those
    that were delegated to it, its own among them unless it delegates to another.
    """

    account: str
    balance: VotesOut
    held: VotesOut
    owed: VotesOut
    votes: VotesOut
    delegate: str | None
    allotted_points: str = Field(description="At genesis, not faded.")
    fact: FactOut = Field(description="The latest log that changed this.")


class MemberOut(MemberSummary):
    """A member, and how much of all votes it has now (basis points, rounded down)."""

    share_bps: int
    as_of: BlockOut


class VotesAtOut(Shape):
    """An account's votes from `since` on, until its next entry; points as of `since`."""

    since: int
    votes: VotesOut
    fact: FactOut


class EarningOut(Shape):
    """What one side of a tranche earned: points (6 decimals) before caps and fading, units after
    the caps."""

    trade_id: str
    tranche: int
    counterparty: str
    points: str
    units: str
    fact: FactOut


class ForfeitOut(Shape):
    """What a ruling on a tranche cost the side at fault: points (6 decimals, rounded up) before the
    cap and fading; units after the cap, taken from the member or owed by it."""

    trade_id: str
    tranche: int
    counterparty: str
    points: str
    units: str
    fact: FactOut


class CreditOut(Shape):
    """What a contract owes an account: the Escrow, for disputes the Court, or the pool of jurors.
    It is to be had with that contract's `withdraw`, of the pool with `withdrawCredit`. Fees are
    owed to the treasury."""

    account: str
    contract: str = Field(description="Who owes it.")
    amount: AmountOut
    fact: FactOut = Field(description="The latest log that changed this.")

    @classmethod
    def of(cls, row: Row[Any], names: Mapping[str, AssetName]) -> CreditOut:
        amount = AmountOut.of(row.asset, row.amount, names)
        fact = FactOut.of(row)
        return cls(account=row.account, contract=row.contract, amount=amount, fact=fact)


class AccountOut(Shape):
    """One account at a glance. Lists are the newest few; the lists themselves have all."""

    account: str
    open_trades: int
    closed_trades: int
    recent_trades: list[TradeSummary]
    live_offers: int
    open_disputes: int = Field(description="Cases before the Court of which it is a side.")
    credits: list[CreditOut]
    member: MemberSummary | None
    juror: JurorSummary | None
    as_of: BlockOut


def member_summary(row: Row[Any], index: int) -> MemberSummary:
    """`index` is units per point now."""
    return MemberSummary(**_summary(row, index))


def member_of(row: Row[Any], index: int, total: int, as_of: BlockOut) -> MemberOut:
    share = row.votes * 10_000 // total if total else 0
    return MemberOut(**_summary(row, index), share_bps=share, as_of=as_of)


def _summary(row: Row[Any], index: int) -> dict[str, Any]:
    return {
        "account": row.account,
        "balance": VotesOut.of(row.units, index),
        "held": VotesOut.of(row.held, index),
        "owed": VotesOut.of(row.owed, index),
        "votes": VotesOut.of(row.votes, index),
        "delegate": row.delegate,
        "allotted_points": str(row.allotted_points),
        "fact": FactOut.of(row),
    }
