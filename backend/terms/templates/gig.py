"""Gig: one tranche per milestone, each with its own pay, its own last day and its own review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from backend.terms.acceptability import MAX_TRANCHES
from backend.terms.offer import Tranche
from backend.terms.plain.fields import (
    DAY,
    HOUR,
    MAX_FILLS,
    Described,
    Line,
    Plain,
    Whole,
    amount,
    count,
    period,
    said,
    several,
)
from backend.terms.plain.template import Phrases, Piece, Seen, Template

WORKER, CLIENT = 0, 1


class Milestone(Plain):
    """A part of the work that is delivered and paid by itself."""

    title: Line = said("What is delivered.")
    pay: Whole = amount("What it is paid.")
    due_in: int = period("From the opening to its delivery.", least=HOUR)
    review_period: int = period(
        "How long the client has to look at it.", least=HOUR, most=90 * DAY, default=7 * DAY
    )


class Gig(Described):
    """Work in milestones."""

    milestones: tuple[Milestone, ...] = several(
        "The parts of the work, in order.", least=1, most=MAX_TRANCHES
    )
    revisions: int = count(
        "How many revisions of each part are included. What goes beyond them, or costs time, the"
        " two settle by a split that both sign.",
        least=0,
        most=20,
        said=True,
        default=1,
    )
    quantity: int = count("How many clients can take it.", least=1, most=MAX_FILLS, default=1)


class GigTemplate(Template[Gig]):
    name = "gig"
    kind = 3
    summary = "Work for pay, in milestones with their own amounts and dates."
    after = ("Fiverr", "TaskRabbit")
    roles: ClassVar[Mapping[str, str]] = {
        "worker": "Does the work and is paid.",
        "client": "Pays, and gets the work.",
    }
    input = Gig
    example: ClassVar[Mapping[str, Any]] = {
        "title": "A logo",
        "milestones": [
            {"title": "three drafts", "pay": "150000000", "dueIn": 5 * DAY},
            {"title": "the files", "pay": "350000000", "dueIn": 12 * DAY},
        ],
        "revisions": 2,
    }
    notes = (
        "A milestone cannot be put off: who needs longer agrees on a split, or on a new offer.",
        (
            "A revision is asked for within the review period. Once the client disputes, both "
            "can still sign a split."
        ),
    )

    def pieces(self, given: Gig) -> tuple[Piece, ...]:
        return tuple(
            Piece(
                Tranche(CLIENT, WORKER, CLIENT, part.pay, part.due_in, part.review_period),
                Phrases(
                    what=f"milestone {number}, {part.title}",
                    perform=f"deliver milestone {number}",
                    performed=f"milestone {number} is delivered",
                    accepts=f"accepts milestone {number}",
                ),
            )
            for number, part in enumerate(given.milestones, 1)
        )

    def fills(self, given: Gig) -> int:
        return given.quantity

    def says(self, given: Gig) -> list[tuple[str, str]]:
        return [*super().says(given), *(("milestone", part.title) for part in given.milestones)]

    def read(self, seen: Seen) -> dict[str, Any]:
        titles = seen.said["milestone"]
        return {
            "quantity": seen.fills,
            "milestones": [
                {
                    "title": title,
                    "pay": tranche.amount,
                    "due_in": tranche.due_in,
                    "review_period": tranche.review_period,
                }
                for title, tranche in zip(titles, seen.tranches, strict=True)
            ],
        }


TEMPLATE = GigTemplate()
