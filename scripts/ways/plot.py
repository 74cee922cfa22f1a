"""What happens in a trade, as data: who does what, in which order, up to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.terms.plain.template import Template, unit_of
from backend.terms.templates import all_templates
from scripts.people import Person

ANYONE = "anyone"  # who has nothing to do with the trade


@dataclass(frozen=True, slots=True)
class Move:
    """`who` calls perform, accept, refund, dispute or expire of a tranche; before expire, the clock
    moves to the first second after its deadline."""

    who: str
    does: str
    tranche: int = 0


@dataclass(frozen=True, slots=True)
class Settle:
    """Both sides of the tranche sign a split of it, and `who` of them sends it."""

    who: str
    performer_bps: int
    tranche: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """`who` closes the tranche alone, with what the other side signed beforehand."""

    who: str
    performer_bps: int
    tranche: int = 0


@dataclass(frozen=True, slots=True)
class Begin:
    """The clock moves to the time of the calendar at which the trade begins."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """`who` gives the sponsor back what is left of the budget, once nobody can take any more."""

    who: str


Deed = Move | Settle | Use | Begin | Unlock


@dataclass(frozen=True, slots=True)
class Ending:
    """How it goes, in words and in deeds, up to the last tranche's end."""

    words: str
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way of trading. `given` is the input of its template in JSON, where every time is so many
    seconds from now; `taker` is the role whose place is open in the offer."""

    name: str
    given: Mapping[str, Any]
    cast: Mapping[str, Person]
    taker: str
    happy: Ending
    unhappy: Ending

    @property
    def template(self) -> Template[Any]:
        return all_templates()[self.name]

    def input_at(self, now: int) -> dict[str, Any]:
        """What is posted, if it is `now` (unix seconds)."""
        fields = self.template.input.model_fields
        times = {field.alias for field in fields.values() if unit_of(field) == "time"}
        return {key: value + now if key in times else value for key, value in self.given.items()}
