"""`commonhold offer new`: one command per template, whose options are the fields of its input."""

from __future__ import annotations

import inspect
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from eth_account.signers.local import LocalAccount
from pydantic import ValidationError

from backend.api.schemas.base import BlockOut
from backend.api.schemas.template import OfferTermsOut
from backend.cli.offer.market import Market, market_at
from backend.cli.offer.signing import SignedTerms, sign
from backend.cli.offer.values import entries_of, hint, read_entry, read_period, read_value
from backend.cli.terminal import Database, DeploymentFile, explained, fail, say
from backend.cli.wallet import KEY_ENV, As, KeyFile, find_account
from backend.settings import Settings
from backend.terms.plain.draft import BadDeal, Deal, Draft, draft
from backend.terms.plain.fields import MAX_TIME, Described
from backend.terms.plain.money import Money
from backend.terms.plain.narrator import Sentence
from backend.terms.plain.preview import preview
from backend.terms.plain.template import Template
from backend.terms.templates import all_templates

app = typer.Typer(
    help="Make an offer: fill in a form, see every case in sentences, and get what to sign.",
    no_args_is_help=True,
    add_completion=False,
)

Asset = Annotated[
    str, typer.Option("--asset", help="A symbol of this market, an address, or coin.")
]
Party = Annotated[
    list[str] | None,
    typer.Option(
        "--party", metavar="ROLE=ADDRESS", help="Who is who; the role that is left out is open."
    ),
]
Expires = Annotated[
    str, typer.Option("--expires", help="How long it can be taken, from now; or never.")
]
MaxFee = Annotated[
    int | None,
    typer.Option("--max-fee-bps", help="The highest fee to accept; else the one in force."),
]
Area = Annotated[
    str | None,
    typer.Option(
        "--area",
        help="Where it is: one to five characters of a geohash, the fewer the coarser.",
    ),
]
Calendar = Annotated[
    str | None,
    typer.Option(
        "--calendar",
        help="A name for the thing, such as the-van: it is not booked twice for one time.",
    ),
]
Answers = Annotated[
    str | None,
    typer.Option("--answers", metavar="HASH", help="The offer that it is a counter-offer to."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Sign without asking again.")]
Out = Annotated[str | None, typer.Option("--out", help="Write what is to be signed to this file.")]

COMMON: dict[str, tuple[Any, Any]] = {
    "asset": (Asset, "coin"),
    "party": (Party, None),
    "expires": (Expires, "30 days"),
    "max_fee_bps": (MaxFee, None),
    "area": (Area, None),
    "calendar": (Calendar, None),
    "answers": (Answers, None),
    "out": (Out, None),
    "key_file": (KeyFile, None),
    "name": (As, None),
    "yes": (Yes, False),
    "database": (Database, None),
    "deployment": (DeploymentFile, None),
}


def _command(template: Template[Any]) -> Callable[..., None]:
    """A command whose signature is the template's form: Typer reads options from signatures."""

    def make(**options: Any) -> None:
        _make(template, options)

    parameters = [
        *(_parameter(name, kind, default) for name, (kind, default) in _fields(template).items()),
        *(_parameter(name, kind, default) for name, (kind, default) in COMMON.items()),
    ]
    make.__doc__ = template.summary
    make.__name__ = template.name
    make.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    make.__annotations__ = {one.name: one.annotation for one in parameters}
    found = explained(make)
    found.__signature__ = make.__signature__  # type: ignore[attr-defined]
    return found


def _parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _fields(template: Template[Any]) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for name, field in template.input.model_fields.items():
        several = entries_of(field) is not None
        option = "--" + name.replace("_", "-").removesuffix("s" if several else "")
        text = typer.Option(option, help=f"{field.description} ({hint(field)})", metavar="VALUE")
        found[name] = (Annotated[list[str] | None if several else str | None, text], None)
    return found


def _make(template: Template[Any], options: dict[str, Any]) -> None:
    settings = Settings.read(database=options["database"], deployment=options["deployment"])
    market = market_at(settings, template.kind, options["asset"])
    signer = _signer(options, market.chain_id)
    given = _read(template, options, market.money)
    seats = template.seats(given)
    try:
        made = draft(template, given, _deal(seats, options, market, signer))
    except (BadDeal, ValidationError, ValueError) as error:
        fail(f"No offer can be made of this: {_plainly(error)}")
    told = _tell(made, market)
    as_of = BlockOut.of(market.block)
    answer = OfferTermsOut.of(made, told, market.chain_id, market.escrow, as_of)
    signed = None
    if signer is not None:
        if not options["yes"]:
            typer.confirm(f"Sign as {signer.address}?", abort=True)
        signed = sign(made, answer, signer)
    _write(answer, signed, options["out"])


def _tell(made: Draft, market: Market) -> list[Sentence]:
    told = preview(made, {}, market.money, market.rules)
    for index, piece in enumerate(made.pieces):
        tranche = piece.tranche
        say(f"{piece.phrases.what}: {market.money.show(tranche.amount)}")
        for each in told:
            if each.tranche == index:
                say(f"  {each.text}")
    return told


def _write(answer: OfferTermsOut, signed: SignedTerms | None, out: str | None) -> None:
    steps = len(answer.presigned if signed is None else signed.post.splits)
    with_steps = f", with {steps} splits beforehand" if steps else ""
    if out is None:
        say("Nothing is kept: with --out FILE, the offer is written there.")
        return
    shown = answer if signed is None else signed
    text = shown.model_dump_json(by_alias=True, indent=2)
    try:
        Path(out).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")
    word = "to sign" if signed is None else "signed"
    say(f"Wrote {out}: the offer {answer.offer_hash}, {word}{with_steps}.")
    if signed is not None:
        say(f"`commonhold offer post {out}` puts it where others find it.")


def _signer(options: dict[str, Any], chain_id: int) -> LocalAccount | None:
    """Nobody signs where no wallet is named: then the offer is only shown."""
    if options["key_file"] is None and options["name"] is None and KEY_ENV not in os.environ:
        return None
    return find_account(options["key_file"], options["name"], chain_id)


def _read(template: Template[Any], options: dict[str, Any], money: Money) -> Described:
    """The input, of the options and, where one is missing and somebody is there, of answers."""
    found: dict[str, Any] = {}
    asks = sys.stdin.isatty()
    missing = []
    for name, field in template.input.model_fields.items():
        value = options[name]
        shape = entries_of(field)
        if value is None or value == []:
            if not field.is_required():
                continue
            if not asks:
                missing.append("--" + name.replace("_", "-").removesuffix("s" if shape else ""))
                continue
            answer = typer.prompt(f"{field.description}\n  {hint(field)}")
            value = [answer] if shape else answer
        try:
            found[name] = (
                read_value(field, value, money)
                if shape is None
                else [read_entry(shape, each, money) for each in value]
            )
        except ValueError as error:
            fail(f"{name.replace('_', ' ')}: {error}")
    if missing:
        fail(
            f"Missing: {', '.join(missing)}. `commonhold templates show {template.name}` explains."
        )
    try:
        given: Described = template.input.model_validate(found)
    except ValidationError as error:
        fail(_plainly(error))
    return given


def _deal(
    seats: tuple[str, ...], options: dict[str, Any], market: Market, signer: LocalAccount | None
) -> Deal:
    named: dict[str, str | None] = dict.fromkeys(seats)
    for each in options["party"] or []:
        role, mark, account = each.partition("=")
        if not mark or role not in named:
            raise ValueError(f"--party {each}: the roles are {', '.join(seats)}")
        named[role] = account
    if signer is not None and signer.address.lower() not in {
        (account or "").lower() for account in named.values()
    }:
        mine = next((role for role, account in named.items() if account is None), None)
        if mine is None:
            raise ValueError(f"{signer.address}, whose wallet it is, is none of the parties")
        named[mine] = signer.address
    until = options["expires"]
    now = market.block.time
    return Deal(
        asset=market.asset,
        parties=named,
        max_fee_bps=(
            market.rules.fee_bps if options["max_fee_bps"] is None else options["max_fee_bps"]
        ),
        created_at=now,
        expires_at=MAX_TIME if until == "never" else now + read_period(until),
        salt=secrets.randbits(40),
        area=options["area"],
        calendar=options["calendar"],
        answers=options["answers"],
    )


def _plainly(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(
        f"{' '.join(str(part).replace('_', ' ') for part in found['loc'])}: "
        + found["msg"].removeprefix("Value error, ")
        for found in error.errors()
    )


for _template in all_templates().values():
    app.command(_template.name)(_command(_template))
