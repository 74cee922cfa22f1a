"""A hand-over code: sixteen signs that one side keeps, whose hash stands in the terms.

What that side signed beforehand is sealed with the code and given away; who is told the code opens
it and closes the tranche alone. The code has 80 bits, so that nobody finds it from its hash.
"""

from __future__ import annotations

import secrets

from eth_utils.crypto import keccak
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH, GROUP = 16, 4
_ALIKE = str.maketrans("OIL", "011", " -\n")
_SEAL = b"commonhold: what a hand-over code seals\0"


def new_code() -> str:
    """One that nobody can guess, in groups of four."""
    return shown("".join(secrets.choice(SIGNS) for _ in range(LENGTH)))


def read_code(text: str) -> str:
    """As it was made, however it was written down. ValueError: it is none."""
    code = text.upper().translate(_ALIKE)
    if len(code) != LENGTH or any(sign not in SIGNS for sign in code):
        raise ValueError("a hand-over code is 16 letters and digits, such as 7K3M-9QXA-2TVB-CD4F")
    return shown(code)


def shown(code: str) -> str:
    """In groups, for people."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def hash_of(code: str) -> bytes:
    """Keccak-256 of the sixteen signs without their dashes: what stands in the terms."""
    return keccak(_plain(code))


def seal(code: str, signature: bytes) -> bytes:
    """The signature, for who is told the code."""
    return bytes(_box(code).encrypt(signature))


def unseal(code: str, sealed: bytes) -> bytes:
    """ValueError: it was sealed with another code, or altered."""
    try:
        return bytes(_box(code).decrypt(sealed))
    except (CryptoError, ValueError, TypeError):
        raise ValueError("this code does not open it") from None


def _box(code: str) -> SecretBox:
    return SecretBox(keccak(_SEAL + _plain(code)))


def _plain(code: str) -> bytes:
    return read_code(code).replace("-", "").encode()
