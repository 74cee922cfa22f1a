"""The deployer's key: from the environment or a keystore, never from the command line or a log."""

import getpass
import json
import os
import sys
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from scripts.deploy.record import DeployError
from scripts.deploy.start import is_development
from scripts.people import Person

PASSWORD_ENV = "COMMONHOLD_KEYSTORE_PASSWORD"


def find_key(key_env: str, keystore: Path | None) -> LocalAccount:
    """A keystore if one is given, else the environment; on a development chain a public key.

    Raises DeployError, in whose message no part of a key is.
    """
    if keystore is not None:
        return _open(keystore)
    text = os.environ.get(key_env, "").strip()
    if text:
        try:
            found: LocalAccount = Account.from_key(text)
        except Exception:
            raise DeployError(f"{key_env} is not a private key: 32 bytes in hex") from None
        return found
    if is_development():
        return Person.DEPLOYER.account
    raise DeployError(f"set {key_env} to the deployer's private key, or give --keystore FILE")


def _open(keystore: Path) -> LocalAccount:
    try:
        content = json.loads(keystore.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DeployError(f"{keystore} is not a keystore: {error}") from None
    password = os.environ.get(PASSWORD_ENV)
    if password is None:
        if not sys.stdin.isatty():
            raise DeployError(f"set {PASSWORD_ENV} to the password of {keystore}")
        password = getpass.getpass(f"Password of {keystore}: ")
    try:
        found: LocalAccount = Account.from_key(Account.decrypt(content, password))
    except Exception:
        raise DeployError(f"the password does not open {keystore}") from None
    return found
