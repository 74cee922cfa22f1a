"""`commonhold content get`: reads from the market's store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from backend.cli.terminal import CommandError, Database, explained, say
from backend.content import StoreError, open_store
from backend.content.kinds import Kind
from backend.content.pictures import kind_of
from backend.settings import Settings
from backend.terms.cid import cid_of, digest_of


def digest_named(name: str) -> bytes:
    """Of a CID, or of a hash as on the chain. Raises CommandError."""
    try:
        return bytes.fromhex(digits) if (digits := _digits(name)) else digest_of(name)
    except ValueError as error:
        raise CommandError(f"{name} names no content: {error}.") from None


def _digits(name: str) -> str:
    return name[2:] if name.startswith("0x") and len(name) == 66 else ""


@explained
def get(
    name: Annotated[str, typer.Argument(help="A CID (bafkrei...), or a hash as on the chain.")],
    out: Annotated[str | None, typer.Option("--out", help="Write it to this file.")] = None,
    database: Database = None,
) -> None:
    """Show words, or write content to a file."""
    digest = digest_named(name)
    place = Settings.read(database=database).content_place
    try:
        data = open_store(place).get(digest)
    except StoreError as error:
        raise CommandError(f"{error}.") from None
    if data is None:
        raise CommandError(f"Nothing is kept as {cid_of(digest)} in {place}.")
    if out is not None:
        try:
            Path(out).write_bytes(data)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from None
        say(f"{len(data)} bytes written to {out}.")
    elif kind_of(data) is Kind.WORDS:
        say(data.decode())
    elif sys.stdout.isatty():
        raise CommandError("This is a picture: give --out FILE.")
    else:
        sys.stdout.buffer.write(data)
