"""Fields of a plain input, each with its unit, its bounds and a help text.

In JSON an amount is a decimal string of base units; everything else is what it is. A field that is
`said` stands in the text of the offer only; all others can be read back from the tranches.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel
from pydantic.config import JsonDict

from backend.terms.acceptability import MAX_PERIOD

HOUR, DAY = 3_600, 86_400
MAX_AMOUNT = 2**96 - 1
MAX_TIME = 2**40 - 1
YEAR_2001, YEAR_2100 = 1_000_000_000, 4_102_444_800
MAX_FILLS = 10_000

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,77}")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_BYTES32 = re.compile(r"0x[0-9a-f]{64}")


class Plain(BaseModel):
    """JSON in camel case; nothing more than what is named, and no silent conversion."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        strict=True,
        frozen=True,
    )


def _whole(value: object) -> object:
    if isinstance(value, str):
        if not _DECIMAL.fullmatch(value):
            raise ValueError("it must be a whole number of base units: digits only")
        return int(value)
    return value


def _line(text: str) -> str:
    if not text.isprintable() or text != text.strip():
        raise ValueError("it must be one line of visible characters")
    return text


def _lines(text: str) -> str:
    if not all(line.isprintable() for line in text.split("\n")):
        raise ValueError("it must be lines of visible characters")
    return text


def _matching(pattern: re.Pattern[str], meaning: str) -> AfterValidator:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(meaning)
        return text

    return AfterValidator(check)


Whole = Annotated[
    int, BeforeValidator(_whole), PlainSerializer(str, return_type=str, when_used="json")
]
Line = Annotated[str, AfterValidator(_line)]
Lines = Annotated[str, AfterValidator(_lines)]
Hash = Annotated[str, _matching(_BYTES32, "it must be 0x and 64 small hexadecimal digits")]
Address = Annotated[str, _matching(_ADDRESS, "an address is 0x and 40 hexadecimal digits")]


def amount(meaning: str, *, least: int = 1, said: bool = False, **more: Any) -> Any:
    """Money, in base units of the asset."""
    extra: JsonDict = {"unit": "asset", "said": said}
    return Field(ge=least, le=MAX_AMOUNT, description=meaning, json_schema_extra=extra, **more)


def period(
    meaning: str, *, least: int = 0, most: int = MAX_PERIOD, said: bool = False, **more: Any
) -> Any:
    """A length of time, in seconds."""
    extra: JsonDict = {"unit": "seconds", "said": said}
    return Field(ge=least, le=most, description=meaning, json_schema_extra=extra, **more)


def time(meaning: str, *, least: int = YEAR_2001, most: int = YEAR_2100, **more: Any) -> Any:
    """A moment, in unix seconds."""
    extra: JsonDict = {"unit": "time"}
    return Field(ge=least, le=most, description=meaning, json_schema_extra=extra, **more)


def share(meaning: str, **more: Any) -> Any:
    """A share, in basis points."""
    extra: JsonDict = {"unit": "basisPoints"}
    return Field(ge=0, le=10_000, description=meaning, json_schema_extra=extra, **more)


def count(meaning: str, *, least: int, most: int, said: bool = False, **more: Any) -> Any:
    """A number of things."""
    extra: JsonDict = {"unit": "count", "said": said}
    return Field(ge=least, le=most, description=meaning, json_schema_extra=extra, **more)


def several(meaning: str, *, least: int, most: int, **more: Any) -> Any:
    """A list of things that have fields of their own."""
    extra: JsonDict = {"unit": "list"}
    return Field(
        min_length=least,
        max_length=most,
        strict=False,
        description=meaning,
        json_schema_extra=extra,
        **more,
    )


def said(meaning: str, *, most: int = 80, least: int = 1, **more: Any) -> Any:
    """Words that stand in the text of the offer."""
    return Field(
        min_length=least,
        max_length=most,
        description=meaning,
        json_schema_extra={"unit": "text", "said": True},
        **more,
    )


def choice(meaning: str, **more: Any) -> Any:
    """One of a few words, which stands in the text of the offer."""
    return Field(description=meaning, json_schema_extra={"unit": "choice", "said": True}, **more)


class Described(Plain):
    """What every input has."""

    title: Line = said("What it is, in one line.")
    about: Lines = Field(
        default="",
        max_length=2_500,
        description="Anything else that was promised: a jury reads it.",
        json_schema_extra={"unit": "text"},
    )


def content(meaning: str, **more: Any) -> Any:
    """The hash of something that is kept elsewhere."""
    return Field(description=meaning, json_schema_extra={"unit": "hash", "said": True}, **more)
