"""Rental of a car, a tool, a desk: the rent, a deposit, and a pledge for coming back in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from backend.terms.offer import Tranche
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
from backend.terms.plain.template import NotThisTemplate, Phrases, Piece, Seen, Template

OWNER, RENTER = 0, 1


class Rental(Described):
    """A thing for a time."""

    begins_at: int = time("When it is handed over.")
    lasts: int = period("How long it is rented.", least=HOUR, most=365 * DAY, said=True)
    rent: Whole = amount("What it costs in all.")
    deposit: Whole = amount("What the renter puts in, and gets back if it is whole.")
    late_fee: Whole = amount(
        "What the renter puts in, and loses by returning it late; zero: nothing.",
        least=0,
        default=0,
    )
    grace: int = period(
        "How long after the end it can be returned without being late.",
        most=30 * DAY,
        said=True,
        default=HOUR,
    )
    late_return: int = period(
        "How long after that it can still be returned, before the deposit is lost.",
        least=HOUR,
        most=60 * DAY,
        default=2 * DAY,
    )
    handover: int = period(
        "How long the owner has to hand it over and report it.",
        least=60,
        most=7 * DAY,
        default=HOUR,
    )
    review_period: int = period(
        "How long the renter has from then on to complain.", least=60, most=30 * DAY, default=DAY
    )
    inspection: int = period(
        "How long the owner has to look, once it is returned.",
        least=HOUR,
        most=30 * DAY,
        default=3 * DAY,
    )
    condition: Hash | None = content(
        "The SHA-256 of the condition report that both sign with the offer. The one at the return"
        " is signed then, and shown if there is a dispute.",
        default=None,
    )


class RentalTemplate(Template[Rental]):
    name = "rental"
    kind = 5
    summary = "A car, a tool or a desk for a time, with a deposit and a pledge for coming back."
    after = ("car sharing", "co-working")
    roles: ClassVar[Mapping[str, str]] = {
        "owner": "Hands the thing over and is paid.",
        "renter": "Pays, uses it, and brings it back.",
    }
    input = Rental
    example: ClassVar[Mapping[str, Any]] = {
        "title": "A van",
        "beginsAt": 1_777_809_600,
        "lasts": 2 * DAY,
        "rent": "160000000",
        "deposit": "500000000",
        "lateFee": "80000000",
        "condition": "0x" + "c0" * 32,
    }
    notes = (
        (
            "The condition at the hand-over and at the return is written down and signed by both"
            " then: `commonhold report sign`. It is not part of the offer; in a dispute the jury"
            " finds it with the trade."
        ),
        "The pledge is lost by returning late; the deposit only after the further time for that.",
    )

    def pieces(self, given: Rental) -> tuple[Piece, ...]:
        in_time = given.lasts + given.grace
        found = [
            Piece(
                Tranche(RENTER, OWNER, RENTER, given.rent, given.handover, given.review_period),
                Phrases(
                    what="the rent",
                    perform="hand it over",
                    performed="it is handed over",
                    accepts="confirms that it is as promised",
                ),
            ),
            Piece(
                Tranche(
                    RENTER,
                    RENTER,
                    OWNER,
                    given.deposit,
                    in_time + given.late_return,
                    given.inspection,
                ),
                Phrases(
                    what="the deposit",
                    perform="return it",
                    performed="it is returned whole",
                    accepts="gives the deposit back",
                ),
            ),
        ]
        if given.late_fee:
            pledge = Tranche(RENTER, RENTER, OWNER, given.late_fee, in_time, given.inspection)
            phrases = Phrases(
                what="the pledge for coming back in time",
                perform="return it in time",
                performed="it is returned in time",
                accepts="gives the pledge back",
            )
            found.append(Piece(pledge, phrases))
        return tuple(found)

    def starts_at(self, given: Rental) -> int:
        return given.begins_at

    def read(self, seen: Seen) -> dict[str, Any]:
        rent, deposit, *pledges = seen.tranches
        lasts, grace = int(seen.said["lasts"][0]), int(seen.said["grace"][0])
        if len(pledges) > 1:
            raise NotThisTemplate(f"it has {len(seen.tranches)} tranches")
        return {
            "begins_at": seen.starts_at,
            "rent": rent.amount,
            "deposit": deposit.amount,
            "late_fee": pledges[0].amount if pledges else 0,
            "late_return": deposit.due_in - lasts - grace,
            "handover": rent.due_in,
            "review_period": rent.review_period,
            "inspection": deposit.review_period,
        }


TEMPLATE = RentalTemplate()
