"""Posted offers as they are shown, with all that a taker needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.schemas.asked import BudgetOut, ProgressOut, budget_of, requirements
from backend.api.schemas.base import AmountOut, BlockOut, Shape, kind_name
from backend.api.schemas.content import ContentOut, Kept
from backend.api.schemas.maker import MakerOut
from backend.api.schemas.offer_rows import OfferRows
from backend.api.schemas.signed import OfferShape, SignatureShape, SplitShape
from backend.queries.assets import AssetName
from backend.terms.acceptability import budget_per_fill, funding, seats_of_takers
from backend.terms.offer import ZERO_ADDRESS, Offer


class FillsOut(Shape):
    """How many trades may be opened from it, and which numbers are free: the lowest few."""

    total: int
    taken: int
    free: list[int]


class FundingOut(Shape):
    """What a party puts in when one fill is opened; `party` is null for the taker."""

    party: str | None
    amount: AmountOut


class OfferTupleOut(Shape):
    """The `offer` argument of the Escrow's functions, its members in the order of the ABI; packed
    words as decimal strings."""

    asset: str
    parties: list[str]
    tranches: list[str]
    content_hash: str
    conditions: str


class TakingOut(Shape):
    """How to take it: `openTrade(offer, fill, signatures)` of the Escrow, with any free fill.

    `taker` is null where anyone may. `signatures` are in the order of the parties. `value` is the
    coin to send along, in base units.
    """

    taker: str | None
    signatures: list[str]
    value: str


class UnlistedOut(Shape):
    """Why an offer is in no list: a maker withdrew it, or the operator hid it by a rule. Neither
    ends it on the chain."""

    why: str = Field(description="withdrawn or hidden.")
    by: str | None = Field(description="The maker who withdrew it.")
    rule: str | None
    reason: str | None
    since: int = Field(description="Wall clock, unix seconds.")


class OfferOut(Shape):
    """A signed offer. `state` is live, expired (also if it was to start before now), cancelled or
    filled."""

    hash: str
    chain_id: int
    escrow: str
    state: str
    takeable: bool = Field(description="Opening it would succeed now, as far as the index knows.")
    obstacles: list[str] = Field(description="Why not: names of problems.")
    funds_checked: bool = Field(
        description="Whether balance and allowance of makers who fund in a token were looked at, as"
        " of this block. False where the node could not be asked: then what they lack is not told."
    )
    side: str = Field(
        description="What the taker does: pays (an offer), performs (a request), both or neither."
    )
    private: bool = Field(description="For one account: there is no open place.")
    template: str | None
    area: str | None = Field(description="A geohash, as coarse as the makers chose.")
    calendar: str | None = Field(description="The thing of the maker's that it is about.")
    booked: list[str] = Field(
        description="Open trades about the same thing of the maker's at the same time. The escrow"
        " opens another one all the same: a warning, and no obstacle."
    )
    answers: str | None = Field(description="The offer that it is a counter-offer to.")
    kind: int
    kind_name: str
    amount: AmountOut = Field(description="Of all tranches of one fill.")
    fee_bps: int | None = Field(description="The fee in force for its kind, in basis points.")
    fills: FillsOut
    funding: list[FundingOut]
    budget: BudgetOut | None = Field(description="Null where no party is a sponsor.")
    requirements: list[str] = Field(description="What whoever takes it must have, in words.")
    makers: list[MakerOut] = Field(
        description="What others say and attest of those who signed, by their places."
    )
    offer: OfferShape
    content: ContentOut = Field(description="What `contentHash` speaks of.")
    text: str | None = Field(description="What `contentHash` is the hash of, if it was posted.")
    signatures: list[SignatureShape]
    taking: list[TakingOut]
    argument: OfferTupleOut
    posted_at: int = Field(description="Wall clock, unix seconds.")
    unlisted: UnlistedOut | None = Field(
        description="Not null: only who asks for it by its hash is told of it; of one that was"
        " withdrawn neither signatures nor how to take it."
    )


class OfferAtOut(OfferOut):
    """One offer, as of a block."""

    progress: ProgressOut | None = Field(description="Null where no party is a sponsor.")
    splits: list[SplitShape] = Field(
        description="What makers signed beforehand: who is on the other side of the tranche can"
        " close it so alone, with `Escrow.split`."
    )
    as_of: BlockOut


class NegotiationOut(Shape):
    """Offers that answer one another."""

    items: list[OfferOut]
    as_of: BlockOut


@dataclass(frozen=True, slots=True)
class Market:
    """What is in force, for telling whether offers can be taken now."""

    now: int
    fees: Sequence[int]
    allowed: frozenset[str]
    paused: bool
    names: Mapping[str, AssetName]
    kept: Kept
    known: Mapping[str, MakerOut]

    def fee_of(self, kind: int) -> int | None:
        return self.fees[kind - 1] if 1 <= kind <= len(self.fees) else None


def offer_of(found: OfferRows, market: Market, lacking: Sequence[str] | None) -> OfferOut:
    """`lacking` are the obstacles that its makers' funds are, None where nobody could be asked."""
    return OfferOut(**_members(found, market, lacking))


