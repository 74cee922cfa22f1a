"""What a message says: typed JSON, inside the ciphertext."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from backend.messages.errors import BadMessage
from backend.terms.plain.fields import Hash, Line, Lines, Plain


class Text(Plain):
    """Words."""

    type: Literal["text"] = "text"
    text: Annotated[Lines, Field(min_length=1, max_length=4_000)]


class Address(Plain):
    """Where to send something: as it would stand on a parcel."""

    type: Literal["address"] = "address"
    lines: Annotated[
        list[Annotated[Line, Field(min_length=1, max_length=100)]],
        Field(min_length=1, max_length=10),
    ]
    phone: Annotated[Line, Field(max_length=40)] = ""
    note: Annotated[Lines, Field(max_length=500)] = ""


class HandoverCode(Plain):
    """The sixteen signs that close a trade at the hand-over (docs/decisions/0025), in groups of
    four: as good as money to who holds what was sealed with it."""

    type: Literal["handover_code"] = "handover_code"
    trade_id: Hash
    code: Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$")]


class SealedSplit(Plain):
    """A split of a tranche that its signer sealed with a hand-over code: of use with the code."""

    trade_id: Hash
    role: Annotated[Line, Field(min_length=1, max_length=40)]
    tranche: Annotated[int, Field(ge=0, lt=20)]
    performer_bps: Annotated[int, Field(ge=0, le=10_000)]
    deadline: Annotated[int, Field(ge=0, lt=2**40)]
    allows: Annotated[Line, Field(max_length=500)]
    sealed: Annotated[str, Field(pattern=r"^0x([0-9a-f]{2})*$", max_length=4_002)]


class SealedSplits(Plain):
    """What `commonhold offer code seal` writes, for who is told the code later."""

    type: Literal["sealed_splits"] = "sealed_splits"
    code_hash: Hash
    splits: Annotated[list[SealedSplit], Field(min_length=1, max_length=20)]


class File(Plain):
    """Something kept elsewhere under its CID, encrypted with `key`."""

    type: Literal["file"] = "file"
    cid: Annotated[str, Field(pattern=r"^b[a-z2-7]{20,100}$")]
    key: Hash
    name: Annotated[Line, Field(min_length=1, max_length=120)]
    media_type: Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=80)] = (
        "application/octet-stream"
    )
    size: Annotated[int, Field(ge=0, lt=2**40)]


Content = Text | Address | HandoverCode | SealedSplits | File
_ANY: TypeAdapter[Content] = TypeAdapter(Annotated[Content, Field(discriminator="type")])


def encode(content: Content) -> bytes:
    """The one JSON text of a content: sorted names, no spaces, UTF-8."""
    found = content.model_dump(mode="json", by_alias=True)
    text = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def decode(data: bytes) -> Content:
    """BadMessage: no content, or not in the one form that `encode` writes."""
    try:
        found = _ANY.validate_json(data)
        if encode(found) == data:
            return found
    except (ValidationError, UnicodeError, RecursionError):
        pass
    raise BadMessage("its content is not of a known type, or not in its one form")


def read_content(found: dict[str, Any]) -> Content:
    """Of JSON that was given in any form. BadMessage says what is wrong with it."""
    try:
        return _ANY.validate_python(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise BadMessage(f"{place or 'content'}: {first['msg']}") from None
