"""Signatures that are kept: whether they hold."""

from __future__ import annotations

from backend.audit.book import Book
from backend.chain import Contract
from backend.terms.signatures import recover

ERC1271 = (
    {
        "type": "function",
        "name": "isValidSignature",
        "inputs": [{"type": "bytes32"}, {"type": "bytes"}],
        "outputs": [{"type": "bytes4"}],
    },
)
VALID = "0x1626ba7e"


def is_signed(book: Book, account: str, digest: bytes, signature: str) -> bool:
    """By a key, or as the account's wallet contract says."""
    signed = bytes.fromhex(signature[2:])
    if recover(digest, signed) == account:
        return True
    if not book.node.has_code(account):
        return False
    wallet = Contract(book.node, "wallet", account, ERC1271)
    return bool(book.ask_at(wallet, "isValidSignature", digest, signed) == VALID)
