"""The file with a random messaging key: the only place where it is."""

from __future__ import annotations

import os
import re
from pathlib import Path

from backend.cli.terminal import CommandError
from backend.messages.keys import KeyPair

_SEED = re.compile(r"0x[0-9a-f]{64}")


def read_secret(name: str) -> KeyPair:
    """Raises CommandError."""
    try:
        text = Path(name).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise CommandError(f"There is no file {name}.") from None
    except (OSError, UnicodeDecodeError):
        text = ""
    if not _SEED.fullmatch(text):
        raise CommandError(f"{name} holds no messaging key: 0x and 64 hexadecimal digits.")
    return KeyPair(bytes.fromhex(text[2:]))


def write_secret(name: str) -> KeyPair:
    """A new file, for its owner only; never over another. Raises CommandError."""
    pair = KeyPair.random()
    try:
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(
            f"{name} exists, and may hold a key that messages are sealed to: name another file."
        ) from None
    except OSError as error:
        raise CommandError(f"{name} cannot be written: {error.strerror}.") from None
    with os.fdopen(file, "w", encoding="ascii") as opened:
        opened.write(f"0x{pair.seed.hex()}\n")
        opened.flush()
        os.fsync(opened.fileno())
    return pair