def offer_at(
    found: OfferRows,
    market: Market,
    lacking: Sequence[str] | None,
    paid: int | None,
    splits: Sequence[Row[Any]],
    as_of: BlockOut,
) -> OfferAtOut:
    """`lacking` are the obstacles that its makers' funds are, None where nobody could be asked;
    `paid` is what was paid of a sponsor's money, `splits` what was signed beforehand."""
    progress = None if paid is None else _progress(found, market, paid)
    return OfferAtOut(
        **_members(found, market, lacking),
        progress=progress,
        splits=[SplitShape.of(row) for row in splits],
        as_of=as_of,
    )


def _progress(found: OfferRows, market: Market, paid: int) -> ProgressOut:
    amount = AmountOut.of(found.row.asset, paid, market.names)
    return ProgressOut(taken=len(found.taken), total=found.row.fills, paid=amount)


def _members(found: OfferRows, market: Market, lacking: Sequence[str] | None) -> dict[str, Any]:
    row, offer = found.row, found.offer()
    obstacles = [*_obstacles(found, market), *(lacking or ())]
    packed = offer.pack()
    owed = funding(offer)
    return {
        "hash": row.offer_hash,
        "chain_id": row.chain_id,
        "escrow": row.escrow,
        "state": found.state(market.now),
        "takeable": not obstacles,
        "obstacles": obstacles,
        "funds_checked": lacking is not None,
        "side": row.side,
        "private": row.is_private,
        "template": row.template,
        "area": row.area,
        "calendar": row.calendar,
        "booked": list(found.booked),
        "answers": row.answers,
        "kind": row.kind,
        "kind_name": kind_name(row.kind),
        "amount": AmountOut.of(
            row.asset, sum(t.amount for t in offer.terms.tranches), market.names
        ),
        "fee_bps": market.fee_of(row.kind),
        "fills": FillsOut(total=row.fills, taken=len(found.taken), free=found.free_fills()),
        "funding": [
            FundingOut(
                party=None if party == ZERO_ADDRESS else party,
                amount=AmountOut.of(row.asset, amount, market.names),
            )
            for party, amount in zip(row.parties, owed, strict=True)
            if amount
        ],
        "budget": budget_of(offer, found.budget, market.names),
        "requirements": requirements(offer.listing),
        "makers": [
            market.known[party] for party in dict.fromkeys(row.parties) if party in row.signatures
        ],
        "offer": OfferShape.of(offer),
        "content": ContentOut.of(row.content_hash, market.kept),
        "text": row.text,
        "signatures": [
            SignatureShape(party=party, signature=row.signatures[party])
            for party in row.parties
            if party in row.signatures and found.withdrawal is None
        ],
        "taking": _takings(row, offer) if found.withdrawal is None else [],
        "argument": OfferTupleOut(
            asset=packed[0],
            parties=list(packed[1]),
            tranches=[str(word) for word in packed[2]],
            content_hash="0x" + packed[3].hex(),
            conditions=str(packed[4]),
        ),
        "posted_at": row.posted_at,
        "unlisted": _unlisted(found),
    }


def _unlisted(found: OfferRows) -> UnlistedOut | None:
    gone, hidden = found.withdrawal, found.hiding
    if gone is not None:
        since = gone.withdrawn_at
        return UnlistedOut(why="withdrawn", by=gone.by, rule=None, reason=None, since=since)
    if hidden is not None:
        return UnlistedOut(
            why="hidden",
            by=None,
            rule=hidden.rule,
            reason=hidden.reason,
            since=hidden.decided_at,
        )
    return None


def _takings(row: Row[Any], offer: Offer) -> list[TakingOut]:
    """One for each party that may take it and whose partners have all signed."""
    value = sum(funding(offer)) if offer.terms.asset == ZERO_ADDRESS else 0
    told = []
    for seat in seats_of_takers(offer):
        others = [party for place, party in enumerate(row.parties) if place != seat]
        if all(party in row.signatures for party in others):
            taker = row.parties[seat]
            told.append(
                TakingOut(
                    taker=None if taker == ZERO_ADDRESS else taker,
                    signatures=[row.signatures[party] for party in others],
                    value=str(value),
                )
            )
    return told


def _obstacles(found: OfferRows, market: Market) -> list[str]:
    row, state = found.row, found.state(market.now)
    fee = market.fee_of(row.kind)
    left = 0 if found.budget is None else int(found.budget.amount)
    told = {
        f"offer-{state}": state != "live",
        "offer-not-yet-valid": market.now < row.created_at,
        "offer-low-budget": left < budget_per_fill(found.offer()),
        "offer-fee-above-ceiling": fee is None or fee > row.max_fee_bps,
        "offer-asset-not-allowed": row.asset not in market.allowed,
        "opening-paused": market.paused,
    }
    return [name for name, stands in told.items() if stands]
