"""Accounts as people type them."""

from __future__ import annotations

from eth_utils.address import is_address, to_checksum_address

from backend.cli.terminal import CommandError
from backend.cli.wallet import LOCAL_CHAIN
from backend.people import Person


def read_account(text: str, chain_id: int) -> str:
    """An address, or on a local chain the name of one of its people. Raises CommandError."""
    if chain_id == LOCAL_CHAIN and text.upper() in Person.__members__:
        return Person[text.upper()].address
    if not is_address(text):
        local = ", or one of the local people, such as alice" if chain_id == LOCAL_CHAIN else ""
        raise CommandError(f"{text} is not an address: 0x and 40 hexadecimal digits{local}.")
    found = str(to_checksum_address(text))
    if text[2:] not in (text[2:].lower(), text[2:].upper(), found[2:]):
        raise CommandError(f"{text} has a wrong checksum: is a letter mistyped?")
    return found
