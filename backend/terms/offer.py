"""Offers and trades as the Escrow sees them, and the packed words they travel in.

The layouts are drawn in ``contracts/types/Trade.sol``. Amounts are base units of the asset, times
are unix seconds of the chain (or seconds where a name says so), fees are basis points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

ZERO_ADDRESS = "0x" + "00" * 20
NO_SEAT = 255


def _field(word: int, shift: int, bits: int) -> int:
    return (word >> shift) & ((1 << bits) - 1)


def _pack(*fields: tuple[str, int, int, int]) -> int:
    """Join (name, value, shift, bits) into one word; a value that does not fit is an error."""
    word = 0
    for name, value, shift, bits in fields:
        if not 0 <= value < 1 << bits:
            raise ValueError(f"{name} must be from 0 to 2^{bits} - 1, not {value}")
        word |= value << shift
    return word


@dataclass(frozen=True, slots=True)
class Tranche:
    """One piece of a trade; roles are indexes into the parties."""

    funder: int
    performer: int
    checker: int
    amount: int
    due_in: int
    review_period: int

    def pack(self) -> int:
        return _pack(
            ("amount", self.amount, 0, 128),
            ("due_in", self.due_in, 128, 32),
            ("review_period", self.review_period, 160, 32),
            ("funder", self.funder, 192, 8),
            ("performer", self.performer, 200, 8),
            ("checker", self.checker, 208, 8),
        )

    @classmethod
    def unpack(cls, word: int) -> Tranche:
        return cls(
            funder=_field(word, 192, 8),
            performer=_field(word, 200, 8),
            checker=_field(word, 208, 8),
            amount=_field(word, 0, 128),
            due_in=_field(word, 128, 32),
            review_period=_field(word, 160, 32),
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """What the parties agree on; the zero address among the parties is the open place."""

    asset: str
    parties: tuple[str, ...]
    tranches: tuple[Tranche, ...]

    def pack(self) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
        """The first three members of the ABI's ``Offer`` and ``Trade``."""
        return (self.asset, self.parties, tuple(t.pack() for t in self.tranches))


@dataclass(frozen=True, slots=True)
class Listing:
    """Under which conditions the terms may be taken; what is zero at the end is not asked for.

    The terms start at `starts_at`, else when they are taken. `sponsor` is the place, counted from
    1, of the party whose amounts come out of a budget. Who takes them has all `labels` (bit i is
    label i) and at least `least_points` whole points of reputation.
    """

    content_hash: bytes
    kind: int
    max_fee_bps: int
    created_at: int
    expires_at: int
    fills: int
    salt: int
    starts_at: int = 0
    sponsor: int = 0
    labels: int = 0
    least_points: int = 0

    def pack(self) -> int:
        """The ABI's ``Conditions`` word; the content hash travels beside it."""
        return _pack(
            ("kind", self.kind, 0, 8),
            ("max_fee_bps", self.max_fee_bps, 8, 16),
            ("created_at", self.created_at, 24, 40),
            ("expires_at", self.expires_at, 64, 40),
            ("fills", self.fills, 104, 32),
            ("salt", self.salt, 136, 40),
            ("starts_at", self.starts_at, 176, 40),
            ("sponsor", self.sponsor, 216, 8),
            ("labels", self.labels, 224, 16),
            ("least_points", self.least_points, 240, 16),
        )

    @classmethod
    def unpack(cls, content_hash: bytes, conditions: int) -> Listing:
        return cls(
            content_hash=content_hash,
            kind=_field(conditions, 0, 8),
            max_fee_bps=_field(conditions, 8, 16),
            created_at=_field(conditions, 24, 40),
            expires_at=_field(conditions, 64, 40),
            fills=_field(conditions, 104, 32),
            salt=_field(conditions, 136, 40),
            starts_at=_field(conditions, 176, 40),
            sponsor=_field(conditions, 216, 8),
            labels=_field(conditions, 224, 16),
            least_points=_field(conditions, 240, 16),
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What the makers sign."""

    terms: Terms
    listing: Listing

    def pack(self) -> tuple[str, tuple[str, ...], tuple[int, ...], bytes, int]:
        """As the ABI's ``Offer`` tuple."""
        return (*self.terms.pack(), self.listing.content_hash, self.listing.pack())

    @classmethod
    def unpack(
        cls,
        asset: str,
        parties: Sequence[str],
        tranches: Sequence[int],
        content_hash: bytes,
        conditions: int,
    ) -> Offer:
        terms = Terms(asset, tuple(parties), tuple(Tranche.unpack(word) for word in tranches))
        return cls(terms, Listing.unpack(content_hash, conditions))


@dataclass(frozen=True, slots=True)
class Pin:
    """The facts that opening adds to an offer, fixed for the life of the trade.

    ``open_seat`` is the index of the party that was open, or ``NO_SEAT`` if all were named;
    the trade starts ``starts_in`` seconds after it was opened.
    """

    fill: int
    opened_at: int
    rules_version: int
    fee_bps: int
    salt: int
    open_seat: int
    starts_in: int = 0

    @property
    def start(self) -> int:
        """When the trade starts (unix seconds): its times count from here."""
        return self.opened_at + self.starts_in

    def pack(self) -> int:
        return _pack(
            ("fill", self.fill, 0, 32),
            ("opened_at", self.opened_at, 32, 40),
            ("rules_version", self.rules_version, 72, 32),
            ("fee_bps", self.fee_bps, 104, 16),
            ("salt", self.salt, 120, 64),
            ("open_seat", self.open_seat, 184, 8),
            ("starts_in", self.starts_in, 192, 32),
        )

    @classmethod
    def unpack(cls, word: int) -> Pin:
        return cls(
            fill=_field(word, 0, 32),
            opened_at=_field(word, 32, 40),
            rules_version=_field(word, 72, 32),
            fee_bps=_field(word, 104, 16),
            salt=_field(word, 120, 64),
            open_seat=_field(word, 184, 8),
            starts_in=_field(word, 192, 32),
        )


@dataclass(frozen=True, slots=True)
class Trade:
    """An opened trade, as every call after the opening names it; the taker is in the open place."""

    terms: Terms
    listing_hash: bytes
    pin: Pin

    @classmethod
    def opened(cls, offer: Offer, listing_hash: bytes, taker: str, pin: Pin) -> Trade:
        """The trade that the ``TradeOpened`` log tells of."""
        parties = tuple(
            taker if index == pin.open_seat else party
            for index, party in enumerate(offer.terms.parties)
        )
        return cls(replace(offer.terms, parties=parties), listing_hash, pin)

    def pack(self) -> tuple[str, tuple[str, ...], tuple[int, ...], bytes, int]:
        """As the ABI's ``Trade`` tuple."""
        return (*self.terms.pack(), self.listing_hash, self.pin.pack())

    def signed_terms(self) -> Terms:
        """The terms as they were signed: with the open place empty."""
        parties = tuple(
            ZERO_ADDRESS if index == self.pin.open_seat else party
            for index, party in enumerate(self.terms.parties)
        )
        return replace(self.terms, parties=parties)
