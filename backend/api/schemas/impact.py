"""What a proposal would have changed in the trades of a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from backend.api.schemas.base import AmountOut, BlockOut, Shape, kind_name
from backend.queries.assets import AssetName
from backend.queries.impact import NOTHING, ClosedTrade, Dispute, Sums
from backend.terms.jury import JuryRules
from backend.terms.payout import Payout
from backend.terms.replay import median


class FeesOut(Shape):
    """Fees in base units: what was `paid` under the rules each trade pinned; what the rules that
    the proposal starts from would have made of the same trades (`current`); and the `proposed`."""

    paid: str
    current: str
    proposed: str

    @classmethod
    def of(cls, sums: Sums) -> FeesOut:
        return cls(paid=str(sums.paid), current=str(sums.current), proposed=str(sums.proposed))


class GroupOut(Shape):
    """Accounts that would pay more, or less. Amounts are base units, of one account over all its
    trades; the median of two middle ones is their mean, rounded down."""

    accounts: int
    median: str | None
    largest: str | None
    whose: str | None = Field(description="The account with the largest.")


class AssetImpactOut(Shape):
    """All closed trades in one asset; performers pay the fees."""

    asset: str
    symbol: str | None
    decimals: int | None
    trades: int
    fees: FeesOut
    at_risk: AmountOut = Field(
        description="The part of `proposed` that comes from trades with `obstacles`: as they were"
        " signed they could not have been opened."
    )
    more: GroupOut
    less: GroupOut
    same: int = Field(description="Accounts.")


class DisputesOut(Shape):
    """Disputed tranches of these trades, in counts. `pastDeadline`: settled later than the proposed
    rules allow, and in time under the current ones. `heard`: at least one panel ruled; the fees of
    those panels are in wei, under either rules, for as many rounds as these allow."""

    all: int
    jury_differs: int
    deadline_differs: int
    split_differs: int
    past_deadline: int
    heard: int
    current_juror_fees: str
    proposed_juror_fees: str


class OpenTradesOut(Shape):
    """Open trades by the version of the rules they pin: no proposal touches them."""

    version: int
    trades: int


class PayerOut(Shape):
    """What one performer of a trade pays."""

    account: str
    fees: FeesOut


class SharesOut(Shape):
    """What silence until the deadline would have given, in base units."""

    ruling_due: int | None = Field(description="The last second to rule in, unix seconds.")
    jurors: int | None = Field(description="Of the first panel.")
    arbitration_fee: str | None = Field(description="What each side deposits for it, in wei.")
    to_performer: str
    to_checker: str
    fee: str

    @classmethod
    def of(cls, due: int | None, jury: JuryRules | None, payout: Payout) -> SharesOut:
        return cls(
            ruling_due=due,
            jurors=None if jury is None else jury.jurors,
            arbitration_fee=None if jury is None else str(jury.arbitration_fee()),
            to_performer=str(payout.to_performer),
            to_checker=str(payout.to_checker),
            fee=str(payout.fee),
        )


class DisputeImpactOut(Shape):
    """A disputed tranche. Shares follow from how it ended; where it `defaulted`, from the rules."""

    tranche: int
    status: str
    disputed_at: int
    closed_at: int
    current: SharesOut
    proposed: SharesOut
    jury_differs: bool
    past_deadline: bool
    case_id: str | None = Field(description="Its case before the Court, if one was opened.")
    ruled_rounds: int = Field(description="How many panels ruled.")
    current_juror_fees: str | None = Field(description="What these would be paid, in wei.")
    proposed_juror_fees: str | None

    @classmethod
    def of(cls, dispute: Dispute) -> DisputeImpactOut:
        closed = dispute.closed
        assert closed.disputed_at is not None
        return cls(
            tranche=closed.tranche,
            status=str(closed.status),
            disputed_at=closed.disputed_at,
            closed_at=closed.closed_at,
            current=SharesOut.of(dispute.current_due, dispute.current_jury, dispute.current),
            proposed=SharesOut.of(dispute.proposed_due, dispute.proposed_jury, dispute.proposed),
            jury_differs=dispute.jury_differs,
            past_deadline=dispute.past_deadline,
            case_id=closed.case_id,
            ruled_rounds=closed.ruled_rounds,
            current_juror_fees=_text(dispute.current_juror_fees),
            proposed_juror_fees=_text(dispute.proposed_juror_fees),
        )


class TradeImpactOut(Shape):
    """One closed trade. `obstacles`: `feeAboveCeiling`, `assetNotAllowed`."""

    id: str
    kind: str
    asset: str
    closed_at: int
    rules_version: int
    fee_bps: FeesOut = Field(description="Basis points: pinned, and of the two rules.")
    fees: FeesOut
    payers: list[PayerOut]
    obstacles: list[str]
    disputes: list[DisputeImpactOut]

    @classmethod
    def of(cls, trade: ClosedTrade) -> TradeImpactOut:
        row = trade.row
        before, after = trade.fee_bps
        return cls(
            id=row.trade_id,
            kind=kind_name(row.kind),
            asset=row.asset,
            closed_at=row.closed_at,
            rules_version=row.rules_version,
            fee_bps=FeesOut.of(Sums(row.fee_bps, before, after)),
            fees=FeesOut.of(trade.sums),
            payers=[
                PayerOut(account=account, fees=FeesOut.of(sums))
                for account, sums in trade.by_payer.items()
            ],
            obstacles=list(trade.obstacles),
            disputes=[DisputeImpactOut.of(dispute) for dispute in trade.disputes],
        )


class ImpactOut(Shape):
    """A proposal over the closed trades of the last `days`, all of which `items` lists part by part
    whatever the filters: the sums above them are of all."""

    proposal_id: str
    days: int
    since: int = Field(description="Trades closed after this second, unix.")
    trades: int
    unread_calls: int = Field(description="Calls that nobody here can read: not in these figures.")
    assets: list[AssetImpactOut]
    disputes: DisputesOut
    open_trades: list[OpenTradesOut]
    items: list[TradeImpactOut]
    next_cursor: str | None
    as_of: BlockOut


def assets_of(found: Sequence[ClosedTrade], names: Mapping[str, AssetName]) -> list[AssetImpactOut]:
    """By address."""
    by_asset: dict[str, list[ClosedTrade]] = {}
    for trade in found:
        by_asset.setdefault(trade.row.asset, []).append(trade)
    return [_asset(asset, by_asset[asset], names) for asset in sorted(by_asset)]


def _asset(
    asset: str, found: Sequence[ClosedTrade], names: Mapping[str, AssetName]
) -> AssetImpactOut:
    name = names.get(asset, AssetName())
    accounts: dict[str, Sums] = {}
    for trade in found:
        for account, sums in trade.by_payer.items():
            accounts[account] = accounts.get(account, NOTHING) + sums
    changes = {account: sums.change for account, sums in accounts.items()}
    at_risk = sum(trade.sums.proposed for trade in found if trade.obstacles)
    return AssetImpactOut(
        asset=asset,
        symbol=name.symbol,
        decimals=name.decimals,
        trades=len(found),
        fees=FeesOut.of(sum((trade.sums for trade in found), NOTHING)),
        at_risk=AmountOut.of(asset, at_risk, names),
        more=_group({account: change for account, change in changes.items() if change > 0}),
        less=_group({account: -change for account, change in changes.items() if change < 0}),
        same=sum(change == 0 for change in changes.values()),
    )


def _group(changes: Mapping[str, int]) -> GroupOut:
    if not changes:
        return GroupOut(accounts=0, median=None, largest=None, whose=None)
    # Of equal ones the first by address, so that the same question has the same answer.
    whose = min(changes, key=lambda account: (-changes[account], account))
    return GroupOut(
        accounts=len(changes),
        median=str(median(list(changes.values()))),
        largest=str(changes[whose]),
        whose=whose,
    )


def disputes_of(found: Sequence[ClosedTrade]) -> DisputesOut:
    disputes = [dispute for trade in found for dispute in trade.disputes]
    return DisputesOut(
        all=len(disputes),
        jury_differs=sum(dispute.jury_differs for dispute in disputes),
        deadline_differs=sum(dispute.deadline_differs for dispute in disputes),
        split_differs=sum(dispute.split_differs for dispute in disputes),
        past_deadline=sum(dispute.past_deadline for dispute in disputes),
        heard=sum(dispute.closed.ruled_rounds > 0 for dispute in disputes),
        current_juror_fees=str(sum(dispute.current_juror_fees or 0 for dispute in disputes)),
        proposed_juror_fees=str(sum(dispute.proposed_juror_fees or 0 for dispute in disputes)),
    )


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
