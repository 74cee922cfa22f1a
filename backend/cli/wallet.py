"""Whose key signs: a keystore, the environment, or a person of a local chain; never an argument."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from eth_account import Account
from eth_account.signers.local import LocalAccount

from backend.cli.terminal import CommandError
from backend.people import Person

KEY_ENV = "COMMONHOLD_KEY"
PASSWORD_ENV = "COMMONHOLD_KEYSTORE_PASSWORD"
LOCAL_CHAIN = 31337
_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141  # of secp256k1
_LIKE_A_KEY = re.compile(r"(0x)?[0-9a-fA-F]{64}")

KeyFile = Annotated[
    str | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help="Your wallet: a keystore (JSON, version 3). Its password is asked for, or taken from"
        f" {PASSWORD_ENV}. Without this option, the private key in {KEY_ENV}.",
    ),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="NAME",
        help=f"On a local chain ({LOCAL_CHAIN}): one of its people, such as ada.",
    ),
]


def find_account(key_file: str | None, name: str | None, chain_id: int) -> LocalAccount:
    """The key that the command signs with.

    Raises CommandError, in whose message no part of a key or a password is.
    """
    if key_file is not None and name is not None:
        raise CommandError("Give --key-file or --as, not both.")
    if name is not None:
        return _person(name, chain_id)
    if key_file is not None:
        return _open(key_file)
    text = os.environ.get(KEY_ENV, "").strip()
    if not text:
        local = " or, on a local chain, --as NAME" if chain_id == LOCAL_CHAIN else ""
        raise CommandError(
            f"Whose wallet? Give --key-file FILE (a keystore){local}, or set {KEY_ENV} to a"
            " private key."
        )
    if not _LIKE_A_KEY.fullmatch(text) or not 0 < int(text, 16) < _ORDER:
        raise CommandError(f"{KEY_ENV} is not a private key: 32 bytes in hex.")
    found: LocalAccount = Account.from_key(text)
    return found


def _person(name: str, chain_id: int) -> LocalAccount:
    if chain_id != LOCAL_CHAIN:
        raise CommandError(
            f"--as is for local chains ({LOCAL_CHAIN}): anybody has those keys. On chain"
            f" {chain_id}, give --key-file FILE or set {KEY_ENV}."
        )
    try:
        return Person[name.upper()].account
    except KeyError:
        known = ", ".join(one.name.lower() for one in Person)
        raise CommandError(f"Nobody here is called {name}. There are {known}.") from None


def _open(key_file: str) -> LocalAccount:
    if _LIKE_A_KEY.fullmatch(key_file.strip()):
        raise CommandError(
            "--key-file takes the name of a file. What you gave looks like a private key: it is in"
            " your shell's history now; clear it there."
        )
    try:
        content = json.loads(Path(key_file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CommandError(f"There is no file {key_file}.") from None
    except OSError as error:
        raise CommandError(f"{key_file} cannot be read: {error.strerror}.") from None
    except ValueError:
        content = None
    if not isinstance(content, dict) or content.get("version") != 3:
        raise CommandError(
            f"{key_file} is not a keystore (JSON, version 3). Wallets export one; `cast wallet"
            " import NAME --interactive` makes one of a private key."
        )
    password = _password(key_file)
    try:
        found: LocalAccount = Account.from_key(Account.decrypt(content, password))
    except ValueError as error:
        if "MAC" in str(error):
            raise CommandError(f"The password does not open {key_file}.") from None
        raise CommandError(f"{key_file} is a damaged keystore.") from None
    except Exception:
        raise CommandError(f"{key_file} is a damaged keystore.") from None
    return found


def _password(key_file: str) -> str:
    password = os.environ.get(PASSWORD_ENV)
    if password is not None:
        return password
    if not sys.stdin.isatty():
        raise CommandError(
            f"Nobody can be asked for the password of {key_file} here: set {PASSWORD_ENV}."
        )
    return getpass.getpass(f"Password of {key_file}: ")
