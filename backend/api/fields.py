"""Values as they come in: addresses, hashes, integers as strings, text.

Each is a type for a pydantic model or a parameter; what it refuses it says in a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from eth_utils.address import to_checksum_address
from pydantic import AfterValidator, Field, WithJsonSchema

UINT256_MAX = 2**256 - 1
DATABASE_MAX = 2**63 - 1
TEXT_BYTES = 20_000

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_BYTES32 = re.compile(r"0x[0-9a-fA-F]{64}")
_HEX = re.compile(r"0x(?:[0-9a-fA-F]{2})*")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,77}")
_KEPT_CONTROLS = "\n\t"


def checked_address(text: str) -> str:
    """The address with its checksum (EIP-55). ValueError: not one, or its checksum is wrong."""
    if not _ADDRESS.fullmatch(text):
        raise ValueError("an address is 0x and 40 hexadecimal digits")
    right = to_checksum_address(text)
    digits = text[2:]
    if text != right and digits not in (digits.lower(), digits.upper()):
        raise ValueError("the checksum of this address is wrong: a digit or a letter's case is off")
    return str(right)


def checked_bytes32(text: str) -> str:
    if not _BYTES32.fullmatch(text):
        raise ValueError("it must be 0x and 64 hexadecimal digits")
    return text.lower()


def checked_signature(text: str) -> str:
    """Hexadecimal bytes; ERC-1271 wallets have signatures of many lengths."""
    if not _HEX.fullmatch(text):
        raise ValueError("a signature is 0x and an even number of hexadecimal digits")
    return text.lower()


def checked_uint(bits: int) -> AfterValidator:
    """A decimal string without sign, point, exponent or leading zero, of so many bits."""

    def check(text: str) -> str:
        if not _DECIMAL.fullmatch(text) or int(text) >= 1 << bits:
            raise ValueError(f"it must be a decimal string from 0 to 2^{bits} - 1")
        return text

    return AfterValidator(check)


def checked_text(text: str) -> str:
    """Text for people. ValueError: too long, or with characters nobody can see."""
    for character in text:
        kind = unicodedata.category(character)
        if kind in ("Cc", "Cs", "Cn", "Co") and character not in _KEPT_CONTROLS:
            raise ValueError(f"the character U+{ord(character):04X} is not text")
        if kind == "Cf" and unicodedata.bidirectional(character) in _DIRECTION_CHANGES:
            raise ValueError(f"the character U+{ord(character):04X} turns text around unseen")
    if len(text.encode()) > TEXT_BYTES:
        raise ValueError(f"text is at most {TEXT_BYTES} bytes in UTF-8")
    return text


_DIRECTION_CHANGES = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def _hexadecimal(digits: int, meaning: str) -> WithJsonSchema:
    pattern = f"^0x[0-9a-fA-F]{{{digits}}}$"
    return WithJsonSchema({"type": "string", "pattern": pattern, "description": meaning})


def _decimal(bits: int) -> WithJsonSchema:
    return WithJsonSchema(
        {
            "type": "string",
            "pattern": "^(0|[1-9][0-9]*)$",
            "maxLength": len(str(2**bits - 1)),
            "description": f"An integer from 0 to 2^{bits} - 1, in decimal.",
        }
    )


AddressIn = Annotated[
    str,
    AfterValidator(checked_address),
    _hexadecimal(40, "An address; with mixed case, its EIP-55 checksum must be right."),
]
Bytes32In = Annotated[
    str, AfterValidator(checked_bytes32), _hexadecimal(64, "32 bytes in hexadecimal.")
]
SignatureIn = Annotated[
    str,
    AfterValidator(checked_signature),
    WithJsonSchema({"type": "string", "pattern": "^0x([0-9a-fA-F]{2})*$", "maxLength": 16_386}),
    Field(max_length=16_386),
]
Uint40In = Annotated[str, checked_uint(40), _decimal(40)]
Uint96In = Annotated[str, checked_uint(96), _decimal(96)]
Uint128In = Annotated[str, checked_uint(128), _decimal(128)]
Uint256In = Annotated[str, checked_uint(256), _decimal(256)]
TextIn = Annotated[str, AfterValidator(checked_text), Field(max_length=TEXT_BYTES)]


def uint(bits: int, meaning: str) -> object:
    """Metadata of a JSON number of so many bits, all below 2^53."""
    return Field(ge=0, lt=1 << bits, description=meaning)
