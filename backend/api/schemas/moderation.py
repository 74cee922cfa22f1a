"""Offers taken off the list, and the operator's log."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.fields import AddressIn, SignatureIn
from backend.api.schemas.base import BlockOut, Shape


class WithdrawnOffer(Shape):
    """The EIP-712 signature of `OfferWithdrawal` by a maker of the offer (ERC-1271 wallets too)."""

    by: AddressIn
    signature: SignatureIn


class DecisionOut(Shape):
    """One line of the log. Times are wall clock, unix seconds."""

    number: int
    offer_hash: str
    action: str = Field(description="hide or unhide.")
    rule: str = Field(description="One of `/moderation/rules`.")
    reason: str
    decided_at: int

    @classmethod
    def of(cls, row: Row[Any]) -> DecisionOut:
        return cls(
            number=row.id,
            offer_hash=row.offer_hash,
            action=row.action,
            rule=row.rule,
            reason=row.reason,
            decided_at=row.decided_at,
        )


class RuleOut(Shape):
    name: str
    text: str


class RulesOut(Shape):
    """By which the operator of this service hides offers; trades on the chain stay possible."""

    rules: list[RuleOut]
    as_of: BlockOut
