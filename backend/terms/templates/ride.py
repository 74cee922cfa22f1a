"""Ride: short windows, and a bond on each side for who does not turn up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from backend.terms.offer import Tranche
from backend.terms.plain.fields import DAY, HOUR, Described, Whole, amount, period, time
from backend.terms.plain.template import Phrases, Piece, Seen, Template

DRIVER, RIDER = 0, 1
MINUTE = 60


class Ride(Described):
    """From here to there."""

    fare: Whole = amount("What the ride costs.")
    pickup_at: int | None = time(
        "When the rider is picked up; none: as soon as the ride is taken.", default=None
    )
    window: int = period(
        "How long both have, from then on, to be there and to report it.",
        least=MINUTE,
        most=6 * HOUR,
        said=True,
        default=15 * MINUTE,
    )
    lasts: int = period(
        "How long the ride takes at most, after that.", least=MINUTE, most=2 * DAY, default=2 * HOUR
    )
    review_period: int = period(
        "How long either has to complain about what the other reports.",
        least=MINUTE,
        most=7 * DAY,
        default=HOUR,
    )
    driver_bond: Whole = amount(
        "What the driver loses by not turning up; zero: nothing.", least=0, default=0
    )
    rider_bond: Whole = amount(
        "What the rider loses by not turning up; zero: nothing.", least=0, default=0
    )


class RideTemplate(Template[Ride]):
    name = "ride"
    kind = 6
    summary = "A ride within short windows, with a bond against not turning up on either side."
    after = ("Uber",)
    roles: ClassVar[Mapping[str, str]] = {
        "driver": "Drives and is paid.",
        "rider": "Pays, and rides.",
    }
    input = Ride
    example: ClassVar[Mapping[str, Any]] = {
        "title": "From the station to the fair",
        "fare": "30000000",
        "pickupAt": 1_777_809_600,
        "driverBond": "10000000",
        "riderBond": "5000000",
    }
    notes = ("Each side reports to have turned up, and the other can dispute it.",)

    def pieces(self, given: Ride) -> tuple[Piece, ...]:
        due_in, review = given.window + given.lasts, given.review_period
        found = [
            Piece(
                Tranche(RIDER, DRIVER, RIDER, given.fare, due_in, review),
                Phrases(
                    what="the fare",
                    perform="end the ride",
                    performed="the ride has ended",
                    accepts="confirms the ride",
                ),
            )
        ]
        for seat, other, bond in (
            (DRIVER, RIDER, given.driver_bond),
            (RIDER, DRIVER, given.rider_bond),
        ):
            if bond:
                who = tuple(self.roles)[seat]
                tranche = Tranche(seat, seat, other, bond, given.window, review)
                phrases = Phrases(
                    what=f"the {who}'s bond",
                    perform="turn up and report it",
                    performed=f"the {who} is there",
                    accepts=f"confirms that the {who} was there",
                )
                found.append(Piece(tranche, phrases))
        return tuple(found)

    def starts_at(self, given: Ride) -> int:
        return given.pickup_at or 0

    def read(self, seen: Seen) -> dict[str, Any]:
        fare, *bonds = seen.tranches
        window = int(seen.said["window"][0])
        of = {bond.performer: bond.amount for bond in bonds}
        return {
            "fare": fare.amount,
            "pickup_at": seen.starts_at or None,
            "lasts": fare.due_in - window,
            "review_period": fare.review_period,
            "driver_bond": of.get(DRIVER, 0),
            "rider_bond": of.get(RIDER, 0),
        }


TEMPLATE = RideTemplate()
