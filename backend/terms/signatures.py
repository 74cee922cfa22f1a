"""Who signed an offer, as far as arithmetic tells; wallet contracts must be asked on the chain."""

from __future__ import annotations

from eth_account.messages import SignableMessage
from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.crypto import keccak
from eth_utils.exceptions import ValidationError

from backend.terms.offer import Offer
from backend.terms.typed_data import signable_offer

_HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0


def digest_of(message: SignableMessage) -> bytes:
    """What is signed in the end (EIP-191, EIP-712)."""
    return keccak(b"\x19" + message.version + message.header + message.body)


def offer_digest(chain_id: int, escrow: str, offer: Offer) -> bytes:
    return digest_of(signable_offer(chain_id, escrow, offer))


def recover(digest: bytes, signature: bytes) -> str | None:
    """The account whose key signed, with its checksum.

    None for what the contracts refuse: another length than 65 bytes, a recovery byte other than
    27 or 28, the higher one of the two values of s (each signature has two), or no key at all.
    """
    if len(signature) != 65 or signature[64] not in (27, 28):
        return None
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
    if s > _HALF_ORDER:
        return None
    try:
        found = Signature(vrs=(signature[64] - 27, r, s)).recover_public_key_from_msg_hash(digest)
    except (BadSignature, ValidationError):
        return None
    return str(found.to_checksum_address())
