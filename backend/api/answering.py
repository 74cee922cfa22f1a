"""What an offer must be to answer another, and to fit into its maker's calendar."""

from __future__ import annotations

from collections.abc import Collection

from backend.api import problem_types as types
from backend.api.errors import Problem
from backend.queries.calendars import booked
from backend.queries.negotiation import LONGEST, before
from backend.queries.offers import find_offer
from backend.queries.snapshot import Snapshot
from backend.terms.offer import Offer
from backend.terms.shelf import Shelf


def check_answer(at: Snapshot, offer: Offer, signers: Collection[str], shelf: Shelf) -> None:
    """Problem: the answered offer is not here, or this one is not for a maker of it alone."""
    if shelf.answers is None:
        return
    row = find_offer(at, shelf.answers)
    if row is None:
        raise _refused(shelf.answers, "nobody posted that offer")
    asked = [party for party in offer.terms.parties if party not in signers]
    if not shelf.is_private or len(asked) != 1 or asked[0] not in row.signatures:
        raise _refused(shelf.answers, "it is not for one maker of that offer alone")
    if row.answers is not None and set(offer.terms.parties) != set(row.parties):
        raise _refused(shelf.answers, "others negotiate there")
    if len(before(at, row)) + 2 > LONGEST:
        raise _refused(shelf.answers, f"{LONGEST} versions are enough: sign a new offer")


def check_calendar(
    at: Snapshot, offer_hash: str, offer: Offer, makers: Collection[str], shelf: Shelf
) -> None:
    """Problem: a maker's thing is taken then."""
    found = booked(at, offer_hash, offer, makers, shelf.calendar)
    if found:
        raise Problem(
            types.CALENDAR_TAKEN,
            f"{shelf.calendar} is taken by {len(found)} open trade{'s' * (len(found) > 1)}",
            calendar=shelf.calendar,
            trades=found,
        )


def _refused(answers: str, why: str) -> Problem:
    return Problem(types.ANSWER_REFUSED, why, answers=answers)
