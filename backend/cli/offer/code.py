"""`commonhold offer code`: a hand-over code is made, sealed into what it allows, shown and used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer
from eth_account.messages import encode_typed_data
from pydantic import ValidationError

from backend import abi
from backend.api.schemas.base import Shape
from backend.chain import Contract
from backend.cli.juror.desk import Deed, DryRun, desk
from backend.cli.offer.trade import Known, known_trade
from backend.cli.terminal import (
    CommandError,
    Database,
    DeploymentFile,
    RpcUrl,
    explained,
    say,
)
from backend.cli.wallet import As, KeyFile, find_account
from backend.settings import Settings
from backend.terms.handover_code import hash_of, new_code, read_code, seal, unseal
from backend.terms.offer import Tranche
from backend.terms.plain.template import Step
from backend.terms.typed_data import split_to_sign
from backend.terms.words import moment

app = typer.Typer(
    help="Hand-over codes: who is told the code at the door can close what it was sealed into.",
    no_args_is_help=True,
    add_completion=False,
)

CodeFile = Annotated[str, typer.Argument(metavar="FILE", help="The file that keeps the code.")]
TradeId = Annotated[str, typer.Argument(metavar="TRADE", help="The id of the trade: 0x and hex.")]
NOTHING = b""


class SealedSplit(Shape):
    """A signature of a split, of use to who is told the code."""

    trade_id: str
    role: str
    tranche: int
    performer_bps: int
    deadline: int
    allows: str
    sealed: str


class SealedCode(Shape):
    """All that one code opens."""

    code_hash: str
    splits: list[SealedSplit]


@app.command()
@explained
def new(file: CodeFile) -> None:
    """Make a code, keep it in a new file for you alone, and tell its hash for the terms."""
    code = new_code()
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(f"{file} exists, and may hold a code: name another file.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
    with os.fdopen(opened, "w", encoding="ascii") as written:
        written.write(code + "\n")
        written.flush()
        os.fsync(written.fileno())
    say(f"Kept in {file}: tell the code to nobody before the hand-over.")
    say(f"For the terms: --code 0x{hash_of(code).hex()}")


@app.command()
@explained
def show(file: CodeFile) -> None:
    """Show the code, at the hand-over: who has it can close what it was sealed into."""
    code = _kept(file)
    say(code)
    say(f"Its hash is 0x{hash_of(code).hex()}.")


@app.command("seal")
@explained
def seal_splits(
    trade: TradeId,
    file: CodeFile,
    out: Annotated[str, typer.Option("--out", help="Write what is sealed to this file.")],
    key_file: KeyFile = None,
    name: As = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Sign what the code allows, and seal it with the code, for the other sides of the trade.

    Give the file away at once: it is of no use before the code is told.
    """
    settings = Settings.read(database=database, deployment=deployment)
    market = settings.read_deployment()
    code, known = _kept(file), known_trade(settings, _trade_id(trade))
    account = find_account(key_file, name, market.chain_id)
    role, steps = _steps_of(known, str(account.address))
    wanted = getattr(known.made.given if known.made else None, "code", None)
    digest = "0x" + hash_of(code).hex()
    if wanted is not None and wanted != digest:
        raise CommandError(f"{file} holds another code than the one in the terms ({wanted}).")
    splits = []
    for step in steps:
        message = split_to_sign(
            market.chain_id,
            market.address("Escrow"),
            bytes.fromhex(known.trade_id[2:]),
            step.tranche,
            step.performer_bps,
            step.deadline,
        )
        signed = account.sign_message(encode_typed_data(full_message=message))
        splits.append(
            SealedSplit(
                trade_id=known.trade_id,
                role=role,
                tranche=step.tranche,
                performer_bps=step.performer_bps,
                deadline=step.deadline,
                allows=step.allows,
                sealed="0x" + seal(code, bytes(signed.signature)).hex(),
            )
        )
    text = SealedCode(code_hash=digest, splits=splits).model_dump_json(by_alias=True, indent=2)
    try:
        Path(out).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}.") from None
    for step in steps:
        say(f"Up to {moment(step.deadline)}, who has the code can {step.allows}.")
    say(f"Wrote {out}: give it to the other sides now, and the code at the hand-over.")


