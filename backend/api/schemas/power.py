"""What an account's votes weigh, when, and the trades that may add to them."""

from __future__ import annotations

from pydantic import Field

from backend.api.schemas.base import BlockOut, Shape, VotesOut
from backend.api.schemas.trade import TradeTupleOut


class FadingOut(Shape):
    """What the votes of now are worth from `time` (unix seconds) on, if nothing is earned, lost or
    delegated until then."""

    time: int
    votes: VotesOut


class PowerOut(Shape):
    """An account's votes, its own and those delegated to it, at one moment, and how they fade."""

    account: str
    time: int = Field(description="What was asked for, unix seconds; now if nothing was.")
    votes: VotesOut = Field(description="At `time`.")
    share_bps: int = Field(description="Of all votes at `time`, rounded down.")
    fading: list[FadingOut] = Field(
        description="From now on, then at the start of each week of the reputation."
    )
    as_of: BlockOut


class ClaimableTradeOut(Shape):
    """A closed trade that nobody has claimed reputation for. Not every one earns: what was given
    back paid no fee."""

    id: str
    closed_at: int
    trade: TradeTupleOut


class ClaimableOut(Shape):
    """Trades for one call of `Reputation.claim`, which counts for all their parties."""

    escrow: str
    items: list[ClaimableTradeOut] = Field(description="Those closed first, 20 at most.")
    in_all: int = Field(description="How many there are, these among them.")
    as_of: BlockOut
