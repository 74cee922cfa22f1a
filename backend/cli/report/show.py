"""`commonhold report show`: how the parties of a trade said that a thing was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from backend.cli.api import Api, ApiUrl
from backend.cli.terminal import CommandError, DeploymentFile, explained, say
from backend.settings import Settings
from backend.terms.condition_report import MOMENTS, Moment


def _trade_named(text: str) -> str:
    if not re.fullmatch(r"0x[0-9a-fA-F]{64}", text):
        raise typer.BadParameter("a trade's id is 0x and 64 hexadecimal digits")
    return text.lower()


TradeId = Annotated[
    str,
    typer.Argument(
        metavar="TRADE", help="The id of the trade: 0x and 64 digits.", callback=_trade_named
    ),
]
WHEN = {"handover": "At the hand-over", "return": "At the return"}


def moment_named(text: str) -> Moment:
    for moment in MOMENTS:
        if text == moment:
            return moment
    raise CommandError(f"There is no moment {text}: it is {' or '.join(MOMENTS)}.")


@explained
def show(trade: TradeId, api_url: ApiUrl = None, deployment: DeploymentFile = None) -> None:
    """Show the condition reports of a trade, and who stands by each."""
    settings = Settings.read(deployment=deployment)
    settings.read_deployment()
    items = Api(api_url, settings).get(f"/trades/{trade}/reports")["items"]
    if not items:
        say("Nobody has signed a condition report of this trade.")
    for item in items:
        say_report(item)


def say_report(item: Mapping[str, Any]) -> None:
    content = item["content"]
    say(f"{WHEN[item['moment']]}: {content['cid']}")
    if content["state"] == "kept":
        say(f"  read it: commonhold content get {content['cid']}")
    else:
        say("  what it says is missing: who has it sends it by `commonhold content add`")
    for signed in item["signatures"]:
        say(f"  signed by {signed['party']}")
    for party in item["unsigned"]:
        say(f"  not signed by {party}")
