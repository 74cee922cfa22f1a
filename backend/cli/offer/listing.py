"""`commonhold offer list` and `show`: what is offered and asked for."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from backend.cli.api import Api, ApiUrl
from backend.cli.terminal import CommandError, explained, say
from backend.settings import Settings
from backend.terms.plain.draft import FOUND_BY
from backend.terms.plain.money import Money
from backend.terms.shelf import SIDES
from backend.terms.words import moment

Words = Annotated[
    str | None, typer.Argument(metavar="[WORDS]", help="Words that its text has, in any order.")
]
Template = Annotated[str | None, typer.Option("--template", help="Such as goods, gig or stay.")]
SideOf = Annotated[
    str | None,
    typer.Option("--side", help="What the taker does: pays, performs, both or neither."),
]
Area = Annotated[
    str | None, typer.Option("--area", help="The first characters of a geohash: offers there.")
]
Maker = Annotated[str | None, typer.Option("--maker", help="An address: only its offers.")]
For = Annotated[str | None, typer.Option("--for", help="An address: private offers that name it.")]
Everything = Annotated[
    bool, typer.Option("--all", help="Also what is expired, cancelled or filled.")
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100, help="How many at most.")]


@explained
def listed(
    words: Words = None,
    template: Template = None,
    side: SideOf = None,
    area: Area = None,
    maker: Maker = None,
    addressee: For = None,
    everything: Everything = False,
    limit: Limit = 20,
    api_url: ApiUrl = None,
) -> None:
    """List offers and requests, the newest first."""
    if side is not None and side not in SIDES:
        raise CommandError(f"--side is one of {', '.join(SIDES)}.")
    asked = {
        "q": words,
        "template": template,
        "side": side,
        "area": area,
        "maker": maker,
        "for": addressee,
        "standing": "any" if everything else None,
        "limit": limit,
    }
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    found = Api(api_url, Settings.read()).get(f"/offers?{query}")
    for one in found["items"]:
        say(f"{one['hash']}  {_amount(one['amount'])}  {_title(one)}{_standing(one)}")
    if not found["items"]:
        say("Nothing is offered like that. With --all, what is over is listed too.")
    elif found["nextCursor"] is not None:
        say(f"There are more than these {limit}: --limit shows up to 100, words narrow it down.")


@explained
def show(
    offer_hash: Annotated[str, typer.Argument(metavar="HASH", help="The hash of the offer.")],
    api_url: ApiUrl = None,
) -> None:
    """Show one offer: every case in sentences, who signed it, and whether it can be taken."""
    api = Api(api_url, Settings.read())
    one = api.get(f"/offers/{offer_hash}")
    say(f"{_title(one)}: {_amount(one['amount'])}, {one['kindName']}{_standing(one)}")
    listing = one["offer"]["listing"]
    say(f"Offer {one['hash']}, up to {moment(int(listing['expiresAt']))}.")
    say(f"Taken {one['fills']['taken']} of {one['fills']['total']} times.")
    found_by = [f"{name} {one[name]}" for name in FOUND_BY if one[name]]
    if found_by:
        say(f"Found by: {', '.join(found_by)}.")
    for signed in one["signatures"]:
        say(f"Signed by {signed['party']}.")
    for other in one["booked"]:
        say(f"Already booked for that time in the trade {other}.")
    for need in one["requirements"]:
        say(f"Who takes it must have {need}.")
    told = api.ask("POST", "/terms/explain", {"offer": one["offer"], "text": one["text"]})
    for each in told["sentences"]:
        say(f"  {each['text']}")


def _title(one: dict[str, Any]) -> str:
    """The `title:` line of its text."""
    lines = (one["text"] or "").split("\n")
    return next((line[7:] for line in lines if line.startswith("title: ")), "(no title)")


def _amount(told: dict[str, Any]) -> str:
    return Money(told["symbol"] or told["asset"], told["decimals"]).show(int(told["value"]))


def _standing(one: dict[str, Any]) -> str:
    if one["takeable"]:
        return ""
    return f"  ({one['state'] if one['state'] != 'live' else ', '.join(one['obstacles'])})"
