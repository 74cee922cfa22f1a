"""`commonhold review together`: two sides who agree to speak reveal their reviews at once.

One starts and hides what it says; the other signs its own over that; the first shows both. Who
started can only show what it hid, or nothing.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Annotated

import typer
from pydantic import Field, ValidationError

from backend.api.fields import AddressIn, Bytes32In, SignatureIn
from backend.api.schemas.base import Shape
from backend.cli.api import ApiUrl
from backend.cli.juror.desk import Deed, DryRun
from backend.cli.review.place import About, Place, Stars, TradeId, place
from backend.cli.review.reader import stars
from backend.cli.review.words import (
    NOTHING,
    Content,
    Words,
    WordsFile,
    keep,
    kept,
    publish,
    read_words,
)
from backend.cli.terminal import (
    CommandError,
    Database,
    DeploymentFile,
    RpcUrl,
    explained,
    say,
)
from backend.cli.wallet import As, KeyFile
from backend.terms.reviews import Review, Sides, find_rating
from backend.terms.signatures import digest_of, recover
from backend.terms.words import moment

app = typer.Typer(
    help="Agree to review each other: both are read at the same moment.", no_args_is_help=True
)

Given = Annotated[str, typer.Argument(metavar="FILE", help="What the other side gave you.")]
Out = Annotated[str, typer.Option("--out", metavar="FILE", help="Write it to this new file.")]
OWN_SIGNATURE = b""  # of who sends: the transaction says who that is


class Joined(Shape):
    """The review of who joined, for the one who started: `content` is base64."""

    rating: int = Field(ge=1, le=5)
    content_hash: Bytes32In
    salt: Bytes32In
    signature: SignatureIn
    content: str = ""


class Agreement(Shape):
    """`commitment` hides the review of `starter` about `joiner`."""

    chain_id: int
    reviews: AddressIn
    trade_id: Bytes32In
    starter: AddressIn
    joiner: AddressIn
    commitment: Annotated[str, Field(pattern=r"^0x[0-9a-f]{52}$")]
    joined: Joined | None = None


@app.command()
@explained
def start(
    trade: TradeId,
    about: About,
    rating: Stars,
    out: Out,
    words: Words = None,
    file: WordsFile = None,
    key_file: KeyFile = None,
    name: As = None,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Write a file for the other side, in which your review is hidden. Nothing is sent."""
    said = read_words(words, file) or NOTHING
    digest = said.digest
    with place(trade, rpc_url, database, deployment, None, key_file, name) as at:
        sides = at.own_sides(about)
        _check(at, sides)
        hidden = Review(sides, rating, digest).commitment(at.terms, at.salt(sides))
        agreement = Agreement(
            chain_id=at.terms.chain_id,
            reviews=at.terms.reviews,
            trade_id=at.trade,
            starter=sides.author,
            joiner=sides.subject,
            commitment="0x" + hidden.hex(),
        )
        if said.data:
            path = keep(at.settings, sides, said)
            say(f"The words are kept in {path}: you need them at the end, to the letter.")
        _write(out, agreement)
        say(f"Wrote {out}: {stars(rating)} for {sides.subject}, which nobody can read in it.")
        say(f"Give it to {sides.subject}: `commonhold review together join {Path(out).name}`.")


