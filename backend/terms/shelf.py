"""Under what an offer is found: what its terms ask of the taker, and what its text says of itself.

A line of the text that is `template: NAME`, `area: GEOHASH` or `calendar: NAME` says where to find
it, one that is `answers: HASH` to which offer it is a counter-offer. All of the text is signed, so
that nobody but the makers can put an offer anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from backend.terms.acceptability import funding, seats_of_takers
from backend.terms.offer import ZERO_ADDRESS, Offer

Side = Literal["pays", "performs", "both", "neither"]
SIDES = ("pays", "performs", "both", "neither")
AREA_LONGEST = 5  # characters of a geohash: about 5 km by 5 km
LONGEST_NAME = 64

AREA = rf"[0-9b-hjkmnp-z]{{1,{AREA_LONGEST}}}"
HASH = r"0x[0-9a-f]{64}"
NAME = rf"[a-z0-9][a-z0-9._-]{{0,{LONGEST_NAME - 1}}}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """`side` is what the taker does, `amount` what all tranches of a fill hold, in base units.

    A private offer has no open place: it is for one account. `area` is a geohash, as coarse as the
    makers chose; offers of one maker with the same `calendar` are of the same thing. `answers` is
    the hash of the offer that it is a counter-offer to.
    """

    side: Side
    is_private: bool
    amount: int
    template: str | None = None
    area: str | None = None
    calendar: str | None = None
    answers: str | None = None


def shelf_of(offer: Offer, signers: Collection[str], text: str | None) -> Shelf:
    """ValueError: a line of the text that an offer is found by cannot be used."""
    parties = offer.terms.parties
    said = _said_in(text)
    return Shelf(
        side=side_of(offer, _taking_seat(offer, signers)),
        is_private=ZERO_ADDRESS not in parties,
        amount=sum(funding(offer)),
        template=_one(said, "template", NAME, "a name in small letters"),
        area=_one(said, "area", AREA, f"a geohash of at most {AREA_LONGEST} characters"),
        calendar=_one(said, "calendar", NAME, "a name in small letters, digits, . _ and -"),
        answers=_one(said, "answers", HASH, "the hash of an offer, in small letters"),
    )


def side_of(offer: Offer, seat: int) -> Side:
    """What the party in this seat does: pay others for performing, perform for their money."""
    tranches = offer.terms.tranches
    pays = any(t.funder == seat != t.performer for t in tranches)
    performs = any(t.performer == seat != t.funder for t in tranches)
    if pays and performs:
        return "both"
    return "pays" if pays else "performs" if performs else "neither"


def _said_in(text: str | None) -> dict[str, list[str]]:
    """What the lines `name: words` say, by name."""
    found: dict[str, list[str]] = {}
    for line in (text or "").split("\n"):
        name, mark, words = line.partition(": ")
        if mark:
            found.setdefault(name, []).append(words)
    return found


def _taking_seat(offer: Offer, signers: Collection[str]) -> int:
    """The open place, or that of the party which has not signed, or else the first that may."""
    parties = offer.terms.parties
    if ZERO_ADDRESS in parties:
        return parties.index(ZERO_ADDRESS)
    missing = [seat for seat, party in enumerate(parties) if party not in signers]
    return (missing or list(seats_of_takers(offer)) or [0])[0]


def _one(said: dict[str, list[str]], name: str, pattern: str, meaning: str) -> str | None:
    found = said.get(name, [])
    if not found:
        return None
    if len(found) > 1 or not re.fullmatch(pattern, found[0]):
        raise ValueError(f"`{name}:` must be given once and be {meaning}")
    return found[0]
