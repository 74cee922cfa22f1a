"""Digital file: the buyer pays for a file whose hash stands in the terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from backend.terms.offer import Tranche
from backend.terms.plain.fields import (
    DAY,
    HOUR,
    MAX_FILLS,
    Described,
    Hash,
    Whole,
    amount,
    content,
    count,
    period,
)
from backend.terms.plain.template import Phrases, Piece, Seen, Template

SELLER, BUYER = 0, 1
INSTANT = 15 * 60


class Digital(Described):
    """A file for a price."""

    price: Whole = amount("What one copy costs.")
    content_hash: Hash = content("The SHA-256 of the file: what comes must match it.")
    delivery_time: int | None = period(
        "How long the seller has to send it; none: at once, within 15 minutes.",
        least=HOUR,
        most=90 * DAY,
        default=None,
    )
    review_period: int = period(
        "How long the buyer has to open it.", least=HOUR, most=30 * DAY, default=3 * DAY
    )
    quantity: int = count("How many copies are sold.", least=1, most=MAX_FILLS, default=1)


class DigitalTemplate(Template[Digital]):
    name = "digital"
    kind = 2
    summary = "A file for a price: at once or later, held to its hash."
    after = ("Etsy",)
    roles: ClassVar[Mapping[str, str]] = {
        "seller": "Sends the file and is paid.",
        "buyer": "Pays, and gets the file.",
    }
    input = Digital
    example: ClassVar[Mapping[str, Any]] = {
        "title": "A typeface",
        "price": "25000000",
        "contentHash": "0x" + "5f" * 32,
        "quantity": 1_000,
    }
    notes = (
        (
            "The file itself travels outside the market, encrypted for the buyer. In a dispute "
            "its hash decides whether it is the one that was promised."
        ),
    )

    def pieces(self, given: Digital) -> tuple[Piece, ...]:
        due_in = given.delivery_time or INSTANT
        tranche = Tranche(BUYER, SELLER, BUYER, given.price, due_in, given.review_period)
        phrases = Phrases(
            what="the price",
            perform="send the file",
            performed="the file is sent",
            accepts="confirms that the file matches its hash",
        )
        return (Piece(tranche, phrases),)

    def fills(self, given: Digital) -> int:
        return given.quantity

    def read(self, seen: Seen) -> dict[str, Any]:
        (tranche,) = seen.tranches
        return {
            "price": tranche.amount,
            "quantity": seen.fills,
            "delivery_time": None if tranche.due_in == INSTANT else tranche.due_in,
            "review_period": tranche.review_period,
        }


TEMPLATE = DigitalTemplate()
