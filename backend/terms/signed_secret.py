"""A secret made of a wallet's signature: the wallet makes it again, and nobody must keep it."""

from __future__ import annotations

from eth_account.messages import SignableMessage
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak

from backend.terms.signatures import digest_of, recover


def secret_of(signature: bytes) -> bytes:
    """The hash of r, s and v, 65 bytes, with v 27 or 28 as most wallets write it.

    ValueError for anything else: another writing of the same signature is another secret.
    """
    if len(signature) != 65:
        raise ValueError("a signature is 65 bytes")
    if signature[64] < 27:
        signature = signature[:64] + bytes([signature[64] + 27])
    return keccak(signature)


def sign_secret(message: SignableMessage, owner: str, account: LocalAccount) -> bytes:
    """By a key that is here: RFC 6979 makes the same signature each time.

    ValueError if the key is not the owner's.
    """
    signature = bytes(account.sign_message(message).signature)
    if recover(digest_of(message), signature) != owner:
        raise ValueError(f"this is not the key of {owner}")
    return secret_of(signature)
