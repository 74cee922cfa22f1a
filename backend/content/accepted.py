"""What may be kept, told by the bytes themselves: never by a name or by what the sender says."""

from __future__ import annotations

from dataclasses import dataclass

from backend.content.kinds import MAX_UPLOAD, Kind
from backend.content.pictures import kind_of, redrawn
from backend.content.refused import Refused
from backend.content.words import checked_words
from backend.terms.cid import cid_of, content_hash


@dataclass(frozen=True, slots=True)
class Accepted:
    """Content as it will be kept: pictures are drawn anew, so that it may differ from what came."""

    kind: Kind
    data: bytes

    @property
    def digest(self) -> bytes:
        """The hash that goes on the chain."""
        return content_hash(self.data)

    @property
    def cid(self) -> str:
        return cid_of(self.digest)


def accept(data: bytes) -> Accepted:
    """Words as they are, a picture without what its camera wrote into it.

    Raises Refused, which says why.
    """
    if not data:
        raise Refused("there is nothing in it")
    if len(data) > MAX_UPLOAD:
        raise Refused(f"it has {len(data)} bytes; at most {MAX_UPLOAD} are taken")
    if kind_of(data) is not Kind.WORDS:
        return Accepted(*redrawn(data))
    checked_words(data)
    return Accepted(Kind.WORDS, data)


__all__ = ["Accepted", "Refused", "accept"]
