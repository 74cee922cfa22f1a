"""Opaque cursors: where in a list the next page begins.

A cursor holds the sort key of the last item given, so that a page neither repeats nor skips items
when others are added. It is not secret and gives no right: everything listed is public. It is
bound to the deployment, the list and the filters, so that it cannot be used with others by
mistake, and carries a checksum, so that a damaged one is told from a foreign one.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from backend.api import problem_types as types
from backend.api.errors import Problem

VERSION = 1
LONGEST = 1024
CHECKSUM = 6
LARGEST = 2**63 - 1  # what a database column holds

Key = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class CursorScope:
    """The list that a cursor belongs to; `shape` are the types of its sort key."""

    digest: str
    shape: tuple[type[int] | type[str], ...]

    @classmethod
    def of(
        cls,
        deployment: Sequence[object],
        listing: str,
        filters: Mapping[str, object],
        shape: tuple[type[int] | type[str], ...],
    ) -> CursorScope:
        chosen = sorted((name, str(value)) for name, value in filters.items() if value is not None)
        text = json.dumps([[str(part) for part in deployment], listing, chosen])
        return cls(blake2b(text.encode(), digest_size=9).hexdigest(), shape)

    def encode(self, key: Key) -> str:
        """The cursor after the item with this sort key."""
        if not _fits(key, self.shape):
            raise ValueError(f"{key} is no key of this list")
        numbers = [hex(part) if isinstance(part, int) else "=" + part for part in key]
        raw = json.dumps([VERSION, self.digest, *numbers], separators=(",", ":")).encode()
        return urlsafe_b64encode(_checksum(raw) + raw).rstrip(b"=").decode()

    def decode(self, cursor: str) -> Key:
        """The sort key in a cursor. Problem: it is damaged, foreign or of another version."""
        version, digest, key = _open(cursor)
        if version != VERSION:
            raise Problem(
                types.OUTDATED_CURSOR, f"it is of version {version}, and {VERSION} is in use"
            )
        if digest != self.digest:
            raise Problem(types.FOREIGN_CURSOR, "it was given by another list or for other filters")
        if not _fits(key, self.shape):
            raise _damaged()
        return key


def _damaged() -> Problem:
    return Problem(types.BAD_CURSOR, "it is not as this service gave it")


def _checksum(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=CHECKSUM, person=b"commonhold").digest()


def _fits(key: Sequence[object], shape: Sequence[type]) -> bool:
    return len(key) == len(shape) and all(
        type(part) is kind and (not isinstance(part, int) or 0 <= part <= LARGEST)
        for part, kind in zip(key, shape, strict=True)
    )


def _open(cursor: str) -> tuple[int, str, Key]:
    if len(cursor) > LONGEST:
        raise _damaged()
    try:
        data = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        if urlsafe_b64encode(data).rstrip(b"=").decode() != cursor:
            raise _damaged()
        raw = data[CHECKSUM:]
        if _checksum(raw) != data[:CHECKSUM]:
            raise _damaged()
        version, *rest = json.loads(raw)
        if version != VERSION:
            return int(version), "", ()
        digest, *parts = rest
        key = tuple(part[1:] if part[0] == "=" else int(part, 16) for part in parts)
        return version, str(digest), key
    except (ValueError, TypeError, IndexError, AttributeError, RecursionError):
        raise _damaged() from None
