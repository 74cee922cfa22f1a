"""How values become octets, in one way only: fixed widths, one hash, small hexadecimal digits."""

from __future__ import annotations

import re
from hashlib import blake2b

from eth_utils.address import to_checksum_address

from backend.messages.errors import BadMessage

_HEX = re.compile(r"0x(?:[0-9a-f]{2})*")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
CONTEXT = 32


def digest(context: str, *parts: bytes) -> bytes:
    """BLAKE2b of 32 octets over a context of 32 octets and the parts, of which at most the last
    has no fixed width."""
    return blake2b(
        context.encode("ascii").ljust(CONTEXT, b"\0") + b"".join(parts), digest_size=32
    ).digest()


def word(number: int) -> bytes:
    """Eight octets, the largest first. BadMessage: it does not fit."""
    if not 0 <= number < 1 << 64:
        raise BadMessage(f"{number} does not fit into eight octets")
    return number.to_bytes(8, "big")


def octets(text: str, size: int | None = None) -> bytes:
    """Of `0x` and small hexadecimal digits. BadMessage: anything else, or another size."""
    if not _HEX.fullmatch(text):
        raise BadMessage("it must be 0x and an even number of small hexadecimal digits")
    found = bytes.fromhex(text[2:])
    if size is not None and len(found) != size:
        raise BadMessage(f"it must be {size} octets, and is {len(found)}")
    return found


def text_of(found: bytes) -> str:
    return "0x" + found.hex()


def account_octets(account: str) -> bytes:
    """Twenty octets. BadMessage: no address, or not with its checksum."""
    written = isinstance(account, str) and _ADDRESS.fullmatch(account)
    if not written or to_checksum_address(account) != account:
        raise BadMessage(f"{account!r} is not an address with its checksum")
    return bytes.fromhex(account[2:])
