"""What a vote can set, and how far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from backend.api.schemas.base import BlockOut, Shape
from backend.terms.jury import FIELDS
from backend.terms.kinds import KIND_NAMES
from backend.terms.standing import PROPOSAL_TYPES, SETTINGS, ProposalTerms, Standing, Unit

ChangeType = Literal["fee", "disputeRules", "juryRules", "setting", "proposalTerms"]
Named = tuple[ChangeType, str, str, str, int | None, Unit]


class GovernedOut(Shape):
    """A number that members vote on. `value` is that of the newest rules, in force or not: every
    step is measured from there. The bounds are fixed in the contract: no vote moves them."""

    change: ChangeType = Field(description="The type of the change in a draft that sets it.")
    field: str = Field(
        description="As drafts and versions name it: `feeBps.goods`, `jurors`,"
        " `terms.fees.quorumBps`, ..."
    )
    value: str | None
    unit: str = Field(description="basisPoints, seconds, points (6 decimals), asset or count.")
    least: str | None = Field(description="Null, like the next three: not known here.")
    most: str | None
    step: str | None = Field(description="How far one vote may move it.")
    notice: int | None = Field(description="Seconds from the execution until it holds.")


class GovernedListOut(Shape):
    """Every number that members vote on."""

    version: int = Field(description="The newest version of the rules.")
    items: list[GovernedOut]
    as_of: BlockOut


def governed_of(standing: Standing) -> list[GovernedOut]:
    """Fees, dispute rules, those of a jury, the settings of votes, what proposals take."""
    return [_governed(standing, *each) for each in _named(standing)]


def _named(standing: Standing) -> Iterator[Named]:
    """Change, field, contract, name of the bounds, value, unit."""
    rules, book = standing.rules, "RuleBook"
    for kind, fee in zip(KIND_NAMES, rules.fees, strict=True):
        yield "fee", f"feeBps.{kind}", book, "feeBps", fee, "basisPoints"
    name = "rulingPeriod"
    yield "disputeRules", name, book, name, rules.ruling_period, "seconds"
    name = "defaultPerformerBps"
    yield "disputeRules", name, book, name, rules.default_performer_bps, "basisPoints"
    jury = {} if rules.jury is None else rules.jury.named()
    for name, unit in FIELDS.items():
        yield "juryRules", name, book, name, jury.get(name), unit
    for name, each in SETTINGS.items():
        value = standing.settings.get(name)
        yield "setting", name, each.contract, each.bounds, value, each.unit
    for proposal_type in PROPOSAL_TYPES:
        terms = standing.terms.get(proposal_type)
        values = {} if terms is None else terms.named()
        for name, measure in ProposalTerms.UNITS.items():
            field = f"terms.{proposal_type}.{name}"
            yield "proposalTerms", field, "ProposalTypes", name, values.get(name), measure


def _governed(
    standing: Standing,
    change: ChangeType,
    name: str,
    contract: str,
    bounds: str,
    value: int | None,
    unit: Unit,
) -> GovernedOut:
    found = standing.bounds.get((contract, bounds))
    return GovernedOut(
        change=change,
        field=name,
        value=None if value is None else str(value),
        unit=unit,
        least=None if found is None else str(found.min),
        most=None if found is None else str(found.max),
        step=None if found is None else str(found.step),
        notice=None if found is None else found.notice,
    )
