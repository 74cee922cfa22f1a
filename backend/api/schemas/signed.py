"""Offers as they are posted: what was signed, field by field, and the signatures."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.fields import (
    AddressIn,
    Bytes32In,
    SignatureIn,
    TextIn,
    Uint40In,
    Uint128In,
)
from backend.api.schemas.base import Shape
from backend.terms.offer import Listing, Offer, Terms, Tranche

Uint8 = Annotated[int, Field(ge=0, lt=2**8)]
Uint16 = Annotated[int, Field(ge=0, lt=2**16)]
Uint32 = Annotated[int, Field(ge=0, lt=2**32)]
MAX_PRESIGNED = 200
Uint40 = Annotated[int, Field(ge=0, lt=2**40)]


class TrancheShape(Shape):
    """Roles are indexes into the parties; `amount` is in base units and includes the fee.

    `dueIn` is in seconds from the start, `reviewPeriod` in seconds from the performance, or from
    the start if that is later.
    """

    funder: Uint8
    performer: Uint8
    checker: Uint8
    amount: Uint128In
    due_in: Uint32
    review_period: Uint32


class TermsShape(Shape):
    """The zero address among the parties is the open place, which the taker fills."""

    asset: AddressIn
    parties: Annotated[list[AddressIn], Field(max_length=8)]
    tranches: Annotated[list[TrancheShape], Field(max_length=64)]


class ListingShape(Shape):
    """Times are unix seconds of the chain, `maxFeeBps` basis points. A `startsAt` of zero, or none,
    is the moment of the opening. `sponsor` is the place, counted from 1, of the party whose amounts
    come out of a budget that it locks; zero, or none: nobody's do. Who takes the offer must have
    all `labels` (bit i is label i) and `leastPoints` whole points of reputation."""

    content_hash: Bytes32In
    kind: Uint8
    max_fee_bps: Uint16
    created_at: Uint40
    expires_at: Uint40
    starts_at: Uint40 = 0
    fills: Uint32
    salt: Uint40In
    sponsor: Uint8 = 0
    labels: Uint16 = 0
    least_points: Uint16 = 0


class OfferShape(Shape):
    """The EIP-712 message that was signed."""

    terms: TermsShape
    listing: ListingShape

    def offer(self) -> Offer:
        tranches = tuple(
            Tranche(
                funder=t.funder,
                performer=t.performer,
                checker=t.checker,
                amount=int(t.amount),
                due_in=t.due_in,
                review_period=t.review_period,
            )
            for t in self.terms.tranches
        )
        listing = self.listing
        return Offer(
            Terms(self.terms.asset, tuple(self.terms.parties), tranches),
            Listing(
                content_hash=bytes.fromhex(listing.content_hash[2:]),
                kind=listing.kind,
                max_fee_bps=listing.max_fee_bps,
                created_at=listing.created_at,
                expires_at=listing.expires_at,
                fills=listing.fills,
                salt=int(listing.salt),
                starts_at=listing.starts_at,
                sponsor=listing.sponsor,
                labels=listing.labels,
                least_points=listing.least_points,
            ),
        )

    @classmethod
    def of(cls, offer: Offer) -> OfferShape:
        terms, listing = offer.terms, offer.listing
        return cls(
            terms=TermsShape(
                asset=terms.asset,
                parties=list(terms.parties),
                tranches=[
                    TrancheShape(
                        funder=t.funder,
                        performer=t.performer,
                        checker=t.checker,
                        amount=str(t.amount),
                        due_in=t.due_in,
                        review_period=t.review_period,
                    )
                    for t in terms.tranches
                ],
            ),
            listing=ListingShape(
                content_hash="0x" + listing.content_hash.hex(),
                kind=listing.kind,
                max_fee_bps=listing.max_fee_bps,
                created_at=listing.created_at,
                expires_at=listing.expires_at,
                starts_at=listing.starts_at,
                fills=listing.fills,
                salt=str(listing.salt),
                sponsor=listing.sponsor,
                labels=listing.labels,
                least_points=listing.least_points,
            ),
        )


class SignatureShape(Shape):
    """The EIP-712 signature of the offer by one of its parties (ERC-1271 wallets too)."""

    party: AddressIn
    signature: SignatureIn


class SplitShape(Shape):
    """A split of one tranche of one fill, signed beforehand (EIP-712 `Split`) by one of the
    tranche's sides: the other side can close it so alone, up to `deadline` (unix seconds).
    `performerBps` is the performer's share before the fee."""

    party: AddressIn
    fill: Uint32
    tranche: Uint8
    performer_bps: Annotated[int, Field(ge=0, le=10_000)]
    deadline: Uint40
    signature: SignatureIn

    @classmethod
    def of(cls, row: Row[Any]) -> SplitShape:
        return cls(
            party=row.party,
            fill=row.fill,
            tranche=row.tranche,
            performer_bps=row.performer_bps,
            deadline=row.deadline,
            signature=row.signature,
        )


class SignedSplit(Shape):
    """A split of one tranche of an open trade, signed (EIP-712 `Split`) by one of its sides, up to
    `deadline` (unix seconds). `performerBps` is the performer's share before the fee."""

    party: AddressIn
    tranche: Uint8
    performer_bps: Annotated[int, Field(ge=0, le=10_000)]
    deadline: Uint40
    signature: SignatureIn


class PostedOffer(Shape):
    """A signed offer for others to take.

    `chainId` and `escrow` are of the domain it was signed for. `text` is the human-readable terms,
    whose SHA2-256 the listing's `contentHash` is; it may be left out. `splits` are what a maker
    signs with it, such as the steps of a cancellation.
    """

    chain_id: Annotated[int, Field(ge=1, lt=2**53)]
    escrow: AddressIn
    offer: OfferShape
    signatures: Annotated[list[SignatureShape], Field(max_length=8)]
    text: TextIn | None = None
    splits: list[SplitShape] = Field(default_factory=list, max_length=MAX_PRESIGNED)
