"""The salt of a vote: the wallet's, or one kept in a file."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Annotated

import typer

from backend.cli.juror.desk import Desk
from backend.cli.terminal import CommandError
from backend.terms.jury_salt import Ballot
from backend.terms.signed_secret import sign_secret

_SALT = re.compile(r"0x[0-9a-fA-F]{64}")

NewSaltFile = Annotated[
    str | None,
    typer.Option(
        "--salt-file",
        metavar="FILE",
        help="Keep a random salt in this new file, instead of making it of your wallet's"
        " signature: to reveal with another program, or without the wallet.",
    ),
]
SaltFile = Annotated[
    str | None,
    typer.Option(
        "--salt-file",
        metavar="FILE",
        help="The file with the salt, if the vote was not committed with your wallet's signature.",
    ),
]


def salt_for(at: Desk, ballot: Ballot, salt_file: str | None) -> bytes:
    """The salt with which this vote was, or will be, committed."""
    if salt_file is None:
        return sign_secret(ballot.message(), ballot.juror, at.account)
    try:
        text = Path(salt_file).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise CommandError(f"There is no file {salt_file}.") from None
    except (OSError, UnicodeDecodeError):
        text = ""
    if not _SALT.fullmatch(text):
        raise CommandError(f"{salt_file} holds no salt: 0x and 64 hexadecimal digits.")
    return bytes.fromhex(text[2:])


def new_salt(salt_file: str) -> bytes:
    """Writes a file, for its owner only, with a salt that nobody can guess; never over another."""
    salt = secrets.token_bytes(32)
    try:
        file = os.open(salt_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(
            f"{salt_file} exists, and may hold the salt of a vote that is not revealed: name"
            " another file."
        ) from None
    except OSError as error:
        raise CommandError(f"{salt_file} cannot be written: {error.strerror}.") from None
    with os.fdopen(file, "w", encoding="ascii") as opened:
        opened.write(f"0x{salt.hex()}\n")
        opened.flush()
        os.fsync(opened.fileno())
    return salt
