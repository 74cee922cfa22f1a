"""Opaque cursors: where in a list the next page begins.

A cursor holds the sort key of the last item given, so that a page neither repeats nor skips items
when others are added. It is not secret and gives no right: everything listed is public. It is
bound to the deployment, the list and the filters, so that it cannot be used with others by
mistake, and carries a checksum, so that a damaged one is told from a foreign one.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from backend.api import problem_types as types
from backend.api.errors import Problem

VERSION = 1
LONGEST = 1024
CHECKSUM = 6

Part = int | str
Kind = Literal["int", "uint", "address", "hash"]
# What a part of a key looks like in a cursor, and the largest number it can be: an int is what a
# column of the database holds.
_LARGEST = {"int": 2**63 - 1, "uint": 2**256 - 1}
_TEXT = {"address": re.compile(r"0x[0-9a-fA-F]{40}"), "hash": re.compile(r"0x[0-9a-f]{64}")}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,77}")


@dataclass(frozen=True, slots=True)
class CursorScope:
    """The list that a cursor belongs to; `shape` are the kinds of its sort key's parts."""

    digest: str
    shape: tuple[Kind, ...]

    @classmethod
    def of(
        cls,
        deployment: Sequence[object],
        listing: str,
        filters: Mapping[str, object],
        shape: tuple[Kind, ...],
    ) -> CursorScope:
        chosen = sorted((name, str(value)) for name, value in filters.items() if value is not None)
        text = json.dumps([[str(part) for part in deployment], listing, chosen])
        return cls(blake2b(text.encode(), digest_size=9).hexdigest(), shape)

    def encode(self, key: Sequence[Part]) -> str:
        """The cursor after the item with this sort key."""
        parts = [str(part) for part in key]
        if _read(parts, self.shape) != tuple(key):
            raise ValueError(f"{key} is no key of this list")
        raw = json.dumps([VERSION, self.digest, *parts], separators=(",", ":")).encode()
        return urlsafe_b64encode(_checksum(raw) + raw).rstrip(b"=").decode()

    def decode(self, cursor: str) -> tuple[Part, ...]:
        """The sort key in a cursor. Problem: it is damaged, foreign or of another version."""
        version, rest = _open(cursor)
        if version != VERSION:
            raise Problem(
                types.OUTDATED_CURSOR, f"it is of version {version}, and {VERSION} is in use"
            )
        if not rest or rest[0] != self.digest:
            raise Problem(types.FOREIGN_CURSOR, "it was given by another list or for other filters")
        key = _read(rest[1:], self.shape)
        if key is None:
            raise _damaged()
        return key


def _damaged() -> Problem:
    return Problem(types.BAD_CURSOR, "it is not as this service gave it")


def _checksum(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=CHECKSUM, person=b"commonhold").digest()


def _read(parts: Sequence[object], shape: Sequence[Kind]) -> tuple[Part, ...] | None:
    if len(parts) != len(shape):
        return None
    key: list[Part] = []
    for part, kind in zip(parts, shape, strict=True):
        if not isinstance(part, str) or not _TEXT.get(kind, _NUMBER).fullmatch(part):
            return None
        key.append(part if kind in _TEXT else int(part))
        if kind in _LARGEST and int(part) > _LARGEST[kind]:
            return None
    return tuple(key)


def _open(cursor: str) -> tuple[int, list[object]]:
    if len(cursor) > LONGEST:
        raise _damaged()
    try:
        data = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        raw = data[CHECKSUM:]
        whole = urlsafe_b64encode(data).rstrip(b"=").decode() == cursor
        if not whole or _checksum(raw) != data[:CHECKSUM]:
            raise _damaged()
        version, *rest = json.loads(raw)
        return int(version), rest
    except (ValueError, TypeError, RecursionError):
        raise _damaged() from None
