"""Reviews of closed trades: what a side commits to, signs, and keeps secret until it reveals.

``docs/reviews.md``, "From a wallet", says the same for programs in other languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from eth_abi.abi import encode
from eth_account.messages import SignableMessage, encode_typed_data
from eth_utils.crypto import keccak

RATINGS = range(1, 6)
NO_CONTENT = bytes(32)
PURPOSE = (
    "This signature is the secret of my review in this trade. Whoever has it can read my review"
    " before it is revealed: sign it only where you review, and show it to nobody."
)
SECRET_TYPES = {
    "ReviewSecret": [
        {"name": "purpose", "type": "string"},
        {"name": "tradeId", "type": "bytes32"},
        {"name": "author", "type": "address"},
        {"name": "subject", "type": "address"},
    ]
}
REVIEW_TYPES = {
    "Review": [
        {"name": "tradeId", "type": "bytes32"},
        {"name": "author", "type": "address"},
        {"name": "subject", "type": "address"},
        {"name": "rating", "type": "uint8"},
        {"name": "contentHash", "type": "bytes32"},
        {"name": "counterpart", "type": "bytes32"},
    ]
}


class ReviewStatus(IntEnum):
    """Where a review stands, as the contract numbers it."""

    NONE = 0
    COMMITTED = 1
    REVEALED = 2


@dataclass(frozen=True, slots=True)
class Desk:
    """The contract that takes reviews."""

    chain_id: int
    reviews: str

    @property
    def domain(self) -> dict[str, Any]:
        """Of all that is signed for it (EIP-712)."""
        return {
            "name": "Commonhold Reviews",
            "version": "1",
            "chainId": self.chain_id,
            "verifyingContract": self.reviews,
        }


@dataclass(frozen=True, slots=True)
class Sides:
    """Who reviews whom, in which trade; one review at most."""

    trade_id: bytes
    author: str
    subject: str

    def secret_message(self, desk: Desk) -> SignableMessage:
        """What the author's wallet signs to make the salt of this review."""
        message = {"purpose": PURPOSE} | self.message()
        return encode_typed_data(desk.domain, SECRET_TYPES, message)

    def message(self) -> dict[str, Any]:
        """As in everything that is signed of a review."""
        return {"tradeId": self.trade_id, "author": self.author, "subject": self.subject}


@dataclass(frozen=True, slots=True)
class Review:
    """A rating from 1 to 5, and the hash (sha2-256) of what is said; zero for no words."""

    sides: Sides
    rating: int
    content_hash: bytes = NO_CONTENT

    def commitment(self, desk: Desk, salt: bytes) -> bytes:
        """26 bytes: twin of `Reviews.commitmentOf`."""
        sides = self.sides
        types = ["uint256", "address", "bytes32", "address", "address", "uint8"]
        values = (
            desk.chain_id,
            desk.reviews,
            sides.trade_id,
            sides.author,
            sides.subject,
            self.rating,
        )
        return keccak(encode(types, values) + self.content_hash + salt)[:26]

    def signable(self, desk: Desk, counterpart: bytes) -> SignableMessage:
        """For reviews that are revealed together; `counterpart` is the commitment to the other's
        review (26 bytes)."""
        message = self.sides.message() | {
            "rating": self.rating,
            "contentHash": self.content_hash,
            "counterpart": counterpart.ljust(32, b"\0"),
        }
        return encode_typed_data(desk.domain, REVIEW_TYPES, message)


def find_rating(
    desk: Desk, sides: Sides, content_hash: bytes, salt: bytes, commitment: bytes
) -> int | None:
    """The rating that was committed to with this salt and content: there are only five. None if
    the salt or the content was another."""
    for rating in RATINGS:
        if Review(sides, rating, content_hash).commitment(desk, salt) == commitment:
            return rating
    return None
