"""`commonhold juror duties`: what a juror has to do, up to when, and what to type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from eth_utils.address import is_address, to_checksum_address

from backend.cli.api import Api, ApiUrl
from backend.cli.terminal import CommandError, DeploymentFile, explained, say
from backend.cli.wallet import As, KeyFile, find_account
from backend.settings import Settings
from backend.terms.plain.money import Money
from backend.terms.words import moment

Json = Mapping[str, Any]


WITHDRAWING = ("withdraw", "withdrawCredit")


@explained
def duties(
    address: Annotated[
        str | None, typer.Argument(help="The juror; without it, your wallet's address.")
    ] = None,
    api_url: ApiUrl = None,
    key_file: KeyFile = None,
    name: As = None,
    deployment: DeploymentFile = None,
) -> None:
    """Show what you have to do as a juror, up to when, what hangs on it, and what waits for you.

    Asks the API, which follows the chain; times are the chain's.
    """
    settings = Settings.read(deployment=deployment)
    juror = _who(settings, address, key_file, name)
    api = Api(api_url, settings)
    found = api.get(f"/jurors/{juror}/duties")
    try:
        lines = list(told(found))
    except (KeyError, TypeError, ValueError):
        raise CommandError(
            f"The API at {api.url} tells duties in a form unknown here: is it of another version?"
        ) from None
    for line in lines:
        say(line)


def told(found: Json) -> Iterator[str]:
    """An answer of the API in lines: each duty with what to type, then what waits."""
    block = found["asOf"]
    yield f"{found['juror']} at block {block['number']}, {moment(block['time'])}:"
    for duty in found["duties"]:
        yield from _duty(duty)
    for waiting in found["waiting"]:
        yield from _waiting(waiting)
    if not found["duties"] and not found["waiting"]:
        yield "Nothing to do. Who stakes can be drawn: `commonhold juror stake AMOUNT`."


def _duty(duty: Json) -> Iterator[str]:
    vote, secret = duty["vote"], duty["secret"]
    if vote is not None:
        yield f"Case {vote['caseId']}"
        voting = f"{duty['function']} {vote['caseId']}"
        command = voting + (" --performer PERCENT" if duty["function"] == "commit" else "")
    else:
        yield f"Seed {secret['seedId']}"
        command = f"seed {secret['seedId']}"
    since = (
        "" if duty["beginsAt"] is None else f", from {moment(duty['beginsAt'])} on at the latest"
    )
    if duty["fromBlock"] is not None:
        since = f", from block {duty['fromBlock']} on"
    yield f"  {duty['words']}{since}, until {moment(duty['until'])}"
    yield f"  {_hangs_on(duty)}"
    if duty["due"]:
        yield f"  commonhold juror {command}"


def _hangs_on(duty: Json) -> str:
    costs = "silence costs" if duty["vote"] is None else "silence, or a vote far off, costs"
    parts = [("earns", "earns"), ("brings of others' bonds", "winsAtLeast"), (costs, "loses")]
    text = ", ".join(f"{words} {_amount(duty[key])}" for words, key in parts if _value(duty[key]))
    return f"{text[:1].upper()}{text[1:]}."


def _waiting(waiting: Json) -> Iterator[str]:
    amount = "" if waiting["amount"] is None else f" ({_amount(waiting['amount'])})"
    at = "" if waiting["at"] is None else f", from {moment(waiting['at'])} on"
    yield f"{waiting['words']}{amount}{at}"
    if waiting["caseId"] is not None:
        yield f"  case {waiting['caseId']}"
    if waiting["function"] in WITHDRAWING:
        yield "  commonhold juror withdraw"
    else:
        yield f"  anyone: {waiting['function']} of {waiting['contract']}"


def _amount(amount: Json) -> str:
    return Money(amount["symbol"], amount["decimals"]).show(_value(amount))


def _value(amount: Json) -> int:
    return int(amount["value"])


def _who(settings: Settings, address: str | None, key_file: str | None, name: str | None) -> str:
    if address is None:
        chain_id = settings.read_deployment().chain_id
        return str(find_account(key_file, name, chain_id).address)
    if key_file is not None or name is not None:
        raise CommandError("Give an address or a wallet, not both.")
    if not is_address(address):
        raise CommandError(f"{address} is not an address: 0x and 40 hexadecimal digits.")
    return str(to_checksum_address(address))
