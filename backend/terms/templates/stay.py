"""Stay: the price of all nights in one tranche, so that a cancellation settles the whole of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from backend.terms.offer import Tranche
from backend.terms.plain.fields import (
    DAY,
    HOUR,
    Described,
    Plain,
    Whole,
    amount,
    count,
    period,
    several,
    share,
    time,
)
from backend.terms.plain.template import Phrases, Piece, Seen, Step, Template

HOST, GUEST = 0, 1
PRICE, DEPOSIT = 0, 1


class Cancellation(Plain):
    """A step of the cancellation: up to when, and what the host keeps."""

    until: int = period("How long before check-in it ends.", most=365 * DAY)
    kept_bps: int = share("What the host keeps of the price, in basis points.")


class Stay(Described):
    """Nights under a roof."""

    check_in: int = time("When the guest can come in.")
    nights: int = count("How many nights.", least=1, most=365, said=True)
    price_per_night: Whole = amount("What one night costs.", said=True)
    cleaning_fee: Whole = amount(
        "What is paid once, on top of the nights.", least=0, said=True, default=0
    )
    deposit: Whole = amount(
        "What the guest puts in and gets back if nothing is broken; zero: nothing.",
        least=0,
        default=0,
    )
    arrival: int = period(
        "How long after check-in the host has to report that the place is open.",
        least=HOUR,
        most=7 * DAY,
        default=DAY,
    )
    review_period: int = period(
        "How long the guest has from then on to complain.", least=HOUR, most=30 * DAY, default=DAY
    )
    inspection: int = period(
        "How long the host has to look, once the guest reports to have left. It can be reported up"
        " to a day after the last night.",
        least=HOUR,
        most=30 * DAY,
        said=True,
        default=3 * DAY,
    )
    cancellation: tuple[Cancellation, ...] = several(
        "The steps by which the guest can call it off alone.", least=0, most=5, default=()
    )


class StayTemplate(Template[Stay]):
    name = "stay"
    kind = 4
    summary = "Nights for a price, with a deposit and steps of cancellation."
    after = ("Airbnb",)
    roles: ClassVar[Mapping[str, str]] = {
        "host": "Opens the place and is paid.",
        "guest": "Pays, and stays.",
    }
    input = Stay
    example: ClassVar[Mapping[str, Any]] = {
        "title": "A loft by the river",
        "checkIn": 1_777_809_600,
        "nights": 3,
        "pricePerNight": "100000000",
        "cleaningFee": "30000000",
        "deposit": "200000000",
        "cancellation": [
            {"until": 7 * DAY, "keptBps": 0},
            {"until": 2 * DAY, "keptBps": 5_000},
        ],
    }
    notes = (
        "The cleaning fee is part of the price, so that calling the stay off settles both at once.",
        (
            "Up to a step of the cancellation the guest calls the stay off alone, with what the "
            "host signed together with the offer. Look whether the host has signed every step "
            "before you take it."
        ),
        (
            "The deposit of a stay that was called off comes back when the host gives it back, "
            "or when the guest reports and the inspection is over."
        ),
    )

    def pieces(self, given: Stay) -> tuple[Piece, ...]:
        total = given.nights * given.price_per_night + given.cleaning_fee
        price = Piece(
            Tranche(GUEST, HOST, GUEST, total, given.arrival, given.review_period),
            Phrases(
                what="the price",
                perform="open the place and report it",
                performed="the place is open",
                accepts="confirms that the place is as promised",
            ),
        )
        if not given.deposit:
            return (price,)
        leave_by = (given.nights + 1) * DAY
        deposit = Piece(
            Tranche(GUEST, GUEST, HOST, given.deposit, leave_by, given.inspection),
            Phrases(
                what="the deposit",
                perform="report to have left",
                performed="the place is left in order",
                accepts="gives the deposit back",
            ),
        )
        return (price, deposit)

    def starts_at(self, given: Stay) -> int:
        return given.check_in

    def steps(self, given: Stay) -> tuple[Step, ...]:
        return tuple(
            Step("host", PRICE, step.kept_bps, given.check_in - step.until, "call the stay off")
            for step in given.cancellation
        )

    def says(self, given: Stay) -> list[tuple[str, str]]:
        steps = [("cancellation", f"{step.until} {step.kept_bps}") for step in given.cancellation]
        return [*super().says(given), *steps]

    def read(self, seen: Seen) -> dict[str, Any]:
        price, *deposits = seen.tranches
        steps = [step.split(" ") for step in seen.said.get("cancellation", ())]
        found = {
            "check_in": seen.starts_at,
            "arrival": price.due_in,
            "review_period": price.review_period,
            "cancellation": [{"until": int(until), "kept_bps": int(kept)} for until, kept in steps],
        }
        return found | ({"deposit": deposits[0].amount} if deposits else {})


TEMPLATE = StayTemplate()
