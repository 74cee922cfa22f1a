"""What a proposal of each type takes."""

from __future__ import annotations

from dataclasses import replace

from backend.queries.effects.effect import Change, Effect, Values, field_change
from backend.terms.standing import PROPOSAL_TYPES, Check, ProposalTerms, Standing
from backend.terms.words import duration

CONTRACT = "ProposalTypes"
ANYTHING = PROPOSAL_TYPES[-1]


def set_terms(values: Values, standing: Standing) -> tuple[Effect, Standing]:
    """New terms of one type, for proposals that are weighed later."""
    number, given = int(values["proposalType"]), values["terms"]
    if not 1 <= number <= len(PROPOSAL_TYPES):
        return Effect(checks=(Check(False, f"there is no type {number}"),)), standing
    name = PROPOSAL_TYPES[number - 1]
    new = ProposalTerms(int(given["quorumBps"]), int(given["approvalBps"]), int(given["delay"]))
    old = standing.terms.get(name)
    before = {} if old is None else old.named()
    changes: tuple[Change, ...] = ()
    for field, value in new.named().items():
        unit = ProposalTerms.UNITS[field]
        changes += field_change(
            standing, CONTRACT, field, f"terms.{name}.{field}", before.get(field), value, unit
        )
    checks = list(_checks(standing, name, new))
    if not changes:
        checks.append(Check(False, "it says what they say already, which the contract refuses"))
    notice = standing.terms_notice
    notes = (
        ()
        if notice is None
        else (f"for proposals that are weighed {duration(notice)} after it is executed, or later",)
    )
    after = replace(
        standing,
        terms={**standing.terms, name: new},
        # A further change in the same proposal would find this one pending.
        terms_pending=standing.terms_pending | {name},
    )
    return Effect(changes, checks=tuple(checks), notes=notes, notice=notice), after


def _checks(standing: Standing, name: str, new: ProposalTerms) -> list[Check]:
    """No change of the type is pending; and none is stricter than what can do the same."""
    checks = []
    if name in standing.terms_pending:
        checks.append(Check(False, "another change of this type has not taken effect"))
    terms = {**standing.terms, name: new}
    widest = terms.get(ANYTHING)
    if widest is None:
        return checks
    others = [each for each in terms if each != ANYTHING] if name == ANYTHING else [name]
    for field, most in widest.named().items():
        stricter = [each for each in others if terms[each].named()[field] > most]
        if stricter:
            text = f"{', '.join(stricter)}: {field} is more than the {most} of {ANYTHING},"
            checks.append(Check(False, f"{text} which is a way around it"))
    return checks