@app.command()
@explained
def use(
    sealed: Annotated[str, typer.Argument(metavar="SEALED", help="The file you were given.")],
    code: Annotated[str, typer.Option("--code", prompt="The code", help="As you were told.")],
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Open what was sealed, with the code you were told, and close your side of the trade."""
    given, told = _sealed(sealed), _read(code)
    if given.code_hash != "0x" + hash_of(told).hex():
        raise CommandError(f"This is not the code that {sealed} was sealed with.")
    settings = Settings.read(database=database, deployment=deployment, rpc_url=rpc_url)
    market = settings.read_deployment()
    with desk(rpc_url, deployment, key_file, name, dry_run) as at:
        escrow = Contract(at.node, "Escrow", market.address("Escrow"), abi.load("Escrow"))
        deeds = [
            Deed(split.allows.capitalize(), escrow, "split", arguments)
            for split in given.splits
            if (arguments := _arguments(settings, split, told, at.address)) is not None
        ]
        if not deeds:
            raise CommandError(f"{at.address} is on no side of what {sealed} closes.")
        at.do(*deeds)


def _arguments(
    settings: Settings, split: SealedSplit, code: str, caller: str
) -> tuple[Any, ...] | None:
    """Of the Escrow's `split`; None where the caller is not the side that may use it."""
    known = known_trade(settings, split.trade_id)
    word = known.call[2][split.tranche]
    performer, checker = _sides(known, word)
    try:
        signature = unseal(code, bytes.fromhex(split.sealed.removeprefix("0x")))
    except ValueError:
        raise CommandError(
            "What was sealed does not open with this code: it was altered on its way. Ask for it"
            " again."
        ) from None
    terms = (known.call, split.tranche, split.performer_bps, split.deadline)
    if caller == performer:
        return (*terms, NOTHING, signature)
    return (*terms, signature, NOTHING) if caller == checker else None


def _sides(known: Known, word: int) -> tuple[str, str]:
    tranche = Tranche.unpack(word)
    return known.parties[tranche.performer], known.parties[tranche.checker]


def _steps_of(known: Known, account: str) -> tuple[str, list[Step]]:
    """The role of this account, and the codes that it keeps."""
    if known.made is None:
        raise CommandError(
            "The text of this trade's offer is not known here, so that nobody can tell what its"
            " code is for: post the offer to this market's offer book first."
        )
    roles = dict(zip(known.parties, known.made.seats, strict=True))
    role = roles.get(account)
    if role is None:
        raise CommandError(f"{account} is none of the parties of this trade.")
    steps = known.made.template.steps(known.made.given)
    kept = [step for step in steps if step.role == role and step.kept]
    if not kept:
        raise CommandError(f"The {role} keeps no hand-over code in this trade.")
    return role, kept


def _kept(file: str) -> str:
    try:
        text = Path(file).read_text(encoding="ascii")
    except FileNotFoundError:
        raise CommandError(
            f"There is no file {file}. `commonhold offer code new {file}` makes a code."
        ) from None
    except (OSError, UnicodeDecodeError):
        text = ""
    try:
        return read_code(text)
    except ValueError as error:
        raise CommandError(f"{file} holds no hand-over code: {error}.") from None


def _read(code: str) -> str:
    try:
        return read_code(code)
    except ValueError as error:
        raise CommandError(f"{error}.".capitalize()) from None


def _sealed(file: str) -> SealedCode:
    try:
        return SealedCode.model_validate_json(Path(file).read_bytes())
    except FileNotFoundError:
        raise CommandError(f"There is no file {file}.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except ValidationError:
        raise CommandError(
            f"{file} is not what `commonhold offer code seal` writes: ask for it again."
        ) from None


def _trade_id(text: str) -> str:
    found = text.lower()
    if len(found) != 66 or not found.startswith("0x") or set(found[2:]) - set("0123456789abcdef"):
        raise CommandError(f"{text} is not the id of a trade: 0x and 64 hexadecimal digits.")
    return found
