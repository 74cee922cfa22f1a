"""Which conversation a message belongs to: one for each trade, one for each asker of an offer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from backend.messages.errors import BadMessage
from backend.messages.octets import account_octets, digest, octets, word

NAME, VERSION = "Commonhold Messages", "1"
_TRADE = re.compile(r"trade-(0x[0-9a-f]{64})")
_OFFER = re.compile(r"offer-(0x[0-9a-f]{64})-(0x[0-9a-fA-F]{40})")


@dataclass(frozen=True, slots=True)
class Place:
    """A market: a chain and the Escrow on it. Nothing that is signed for one holds in another."""

    chain_id: int
    escrow: str

    def domain(self) -> dict[str, Any]:
        """Of EIP-712."""
        return {
            "name": NAME,
            "version": VERSION,
            "chainId": self.chain_id,
            "verifyingContract": self.escrow,
        }

    def octets(self) -> bytes:
        return word(self.chain_id) + account_octets(self.escrow)


@dataclass(frozen=True, slots=True)
class Thread:
    """Of the trade `reference`, or of the offer `reference` with the account that asks about it.

    Written `trade-0x...` or `offer-0x...-0x...`.
    """

    reference: str
    asker: str | None = None

    @classmethod
    def read(cls, text: str) -> Thread:
        """BadMessage: not written like that."""
        trade, offer = _TRADE.fullmatch(text), _OFFER.fullmatch(text)
        if trade:
            return cls(trade[1])
        if offer:
            account_octets(offer[2])
            return cls(offer[1], offer[2])
        raise BadMessage(
            "a thread is written trade-0x... with the id of a trade, or offer-0x...-0x... with the"
            " hash of an offer and the asker's address with its checksum"
        )

    def __str__(self) -> str:
        return (
            f"trade-{self.reference}"
            if self.asker is None
            else f"offer-{self.reference}-{self.asker}"
        )

    def id(self, place: Place) -> bytes:
        """Thirty-two octets that no other thread of any market has."""
        kind, asker = (1, bytes(20)) if self.asker is None else (2, account_octets(self.asker))
        return digest(
            "commonhold thread 1",
            place.octets(),
            bytes([kind]),
            octets(self.reference, 32),
            asker,
        )
