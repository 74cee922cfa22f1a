"""Drafts of proposals: typed changes in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from backend.api.fields import AddressIn, TextIn, Uint96In, Uint256In, uint
from backend.api.schemas.base import Shape
from backend.terms.calldata import PROPOSER
from backend.terms.standing import SETTINGS

MOST_CHANGES = 20

KindIn = Literal[
    "goods",
    "digital",
    "gig",
    "stay",
    "rental",
    "ride",
    "guide",
    "delivery",
    "campaign",
    "other",
]


class FeeIn(Shape):
    """Another fee for one kind of trade."""

    type: Literal["fee"]
    kind: KindIn
    fee_bps: Annotated[int, uint(16, "Basis points of what a performer is paid.")]


class DisputeRulesIn(Shape):
    """Other dispute rules; what is left out stays as it is."""

    type: Literal["disputeRules"]
    ruling_period: Annotated[int, uint(40, "Seconds.")] | None = None
    default_performer_bps: Annotated[int, uint(16, "Basis points.")] | None = None
    arbitrator: AddressIn | None = None

    @model_validator(mode="after")
    def _says_something(self) -> DisputeRulesIn:
        if not self.model_dump(exclude={"type"}, exclude_none=True):
            raise ValueError("it changes nothing")
        return self


class JuryRulesIn(Shape):
    """Other rules of a jury; what is left out stays as it is."""

    type: Literal["juryRules"]
    juror_fee: Uint96In | None = Field(None, description="Wei for each juror.")
    seat_stake: Uint96In | None = Field(None, description="Base units of the stake's asset.")
    deposit_period: Annotated[int, uint(32, "Seconds.")] | None = None
    evidence_period: Annotated[int, uint(32, "Seconds.")] | None = None
    commit_period: Annotated[int, uint(32, "Seconds.")] | None = None
    reveal_period: Annotated[int, uint(32, "Seconds.")] | None = None
    appeal_period: Annotated[int, uint(32, "Seconds.")] | None = None
    conflict_period: Annotated[int, uint(32, "Seconds.")] | None = None
    jurors: Annotated[int, uint(8, "Of the first panel, an odd number.")] | None = None
    max_appeals: Annotated[int, uint(8, "At most so many.")] | None = None
    appeal_multiplier_bps: Annotated[int, uint(16, "Basis points.")] | None = None
    slash_bps: Annotated[int, uint(16, "Basis points.")] | None = None
    coherence_bps: Annotated[int, uint(16, "Basis points.")] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> JuryRulesIn:
        if not self.given():
            raise ValueError("it changes nothing")
        return self

    def given(self) -> dict[str, int]:
        """What is to change, by the field's own name."""
        values = self.model_dump(exclude={"type"}, exclude_none=True)
        return {name: int(value) for name, value in values.items()}


class AssetIn(Shape):
    """Allow or forbid an asset, or give it another rate; what is left out stays as it is."""

    type: Literal["asset"]
    asset: AddressIn = Field(description="Zero: the chain's coin.")
    allowed: bool | None = None
    rate: Uint96In | None = Field(
        None, description="Base units of points for 1e18 base units of fee."
    )

    @model_validator(mode="after")
    def _says_something(self) -> AssetIn:
        if self.allowed is None and self.rate is None:
            raise ValueError("it changes nothing")
        return self


class ReputationEscrowIn(Shape):
    """Let the trades of an escrow earn reputation, or no longer."""

    type: Literal["reputationEscrow"]
    escrow: AddressIn
    listed: bool


class SettingIn(Shape):
    """Another value of a setting of the governor or the timelock."""

    type: Literal["setting"]
    name: Annotated[str, Field(json_schema_extra={"enum": list(SETTINGS)})]
    value: Uint256In = Field(
        description="Seconds; base units of points (6 decimals) for `proposalThreshold`."
    )

    @field_validator("name")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name not in SETTINGS:
            raise ValueError(f"it is none of {', '.join(SETTINGS)}")
        return name

    @model_validator(mode="after")
    def _fits(self) -> SettingIn:
        bits = SETTINGS[self.name].bits
        if int(self.value) >= 1 << bits:
            raise ValueError(f"{self.name} must be below 2^{bits}")
        return self


class ProposalTermsIn(Shape):
    """What proposals of a type take, from later on; what is left out stays as it is."""

    type: Literal["proposalTerms"]
    proposal_type: Literal["fees", "disputeRules", "assetsAndArbitrator", "treasury", "anything"]
    quorum_bps: Annotated[int, uint(16, "Basis points of all votes.")] | None = None
    approval_bps: Annotated[int, uint(16, "Basis points of for and against.")] | None = None
    delay: Annotated[int, uint(32, "Seconds from queueing to execution.")] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ProposalTermsIn:
        if not self.given():
            raise ValueError("it changes nothing")
        return self

    def given(self) -> dict[str, int]:
        """What is to change, by the field's own name."""
        values: dict[str, int] = self.model_dump(
            exclude={"type", "proposal_type"}, exclude_none=True
        )
        return values


class AttestorIn(Shape):
    """Let an account attest such claims, so that it gives labels, or no longer."""

    type: Literal["attestor"]
    attestor: AddressIn
    claim: Literal["personVerified", "businessVerified", "creditBand", "sustainableProduct"]
    allowed: bool


class PaymentIn(Shape):
    """Pay coin or tokens from the treasury."""

    type: Literal["payment"]
    asset: AddressIn = Field(description="Zero: the chain's coin.")
    to: AddressIn
    amount: Uint256In = Field(description="Base units.")

    @field_validator("amount")
    @classmethod
    def _is_something(cls, amount: str) -> str:
        if int(amount) == 0:
            raise ValueError("it must be more than zero")
        return amount


class WithdrawCreditIn(Shape):
    """Withdraw what the Escrow owes the treasury in an asset."""

    type: Literal["withdrawCredit"]
    asset: AddressIn = Field(description="Zero: the chain's coin.")
    to: AddressIn | None = Field(None, description="The treasury itself if left out.")


ChangeIn = Annotated[
    FeeIn
    | DisputeRulesIn
    | JuryRulesIn
    | AssetIn
    | ReputationEscrowIn
    | AttestorIn
    | SettingIn
    | ProposalTermsIn
    | PaymentIn
    | WithdrawCreditIn,
    Field(discriminator="type"),
]


class DraftIn(Shape):
    """What a proposal is to change, in the order of its calls.

    Changes of the same rules become one call. With `proposer` only that account can propose it.
    """

    changes: list[ChangeIn] = Field(min_length=1, max_length=MOST_CHANGES)
    description: TextIn | None = Field(None, description="Made from the changes if left out.")
    proposer: AddressIn | None = None

    @field_validator("description")
    @classmethod
    def _is_for_anybody(cls, text: str | None) -> str | None:
        if text is not None and PROPOSER.search(text):
            raise ValueError("name the only proposer in `proposer`, not in the description")
        return text
