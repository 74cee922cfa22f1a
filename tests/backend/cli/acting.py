"""`commonhold juror` as one of the local people types it."""

from __future__ import annotations

from backend.people import Person
from tests.backend.commands import invoke
from tests.backend.court import Case


def juror(where: list[str], who: Person | None, *arguments: object) -> str:
    """What it told of a success."""
    name = [] if who is None else ["--as", who.name.lower()]
    code, told = invoke("juror", *arguments, *name, *where)
    assert code == 0, told
    return told


def refused(where: list[str], who: Person | None, *arguments: object) -> str:
    name = [] if who is None else ["--as", who.name.lower()]
    code, told = invoke("juror", *arguments, *name, *where)
    assert code == 1, told
    return told


def seated(case: Case) -> list[Person]:
    return [one for one in case.jurors() if isinstance(one, Person)]
