"""The way of a template for which no plot was written: of its example, by duty or in silence."""

from __future__ import annotations

import json
from typing import Any

from backend.terms.plain.template import Template, unit_of
from scripts.people import Person
from scripts.ways.plot import ANYONE, Begin, Deed, Ending, Move, Way

DAY = 86_400
PEOPLE = (Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE)


def plain_way(template: Template[Any]) -> Way:
    """Everybody performs and accepts; or nobody does anything. It begins in two days, where it
    begins at a time of the calendar."""
    fields = template.input.model_fields.values()
    times = {field.alias for field in fields if unit_of(field) == "time"}
    given = {key: 2 * DAY if key in times else value for key, value in template.example.items()}
    example = template.input.model_validate_json(json.dumps(dict(template.example)))
    seats = template.seats(example)
    tranches = [piece.tranche for piece in template.pieces(example)]
    done: list[Deed] = [Begin()] if template.starts_at(example) else []
    for number, tranche in enumerate(tranches):
        done.append(Move(seats[tranche.performer], "perform", number))
        done.append(Move(seats[tranche.checker], "accept", number))
    order = sorted(range(len(tranches)), key=lambda number: tranches[number].due_in)
    return Way(
        template.name,
        given,
        dict(zip(seats, PEOPLE, strict=False)),
        seats[-1],
        Ending("everybody does what was agreed on", tuple(done)),
        Ending("nobody does anything", tuple(Move(ANYONE, "expire", number) for number in order)),
    )
