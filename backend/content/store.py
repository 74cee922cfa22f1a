"""Where bytes are kept under their hash."""

from __future__ import annotations

from typing import Protocol

from backend.terms.cid import cid_of, content_hash


class StoreError(Exception):
    """The store cannot be reached, read or written; the message says why."""


class Altered(StoreError):
    """What is kept under a hash has another hash: it is never given out."""


class Store(Protocol):
    """`digest` is the SHA2-256 of the bytes, 32 bytes. All raise StoreError."""

    def put(self, digest: bytes, data: bytes) -> None:
        """Keeps the bytes; harmless to repeat."""

    def get(self, digest: bytes) -> bytes | None:
        """The bytes, None where there are none. Raises Altered."""


def checked(digest: bytes, data: bytes) -> bytes:
    """The bytes, which have this hash. Raises Altered."""
    if content_hash(data) != digest:
        raise Altered(f"what is kept as {cid_of(digest)} has another hash")
    return data
