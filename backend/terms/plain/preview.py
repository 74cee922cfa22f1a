"""Every case of a draft in sentences, what was signed beforehand last."""

from __future__ import annotations

from collections.abc import Mapping

from backend.terms.plain.draft import Draft
from backend.terms.plain.money import Money
from backend.terms.plain.narrator import Narrator, Sentence
from backend.terms.silence import PinnedRules


def preview(
    made: Draft,
    names: Mapping[str, str],
    money: Money,
    rules: PinnedRules,
    opened_at: int | None = None,
) -> list[Sentence]:
    """`names` by role; a role without one is called `the buyer`."""
    shown = [names.get(seat, f"the {seat}") for seat in made.seats]
    narrator = Narrator(shown, money, rules, made.offer.listing.starts_at, opened_at)
    steps = made.template.steps(made.given)
    return [*narrator.tell(made.pieces), *narrator.tell_signed(made.pieces, steps, made.seats)]
