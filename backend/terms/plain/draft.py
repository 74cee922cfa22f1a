"""From a plain input to an offer to sign, and from an offer back to the input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationError

from backend.terms import shelf, templates
from backend.terms.acceptability import refusal
from backend.terms.cid import content_hash
from backend.terms.offer import ZERO_ADDRESS, Listing, Offer, Terms
from backend.terms.plain import document
from backend.terms.plain.fields import MAX_TIME, Address, Described, Plain, Whole, time
from backend.terms.plain.template import NotThisTemplate, Piece, Seen, Step, Template
from backend.terms.typed_data import hash_listing, hash_offer, trade_id

MAX_PRESIGNED = 200
SPONSOR = "sponsor"  # the role that locks the budget, in a template that has one
FOUND_BY = ("area", "calendar", "answers")  # lines of the text


class Deal(Plain):
    """What every offer has, whatever is traded."""

    asset: Address = Field(description="The token; the zero address: the chain's own coin.")
    parties: dict[str, Address | None] = Field(
        description="The account of each role; null: open, whoever takes the offer."
    )
    max_fee_bps: int = Field(
        ge=0, le=10_000, description="The highest fee that is accepted, in basis points."
    )
    created_at: int = time("From when on it can be taken.", least=0, most=MAX_TIME)
    expires_at: int = time("Until when it can be taken.", least=0, most=MAX_TIME, default=MAX_TIME)
    salt: Whole = Field(ge=0, lt=2**40, description="Tells equal offers apart.", default=0)
    area: str | None = Field(
        default=None,
        pattern=f"^{shelf.AREA}$",
        description="Where it is: a geohash, the fewer of its characters the coarser.",
    )
    calendar: str | None = Field(
        default=None,
        pattern=f"^{shelf.NAME}$",
        description="A name for the thing: offers of the same thing are not booked twice.",
    )
    answers: str | None = Field(
        default=None,
        pattern=f"^{shelf.HASH}$",
        description="The hash of the offer that it is a counter-offer to.",
    )


@dataclass(frozen=True, slots=True)
class Presigned:
    """A split that the party in `role` signs with the offer, or, where its place is open, once it
    has taken it. Whoever sits on the tranche's other side can then close it alone."""

    role: str
    by_taker: bool
    fill: int
    trade_id: bytes
    step: Step


@dataclass(frozen=True, slots=True)
class Draft:
    """An offer to sign, with its text and all that is to be signed with it."""

    template: Template[Any]
    given: Described
    deal: Deal
    offer: Offer
    text: str
    seats: tuple[str, ...]
    pieces: tuple[Piece, ...]
    presigned: tuple[Presigned, ...]

    @property
    def offer_hash(self) -> bytes:
        return hash_offer(self.offer.terms, hash_listing(self.offer.listing))

    @property
    def budget(self) -> bool:
        return self.offer.listing.sponsor != 0


class BadDeal(Exception):
    """No offer can be made of this; it says why."""


class NotRecognised(Exception):
    """The offer is not of any template; it says why."""


def draft(template: Template[Any], given: Described, deal: Deal) -> Draft:
    """The offer of this input. BadDeal: the roles do not fit, or the Escrow would refuse it."""
    seats = template.seats(given)
    if set(deal.parties) != set(seats):
        raise BadDeal(f"the parties of this offer are {', '.join(seats)}")
    if list(deal.parties.values()).count(None) > 1:
        raise BadDeal("one place can be open, not several")
    pieces = template.pieces(given)
    text = document.write(template.name, (*_found_by(deal), *template.says(given)), given.about)
    offer = Offer(
        Terms(
            deal.asset,
            tuple(deal.parties[seat] or ZERO_ADDRESS for seat in seats),
            tuple(piece.tranche for piece in pieces),
        ),
        Listing(
            content_hash=content_hash(text),
            kind=template.kind,
            max_fee_bps=deal.max_fee_bps,
            created_at=deal.created_at,
            expires_at=deal.expires_at,
            fills=template.fills(given),
            salt=deal.salt,
            starts_at=template.starts_at(given),
            sponsor=_sponsor(template, seats, deal),
        ),
    )
    refused = refusal(offer)
    if refused is not None:
        raise BadDeal(_explained(refused))
    steps = template.steps(given)
    if len(steps) * offer.listing.fills > MAX_PRESIGNED:
        raise BadDeal(f"at most {MAX_PRESIGNED} splits can be signed beforehand")
    presigned = tuple(_presigned(steps, deal, offer))
    return Draft(template, given, deal, offer, text, seats, pieces, presigned)


def recognise(offer: Offer, text: str) -> Draft:
    """The draft that this offer was made of. NotRecognised: there is none."""
    if content_hash(text) != offer.listing.content_hash:
        raise NotRecognised("the text is not the one that was signed")
    try:
        said, about = document.read(text)
    except ValueError as error:
        raise NotRecognised(f"it is no offer of a template: {error}") from error
    name = said.get("template", ("none",))[0]
    template = templates.find(name, offer.listing.kind)
    if template is None:
        raise NotRecognised(f"no template {name} makes offers of kind {offer.listing.kind}")
    try:
        seen = Seen(offer.terms.tranches, offer.listing.fills, offer.listing.starts_at, said)
        fields = template.read(seen) | template.hears(said) | {"about": about}
        given = template.input.model_validate(fields)
        found = draft(template, given, _deal(template, given, offer, said))
    except (BadDeal, NotThisTemplate, ValidationError, ValueError, LookupError) as error:
        raise NotRecognised(f"it is no offer of the template {template.name}: {error}") from error
    if found.offer != offer:
        raise NotRecognised(f"it differs from what the template {template.name} makes")
    return found


def _found_by(deal: Deal) -> list[tuple[str, str]]:
    """The lines of the text that an offer is found by."""
    said = [(name, getattr(deal, name)) for name in FOUND_BY]
    return [(name, value) for name, value in said if value is not None]


def _deal(
    template: Template[Any], given: Described, offer: Offer, said: Mapping[str, Sequence[str]]
) -> Deal:
    terms, listing = offer.terms, offer.listing
    seats = template.seats(given)
    if len(seats) != len(terms.parties):
        raise NotThisTemplate(f"it has {len(terms.parties)} parties")
    accounts = (None if party == ZERO_ADDRESS else party for party in terms.parties)
    return Deal(
        asset=terms.asset,
        parties=dict(zip(seats, accounts, strict=True)),
        max_fee_bps=listing.max_fee_bps,
        created_at=listing.created_at,
        expires_at=listing.expires_at,
        salt=listing.salt,
        **{name: said[name][0] for name in FOUND_BY if name in said},
    )


def _sponsor(template: Template[Any], seats: Sequence[str], deal: Deal) -> int:
    """The place of the sponsor, counted from 1. Where it is open, nobody can pay beforehand."""
    if not template.budget or deal.parties[SPONSOR] is None:
        return 0
    return seats.index(SPONSOR) + 1


def _presigned(steps: Sequence[Step], deal: Deal, offer: Offer) -> list[Presigned]:
    offer_hash = hash_offer(offer.terms, hash_listing(offer.listing))
    return [
        Presigned(
            step.role, deal.parties[step.role] is None, fill, trade_id(offer_hash, fill), step
        )
        for fill in range(offer.listing.fills if steps else 0)
        for step in steps
    ]


def _explained(refused: str) -> str:
    if refused.startswith("Escrow_FunderNotCaller"):
        return (
            "the chain's own coin comes with the call that opens the trade, so that only who takes"
            " the offer can pay in it: choose a token, or leave that party's place open"
        )
    return f"the Escrow would refuse it: {refused}"
