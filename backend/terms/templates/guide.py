"""Guide or local host: paid by the guest, by a sponsor, or not at all; bonds for not turning up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import model_validator

from backend.terms.offer import Tranche
from backend.terms.plain.fields import DAY, HOUR, Described, Whole, amount, choice, period, time
from backend.terms.plain.template import Phrases, Piece, Seen, Template

GUIDE, GUEST, SPONSOR = 0, 1, 2


class Guide(Described):
    """A time with somebody who knows the place."""

    begins_at: int = time("When it begins.")
    lasts: int = period(
        "How long it lasts.", least=HOUR, most=30 * DAY, said=True, default=3 * HOUR
    )
    paid_by: Literal["guest", "sponsor"] = choice("Who pays the guide.", default="guest")
    pay: Whole = amount("What the guide is paid; zero: it is free.", least=0)
    guide_bond: Whole = amount(
        "What the guide loses by not turning up; zero: nothing.", least=0, default=0
    )
    guest_bond: Whole = amount(
        "What the guest loses by not turning up; zero: nothing.", least=0, default=0
    )
    window: int = period(
        "How long both have, once it begins, to be there and to report it.",
        least=60,
        most=6 * HOUR,
        said=True,
        default=HOUR,
    )
    review_period: int = period(
        "How long each has to complain about what another reports.",
        least=HOUR,
        most=30 * DAY,
        default=DAY,
    )

    @model_validator(mode="after")
    def _holds_something(self) -> Guide:
        if not (self.pay or self.guide_bond or self.guest_bond):
            raise ValueError("where it is free, at least one of the two puts in a bond")
        return self


class GuideTemplate(Template[Guide]):
    name = "guide"
    kind = 7
    summary = "A guide or local host: paid by the guest or by a sponsor, or free, held by bonds."
    after = ("Airbnb Journeys", "KLM Layover")
    roles: ClassVar[Mapping[str, str]] = {
        "guide": "Shows the place and is paid.",
        "guest": "Comes along, and pays unless somebody else does.",
        "sponsor": "Pays for the guest, and looks at the work, where it is the sponsor who pays.",
    }
    input = Guide
    example: ClassVar[Mapping[str, Any]] = {
        "title": "An evening in the old town",
        "beginsAt": 1_777_809_600,
        "paidBy": "sponsor",
        "pay": "90000000",
        "guideBond": "20000000",
        "guestBond": "20000000",
    }
    notes = (
        (
            "Where a sponsor pays, it is the sponsor who looks at the work and gets the money "
            "back if there is none."
        ),
    )

    def seats(self, given: Guide) -> tuple[str, ...]:
        sponsored = given.pay and given.paid_by == "sponsor"
        return tuple(self.roles) if sponsored else ("guide", "guest")

    def pieces(self, given: Guide) -> tuple[Piece, ...]:
        review, found = given.review_period, []
        if given.pay:
            payer = SPONSOR if given.paid_by == "sponsor" else GUEST
            tranche = Tranche(payer, GUIDE, payer, given.pay, given.window + given.lasts, review)
            phrases = Phrases("the pay", "guide and report it", "it was done", "confirms it")
            found.append(Piece(tranche, phrases))
        for seat, other, bond in (
            (GUIDE, GUEST, given.guide_bond),
            (GUEST, GUIDE, given.guest_bond),
        ):
            if bond:
                who = tuple(self.roles)[seat]
                phrases = Phrases(
                    what=f"the {who}'s bond",
                    perform="turn up and report it",
                    performed=f"the {who} is there",
                    accepts=f"confirms that the {who} was there",
                )
                tranche = Tranche(seat, seat, other, bond, given.window, review)
                found.append(Piece(tranche, phrases))
        return tuple(found)

    def starts_at(self, given: Guide) -> int:
        return given.begins_at

    def read(self, seen: Seen) -> dict[str, Any]:
        of = {
            each.performer: each.amount for each in seen.tranches if each.performer == each.funder
        }
        pay = [each.amount for each in seen.tranches if each.performer != each.funder]
        return {
            "begins_at": seen.starts_at,
            "pay": sum(pay),
            "guide_bond": of.get(GUIDE, 0),
            "guest_bond": of.get(GUEST, 0),
            "review_period": seen.tranches[0].review_period,
        }


TEMPLATE = GuideTemplate()
