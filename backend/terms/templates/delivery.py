"""Delivery block: buyer, seller and courier. The buyer's code at the door closes price and pay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from backend.terms.offer import Tranche
from backend.terms.payout import BPS
from backend.terms.plain.fields import (
    DAY,
    HOUR,
    Described,
    Hash,
    Whole,
    amount,
    content,
    period,
    time,
)
from backend.terms.plain.template import NotThisTemplate, Phrases, Piece, Seen, Step, Template

SELLER, BUYER, COURIER = 0, 1, 2
PRICE, PAY = 0, 1


class Delivery(Described):
    """Goods that a third brings."""

    price: Whole = amount("What the goods cost.")
    courier_pay: Whole = amount("What the courier is paid.")
    courier_bond: Whole = amount(
        "What the courier puts in, and the seller gets if the goods do not arrive; zero: nothing.",
        least=0,
        default=0,
    )
    block_at: int = time("When the block begins that the courier books.")
    block: int = period(
        "How long the block is: the goods arrive within it.",
        least=HOUR,
        most=7 * DAY,
        default=4 * HOUR,
    )
    review_period: int = period(
        "How long the buyer has to complain where no code is shown, and the seller as to the bond.",
        least=HOUR,
        most=30 * DAY,
        default=DAY,
    )
    code: Hash | None = content(
        "The hash of the hand-over code that the buyer keeps: who is told the code at the door"
        " has proof of the delivery. `commonhold offer code new` makes one.",
        default=None,
    )


class DeliveryTemplate(Template[Delivery]):
    name = "delivery"
    kind = 8
    summary = "Goods brought by a courier in a booked block, closed by the buyer's hand-over code."
    after = ("Amazon Flex",)
    roles: ClassVar[Mapping[str, str]] = {
        "seller": "Hands the goods to the courier and is paid.",
        "buyer": "Pays goods and courier, and gives the code at the door.",
        "courier": "Brings the goods and is paid.",
    }
    input = Delivery
    example: ClassVar[Mapping[str, Any]] = {
        "title": "A lamp, brought today",
        "price": "120000000",
        "courierPay": "10000000",
        "courierBond": "100000000",
        "blockAt": 1_777_809_600,
        "code": "0x" + "d0" * 32,
    }
    notes = (
        (
            "Once it is taken, the buyer signs that everything goes to the other side, seals that"
            " with the code and sends it to seller and courier. It is of no use to them before"
            " they are told the code; then neither needs anybody else."
        ),
        (
            "One code opens both, the price and the courier's pay. The courier, who gets it at the"
            " door, passes it on to the seller."
        ),
        (
            "The bond comes back when the seller gives it back, or is silent after the "
            "courier's report."
        ),
    )

    def pieces(self, given: Delivery) -> tuple[Piece, ...]:
        periods = (given.block, given.review_period)
        found = [
            Piece(
                Tranche(BUYER, SELLER, BUYER, given.price, *periods),
                Phrases(
                    what="the price",
                    perform="have it delivered",
                    performed="it is delivered",
                    accepts="confirms the delivery",
                ),
            ),
            Piece(
                Tranche(BUYER, COURIER, BUYER, given.courier_pay, *periods),
                Phrases(
                    what="the courier's pay",
                    perform="deliver it",
                    performed="it is delivered",
                    accepts="confirms the delivery",
                ),
            ),
        ]
        if given.courier_bond:
            bond = Tranche(COURIER, COURIER, SELLER, given.courier_bond, *periods)
            phrases = Phrases(
                what="the courier's bond",
                perform="deliver it",
                performed="it is delivered",
                accepts="gives the bond back",
            )
            found.append(Piece(bond, phrases))
        return tuple(found)

    def starts_at(self, given: Delivery) -> int:
        return given.block_at

    def steps(self, given: Delivery) -> tuple[Step, ...]:
        last = given.block_at + given.block + given.review_period
        return (
            Step("buyer", PRICE, BPS, last, "close the price", kept=True),
            Step("buyer", PAY, BPS, last, "close the courier's pay", kept=True),
        )

    def read(self, seen: Seen) -> dict[str, Any]:
        price, pay, *bonds = seen.tranches
        if len(bonds) > 1:
            raise NotThisTemplate(f"it has {len(seen.tranches)} tranches")
        return {
            "price": price.amount,
            "courier_pay": pay.amount,
            "courier_bond": bonds[0].amount if bonds else 0,
            "block_at": seen.starts_at,
            "block": price.due_in,
            "review_period": price.review_period,
        }


TEMPLATE = DeliveryTemplate()
