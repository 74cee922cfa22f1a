"""Drafts of proposals: what comes back."""

from __future__ import annotations

from pydantic import Field

from backend.api.schemas.base import BlockOut, Shape
from backend.api.schemas.proposal import CallOut, ProposalTupleOut, TermsOut
from backend.api.schemas.simulation import SimulationOut


class TransactionOut(Shape):
    """What a wallet sends to make the proposal."""

    to: str
    value: str
    data: str


class DraftOut(Shape):
    """A proposal that nobody has made yet. Nothing is kept of it here."""

    proposal_id: str = Field(description="As the governor will number it.")
    exists: bool = Field(description="This very proposal was made before: change the description.")
    types: list[str] = Field(
        description="fees, disputeRules, assetsAndArbitrator, treasury, anything; as the contract"
        " reads the calls."
    )
    terms: TermsOut = Field(
        description="What it takes if it is made now: the strictest of each among its types."
    )
    description: str
    arguments: ProposalTupleOut
    propose: TransactionOut
    calls: list[CallOut]
    simulation: SimulationOut
    as_of: BlockOut
