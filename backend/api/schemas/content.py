"""What is kept under a hash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row

from backend.api.context import ROOT
from backend.api.schemas.base import Shape
from backend.content import Accepted
from backend.terms.cid import cid_of

Kept = Mapping[str, Row[Any]]


class ContentOut(Shape):
    """Content that a hash speaks of. It is never guessed: where nothing is kept under the hash, it
    is `missing`, and who has it can upload it."""

    hash: str = Field(description="As on the chain: the SHA2-256 of the bytes.")
    cid: str = Field(description="The same as a CID: version 1, raw, base32.")
    state: Literal["kept", "missing"]
    kind: str | None = Field(description="Its media type: words or a picture.")
    size: int | None = Field(description="Bytes.")
    href: str | None = Field(description="Where it can be read.")

    @classmethod
    def of(cls, content_hash: str, kept: Kept) -> ContentOut:
        """`kept` has the rows of those that are kept."""
        row, cid = kept.get(content_hash), cid_of(bytes.fromhex(content_hash[2:]))
        return cls(
            hash=content_hash,
            cid=cid,
            state="missing" if row is None else "kept",
            kind=None if row is None else row.kind,
            size=None if row is None else row.size,
            href=None if row is None else path_of(cid),
        )


class UploadedOut(Shape):
    """What was kept. A picture is drawn anew, so that its hash is not that of the file sent."""

    hash: str = Field(description="To be put on the chain.")
    cid: str
    kind: str
    size: int = Field(description="Bytes.")
    href: str

    @classmethod
    def of(cls, content: Accepted) -> UploadedOut:
        return cls(
            hash="0x" + content.digest.hex(),
            cid=content.cid,
            kind=content.kind.value,
            size=len(content.data),
            href=path_of(content.cid),
        )


def path_of(cid: str) -> str:
    return f"{ROOT}/content/{cid}"
