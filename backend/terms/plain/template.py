"""A template: how a plain input becomes tranches, and how it is read back from them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from pydantic.fields import FieldInfo

from backend.terms.offer import Tranche
from backend.terms.plain.fields import Described

# The units of fields that are words; all others are numbers.
WORDS = ("text", "choice", "hash")

Given = TypeVar("Given", bound=Described)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one tranche, as they stand in: if Bob does not `perform`; if Bob reports that
    `performed`; if Carol `accepts`."""

    what: str
    perform: str
    performed: str
    accepts: str


PLAIN_PHRASES = Phrases("this part", "do it", "it is done", "accepts it")


@dataclass(frozen=True, slots=True)
class Piece:
    """A tranche and its words."""

    tranche: Tranche
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class Step:
    """A split that one side signs beforehand, so that the other can close the tranche alone up to
    and including `deadline` (unix seconds). `allows` says what for: call it off. A hand-over code
    is such a signature, `kept` by its signer until the hand-over: the other side gets it there."""

    role: str
    tranche: int
    performer_bps: int
    deadline: int
    allows: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to read an input from; `said` are the words of the text by their names."""

    tranches: Sequence[Tranche]
    fills: int
    starts_at: int
    said: Mapping[str, Sequence[str]]


class NotThisTemplate(Exception):
    """The tranches are none that the template makes."""


class Template(ABC, Generic[Given]):
    """One way of trading. `kind` is the row of the fee table; `roles` says who can take part."""

    name: ClassVar[str]
    kind: ClassVar[int]
    summary: ClassVar[str]
    after: ClassVar[Sequence[str]]
    roles: ClassVar[Mapping[str, str]]
    example: ClassVar[Mapping[str, Any]]  # in JSON; amounts of an asset with 6 decimals
    notes: ClassVar[Sequence[str]] = ()  # what a trader should know besides
    budget: ClassVar[bool] = False  # whether the role `sponsor` locks the money of all fills first
    input: type[Given]

    def seats(self, given: Given) -> tuple[str, ...]:
        """The roles that this trade has, in the order of its parties."""
        return tuple(self.roles)

    @abstractmethod
    def pieces(self, given: Given) -> tuple[Piece, ...]:
        """The tranches, each with its words."""

    @abstractmethod
    def read(self, seen: Seen) -> dict[str, Any]:
        """The fields that are not said, from the tranches. It may be wrong where the tranches are
        none of this template: what it gives is turned into tranches again and compared."""

    def fills(self, given: Given) -> int:
        """How often it can be taken."""
        return 1

    def starts_at(self, given: Given) -> int:
        """From when on the periods run (unix seconds); zero: from the opening."""
        return 0

    def steps(self, given: Given) -> tuple[Step, ...]:
        """What is signed beforehand for each fill."""
        return ()

    def says(self, given: Given) -> list[tuple[str, str]]:
        """The words of the text, in order."""
        values = ((name, getattr(given, name)) for name in self._said())
        return [(name, str(value)) for name, value in values if value is not None]

    def hears(self, said: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """The fields that are said, from those words."""
        return {
            name: said[name][0] if unit_of(field) in WORDS else int(said[name][0])
            for name, field in self._said().items()
            if said.get(name)
        }

    def _said(self) -> dict[str, FieldInfo]:
        fields = self.input.model_fields
        return {name: field for name, field in fields.items() if _extra(field).get("said")}


def unit_of(field: FieldInfo) -> str:
    """asset, seconds, time, basisPoints, count, text, choice or list."""
    return str(_extra(field)["unit"])


def _extra(field: FieldInfo) -> Mapping[str, Any]:
    extra = field.json_schema_extra
    return extra if isinstance(extra, dict) else {}
