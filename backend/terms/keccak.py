"""Keccak-256 in C, for what is hashed once or more for each event."""

from __future__ import annotations

import sha3  # type: ignore[import-untyped]


def keccak(data: bytes) -> bytes:
    return sha3.keccak_256(data).digest()  # type: ignore[no-any-return]
