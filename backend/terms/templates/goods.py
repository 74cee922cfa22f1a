"""Goods: one tranche per piece; the buyer pays, the seller sends or hands over, the buyer looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from backend.terms.offer import Tranche
from backend.terms.plain.fields import (
    DAY,
    HOUR,
    MAX_FILLS,
    Described,
    Whole,
    amount,
    choice,
    count,
    period,
)
from backend.terms.plain.template import Phrases, Piece, Seen, Template

SELLER, BUYER = 0, 1


class Goods(Described):
    """A thing for a price."""

    price: Whole = amount("What one piece costs, with postage.")
    quantity: int = count("How many pieces there are.", least=1, most=MAX_FILLS, default=1)
    handover: Literal["sent", "pickup"] = choice("Whether it is sent or picked up.", default="sent")
    shipping_time: int = period(
        "How long the seller has to send it, or to have it ready.",
        least=HOUR,
        most=90 * DAY,
        default=3 * DAY,
    )
    review_period: int = period(
        "How long the buyer has, from that report on, to get it and to complain: postage counts.",
        least=HOUR,
        most=90 * DAY,
        default=14 * DAY,
    )


class GoodsTemplate(Template[Goods]):
    name = "goods"
    kind = 1
    summary = "A thing for a price, sent or picked up."
    after = ("eBay", "Etsy")
    roles: ClassVar[Mapping[str, str]] = {
        "seller": "Sends the goods and is paid.",
        "buyer": "Pays, and gets the goods.",
    }
    input = Goods
    example: ClassVar[Mapping[str, Any]] = {
        "title": "A brass lamp",
        "price": "120000000",
        "quantity": 3,
    }
    notes = ("Several pieces are several trades: each is taken, sent and paid by itself.",)

    def pieces(self, given: Goods) -> tuple[Piece, ...]:
        tranche = Tranche(
            BUYER, SELLER, BUYER, given.price, given.shipping_time, given.review_period
        )
        sent = given.handover == "sent"
        phrases = Phrases(
            what="the price",
            perform="send it" if sent else "have it ready to be picked up",
            performed="it is sent" if sent else "it is ready",
            accepts="confirms that it has come" if sent else "confirms the pickup",
        )
        return (Piece(tranche, phrases),)

    def fills(self, given: Goods) -> int:
        return given.quantity

    def read(self, seen: Seen) -> dict[str, Any]:
        (tranche,) = seen.tranches
        return {
            "price": tranche.amount,
            "quantity": seen.fills,
            "shipping_time": tranche.due_in,
            "review_period": tranche.review_period,
        }


TEMPLATE = GoodsTemplate()
