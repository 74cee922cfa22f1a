"""Signatures that a wallet contract may accept (ERC-1271)."""

from __future__ import annotations

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from backend.chain.errors import NodeRefused
from backend.chain.node import Node

ACCEPTS = keccak(text="isValidSignature(bytes32,bytes)")[:4]


def accepts(node: Node, account: str, digest: bytes, signature: bytes) -> bool:
    """Asked as the Escrow asks it: the answer must be a word that begins with ACCEPTS.

    Raises NodeUnreachable.
    """
    try:
        answer = node.call(account, ACCEPTS + encode(["bytes32", "bytes"], [digest, signature]))
    except NodeRefused:
        return False
    return answer[:32] == ACCEPTS.ljust(32, b"\0")