@app.command()
@explained
def join(
    given: Given,
    rating: Stars,
    out: Out,
    words: Words = None,
    file: WordsFile = None,
    key_file: KeyFile = None,
    name: As = None,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Sign your review over what the other side hid, for it to send both. Nothing is sent.

    Who started reads your review before it sends: if you do not trust it to go on, commit instead.
    """
    said = read_words(words, file) or NOTHING
    digest = said.digest
    agreement = _read(given)
    with place(agreement.trade_id, rpc_url, database, deployment, None, key_file, name) as at:
        _check_market(at, agreement, given)
        if at.at.address != agreement.joiner:
            raise CommandError(f"{given} is for {agreement.joiner}, not for {at.at.address}.")
        sides = at.own_sides(agreement.starter)
        _check(at, sides)
        review = Review(sides, rating, digest)
        counterpart = bytes.fromhex(agreement.commitment[2:])
        signature = at.at.account.sign_message(review.signable(at.terms, counterpart)).signature
        joined = Joined(
            rating=rating,
            content_hash="0x" + digest.hex(),
            salt="0x" + at.salt(sides).hex(),
            signature="0x" + bytes(signature).hex(),
            content=base64.b64encode(said.data).decode(),
        )
        _write(out, agreement.model_copy(update={"joined": joined}))
        say(f"Wrote {out}: {stars(rating)} for {sides.subject}, signed.")
        say(f"Give it back to {sides.subject}, who sends both with `commonhold review together")
        say(f"finish {Path(out).name}`, until {moment(at.windows().reveal_until)}.")


@app.command()
@explained
def finish(
    given: Given,
    words: Words = None,
    file: WordsFile = None,
    key_file: KeyFile = None,
    name: As = None,
    dry_run: DryRun = False,
    api_url: ApiUrl = None,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Send both reviews, yours as you hid it and the other as it was signed."""
    typed = read_words(words, file)
    agreement = _read(given)
    joined = agreement.joined
    if joined is None:
        raise CommandError(
            f"{agreement.joiner} has not signed in {given}: it runs `commonhold review together"
            " join`, and gives you what that writes."
        )
    trade = agreement.trade_id
    with place(trade, rpc_url, database, deployment, api_url, key_file, name, dry_run) as at:
        _check_market(at, agreement, given)
        if at.at.address != agreement.starter:
            raise CommandError(f"{agreement.starter} started {given}, and sends it.")
        sides = at.own_sides(agreement.joiner)
        _check(at, sides)
        own, said = _own(at, sides, agreement, typed)
        theirs = _theirs(at, agreement, joined)
        parts = [
            (own.sides.author, own.rating, own.content_hash, at.salt(sides), OWN_SIGNATURE),
            (
                *(theirs.sides.author, theirs.rating, theirs.content_hash),
                *(bytes.fromhex(joined.salt[2:]), bytes.fromhex(joined.signature[2:])),
            ),
        ]
        deed = Deed(
            f"Reveal together {stars(own.rating)} for {sides.subject}, and {stars(theirs.rating)}"
            " for you",
            at.contract,
            "revealTogether",
            (at.known.call, parts),
        )
        path = keep(at.settings, sides, said) if said.data and not dry_run else None
        if at.at.do(deed):
            publish(at, said, path)
            publish(at, Content(base64.b64decode(joined.content)), None)


def _own(
    at: Place, sides: Sides, agreement: Agreement, typed: Content | None
) -> tuple[Review, Content]:
    """What this side hid."""
    hidden, salt = bytes.fromhex(agreement.commitment[2:]), at.salt(sides)
    for said in [kept(at.settings, sides), NOTHING] if typed is None else [typed]:
        rating = find_rating(at.terms, sides, said.digest, salt, hidden)
        if rating is not None:
            return Review(sides, rating, said.digest), said
    raise CommandError(
        "What you hid does not open without its words: give the same again, to the letter, with"
        " --words TEXT or --file FILE; or start anew."
    )


def _theirs(at: Place, agreement: Agreement, joined: Joined) -> Review:
    """What the other side signed, checked before anything is sent; the contract does so again."""
    sides = at.sides(agreement.joiner, agreement.starter)
    review = Review(sides, joined.rating, bytes.fromhex(joined.content_hash[2:]))
    try:
        content = Content(base64.b64decode(joined.content, validate=True))
    except ValueError:
        content = NOTHING
    if content.digest != review.content_hash:
        raise CommandError("The other side's words are not those that it signed: ask for it again.")
    message = review.signable(at.terms, bytes.fromhex(agreement.commitment[2:]))
    signature = bytes.fromhex(joined.signature[2:])
    is_contract = at.at.node.has_code(sides.author)
    if not is_contract and recover(digest_of(message), signature) != sides.author:
        raise CommandError(
            f"{sides.author} did not sign this review over yours: it was altered, or is of another"
            " start. Ask for it again."
        )
    return review


def _check(at: Place, sides: Sides) -> None:
    """Neither has said anything, and there is time."""
    windows = at.windows()
    at.check_none(sides)
    at.check_reveal(windows)
    if at.reader.other(sides).status:
        raise CommandError(
            f"{sides.subject} committed to a review of you, or reviewed you: together is over."
            f" `commonhold review list {at.trade}` tells what is left."
        )


def _check_market(at: Place, agreement: Agreement, given: str) -> None:
    found = (agreement.chain_id, agreement.reviews)
    if found != (at.terms.chain_id, at.terms.reviews):
        raise CommandError(
            f"{given} is for {agreement.reviews} on chain {agreement.chain_id}; this market reviews"
            f" at {at.terms.reviews} on chain {at.terms.chain_id}."
        )


def _write(out: str, agreement: Agreement) -> None:
    try:
        with Path(out).open("x", encoding="utf-8") as file:
            file.write(agreement.model_dump_json(by_alias=True, indent=2) + "\n")
    except FileExistsError:
        raise CommandError(f"{out} exists: name another file.") from None
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}.") from None


def _read(file: str) -> Agreement:
    try:
        return Agreement.model_validate_json(Path(file).read_bytes())
    except FileNotFoundError:
        raise CommandError(f"There is no file {file}.") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except ValidationError:
        raise CommandError(
            f"{file} is not what `commonhold review together` writes: ask for it again."
        ) from None
