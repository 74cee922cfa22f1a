"""Templates, what they make of a plain input, and what follows from terms, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from backend.api.fields import AddressIn, TextIn, Uint40In
from backend.api.schemas.base import BlockOut, Shape
from backend.api.schemas.signed import OfferShape, Uint40
from backend.terms import shelf
from backend.terms.kinds import kind_name
from backend.terms.plain.draft import Draft, Presigned
from backend.terms.plain.narrator import Sentence
from backend.terms.plain.schema import schema_of
from backend.terms.plain.template import Template
from backend.terms.typed_data import offer_to_sign, split_to_sign

Bps = Annotated[int, Field(ge=0, le=10_000)]


class TemplateOut(Shape):
    """One way of trading. `budget`: a sponsor locks the money of all fills first."""

    name: str
    kind: int
    summary: str
    after: list[str] = Field(description="Services whose users know this way of trading.")
    roles: dict[str, str] = Field(description="Who can take part, and what each does.")
    budget: bool

    @classmethod
    def of(cls, template: Template[Any]) -> TemplateOut:
        return cls(
            name=template.name,
            kind=template.kind,
            summary=template.summary,
            after=list(template.after),
            roles=dict(template.roles),
            budget=template.budget,
        )


class TemplatesOut(Shape):
    """Every template, in the order of the fee table."""

    items: list[TemplateOut]


class TemplateFormOut(TemplateOut):
    """A template with the JSON schema (2020-12) of its input: each field has its `unit`, its bounds
    and a help text; amounts are strings of base units."""

    input: dict[str, Any]

    @classmethod
    def of(cls, template: Template[Any]) -> TemplateFormOut:
        told = TemplateOut.of(template).model_dump()
        return cls(**told, input=schema_of(template))


class DealIn(Shape):
    """What every offer has. A role that is null is open: who takes the offer. What is left out is
    the fee in force, now, no end, and zero."""

    asset: AddressIn
    parties: dict[str, AddressIn | None] = Field(max_length=8)
    max_fee_bps: Bps | None = None
    created_at: Uint40 | None = None
    expires_at: Uint40 | None = None
    salt: Uint40In = "0"
    area: Annotated[
        str | None,
        Field(pattern=f"^{shelf.AREA}$", description="A geohash, as coarse as the makers choose."),
    ] = None
    calendar: Annotated[
        str | None,
        Field(
            pattern=f"^{shelf.NAME}$",
            description="A name for the thing: its maker's offers of it are not booked twice.",
        ),
    ] = None
    answers: Annotated[
        str | None,
        Field(pattern=f"^{shelf.HASH}$", description="The offer that it is a counter-offer to."),
    ] = None


class TermsIn(Shape):
    """A plain input of the template, and the deal. `names` are shown for roles."""

    input: dict[str, Any]
    deal: DealIn
    names: dict[str, Annotated[TextIn, Field(max_length=80)]] = Field(
        default_factory=dict, max_length=8
    )


class ExplainIn(Shape):
    """Terms, with their text if it is known, and when the trade was opened if it was."""

    offer: OfferShape
    text: TextIn | None = None
    opened_at: Uint40 | None = None


class SentenceOut(Shape):
    """One case of one tranche, and its words. It closes as `outcome`; sums are base units. `dueAt`
    is the last second before (unix); where it is not known, `within` is how many seconds there are;
    both null: at any time."""

    tranche: int
    case: str
    outcome: str
    performer_bps: int
    to_performer: str
    to_checker: str
    fee: str
    due_at: int | None
    within: int | None
    text: str

    @classmethod
    def of(cls, told: Sentence) -> SentenceOut:
        return cls(
            tranche=told.tranche,
            case=told.case,
            outcome=told.outcome,
            performer_bps=told.performer_bps,
            to_performer=str(told.payout.to_performer),
            to_checker=str(told.payout.to_checker),
            fee=str(told.payout.fee),
            due_at=told.due_at,
            within=told.within,
            text=told.text,
        )


class PresignedOut(Shape):
    """A split that the party in `role` signs beforehand: with the offer, or after the opening where
    it is the taker. It lets the tranche's other side close it alone up to `deadline`.
    What is `kept` is a hand-over code: its signer gives it away at the hand-over, not before."""

    role: str
    by_taker: bool
    fill: int
    trade_id: str
    tranche: int
    performer_bps: int
    deadline: int
    allows: str
    kept: bool
    typed_data: dict[str, Any] = Field(description="For eth_signTypedData_v4.")

    @classmethod
    def of(cls, one: Presigned, chain_id: int, escrow: str) -> PresignedOut:
        step = one.step
        return cls(
            role=one.role,
            by_taker=one.by_taker,
            fill=one.fill,
            trade_id="0x" + one.trade_id.hex(),
            tranche=step.tranche,
            performer_bps=step.performer_bps,
            deadline=step.deadline,
            allows=step.allows,
            kept=step.kept,
            typed_data=split_to_sign(
                chain_id, escrow, one.trade_id, step.tranche, step.performer_bps, step.deadline
            ),
        )


class OfferTermsOut(Shape):
    """An offer to sign, with its text and all that is signed with it, and every case in words."""

    template: str
    seats: list[str] = Field(description="The role of each party, in their order.")
    offer: OfferShape
    offer_hash: str
    text: str
    budget: bool
    typed_data: dict[str, Any] = Field(description="For eth_signTypedData_v4.")
    presigned: list[PresignedOut]
    sentences: list[SentenceOut]
    as_of: BlockOut = Field(description="The rules told of are those in force in this block.")

    @classmethod
    def of(
        cls,
        made: Draft,
        sentences: Sequence[Sentence],
        chain_id: int,
        escrow: str,
        as_of: BlockOut,
    ) -> OfferTermsOut:
        return cls(
            template=made.template.name,
            seats=list(made.seats),
            offer=OfferShape.of(made.offer),
            offer_hash="0x" + made.offer_hash.hex(),
            text=made.text,
            budget=made.budget,
            typed_data=offer_to_sign(chain_id, escrow, made.offer),
            presigned=[PresignedOut.of(one, chain_id, escrow) for one in made.presigned],
            sentences=[SentenceOut.of(told) for told in sentences],
            as_of=as_of,
        )


class ExplainedOut(Shape):
    """What terms say. `template` and `input` are null where they are of no template, and
    `unknownBecause` says why; the sentences hold all the same."""

    kind: str
    template: str | None
    input: dict[str, Any] | None
    seats: list[str]
    unknown_because: str | None
    sentences: list[SentenceOut]
    as_of: BlockOut = Field(description="The rules told of are those in force in this block.")

    @classmethod
    def of(
        cls,
        kind: int,
        seats: Sequence[str],
        found: Draft | None,
        reason: str | None,
        sentences: Sequence[Sentence],
        as_of: BlockOut,
    ) -> ExplainedOut:
        given = None if found is None else found.given.model_dump(mode="json", by_alias=True)
        return cls(
            kind=kind_name(kind),
            template=None if found is None else found.template.name,
            input=given,
            seats=list(seats),
            unknown_because=reason,
            sentences=[SentenceOut.of(told) for told in sentences],
            as_of=as_of,
        )
