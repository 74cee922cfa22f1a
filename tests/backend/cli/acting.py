"""`commonhold juror` as one of the local people types it, and the index it reads."""

from __future__ import annotations

from backend.db import open_engine
from backend.people import Person
from backend.settings import Settings
from tests.backend.commands import invoke
from tests.backend.court import Case
from tests.backend.following import catch_up
from tests.backend.market import Market


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


def index(settings: Settings, market: Market) -> None:
    """Up to the head."""
    engine = open_engine(settings.database)
    catch_up(engine, market.url, market.deployment)
    engine.dispose()


def seated(case: Case) -> list[Person]:
    return [one for one in case.jurors() if isinstance(one, Person)]
