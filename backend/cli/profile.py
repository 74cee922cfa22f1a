"""`commonhold profile`: what is known of an account before one trades with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from backend.cli.accounts import read_account
from backend.cli.api import Api, ApiUrl
from backend.cli.terminal import CommandError, DeploymentFile, explained, say
from backend.settings import Settings
from backend.terms.plain.money import Money
from backend.terms.words import moment

Json = Mapping[str, Any]

POINT = 10**6
OUTCOMES = ("won", "lost", "even", "defaulted", "settled", "open")


@explained
def profile(
    account: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS|NAME", help="An account; on a local chain also a name such as alice."
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the answer of the API as it is.")
    ] = False,
    api_url: ApiUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Show what an account did in its trades, and what others say and attest of it.

    Asks the API, which follows the chain; times are the chain's.
    """
    settings = Settings.read(deployment=deployment)
    api = Api(api_url, settings)
    who = read_account(account, settings.read_deployment().chain_id)
    found = api.get(f"/members/{who}/profile")
    if as_json:
        say(json.dumps(found, indent=2))
        return
    try:
        lines = list(told(found))
    except (KeyError, TypeError, ValueError):
        raise CommandError(
            f"The API at {api.url} tells a profile in a form unknown here: is it of another"
            " version?"
        ) from None
    for line in lines:
        say(line)


def told(found: Json) -> Iterator[str]:
    """An answer of the API in lines."""
    block = found["asOf"]
    yield f"{found['account']} at block {block['number']}, {moment(block['time'])}"
    for name, text in _facts(found):
        yield f"  {name:16}{text}"
    counted, there_are = found["tradesCounted"], found["tradesInAll"]
    if counted < there_are:
        yield f"  The newest {counted} of {there_are} trades are counted."


def _facts(found: Json) -> Iterator[tuple[str, str]]:
    yield "rating", _rating(found["rating"], found["reviews"])
    yield "labels", ", ".join(_label(each) for each in found["labels"]) or "none"
    member = found["member"]
    yield (
        "reputation",
        "none" if member is None else f"{_points(member['balance'])}, votes {_votes(member)}",
    )
    yield "trades", "none" if not found["trades"] else f"with {found['counterparties']} others"
    for each in found["trades"]:
        yield "", _dealings(each)
    yield "in time", _punctuality(found["punctuality"])
    disputes = [f"{found['disputes'][how]} {how}" for how in OUTCOMES if found["disputes"][how]]
    yield "disputes", ", ".join(disputes) or "none"


def _rating(rating: Json | None, reviews: Json) -> str:
    given = f"; gave {reviews['given']} reviews" if reviews["given"] else ""
    if rating is None:
        return f"not reviewed yet{given}"
    stars = ", ".join(
        f"{number} x {star}"
        for star, number in reversed([*enumerate(rating["stars"], 1)])
        if number
    )
    return f"{rating['score']} of 5, by {rating['voices']} ({stars}){given}"


def _label(label: Json) -> str:
    return f"{label['words']} until {moment(label['until'])}"


def _points(votes: Json) -> str:
    whole, rest = divmod(int(votes["points"]), POINT)
    return f"{whole}.{rest:06} points"


def _votes(member: Json) -> str:
    return f"{_points(member['votes'])} ({_percent(member['shareBps'])} of all)"


def _dealings(each: Json) -> str:
    name = each["template"] or each["kindName"]
    volume = " and ".join(
        Money(amount["symbol"], amount["decimals"]).show(int(amount["value"]))
        for amount in each["volume"]
    )
    paid = f", {volume} paid" if volume else ""
    return f"{name}, {each['side']}: {each['closed']} closed, {each['open']} open{paid}"


def _punctuality(told_of: Json) -> str:
    if told_of["onTimeBps"] is None:
        return "nothing was due"
    all_due = told_of["onTime"] + told_of["late"]
    return f"{told_of['onTime']} of {all_due} ({_percent(told_of['onTimeBps'])})"


def _percent(bps: int) -> str:
    return f"{bps // 100}.{bps % 100:02}%"
