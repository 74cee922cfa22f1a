"""Random inputs of any template, made from its schema alone: a new template needs nothing here."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.terms.acceptability import refusal
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.plain.draft import BadDeal, Deal, Draft, draft
from backend.terms.plain.fields import Described
from backend.terms.plain.schema import schema_of
from backend.terms.plain.template import Template

TOKEN = "0x" + "70" * 20
ACCOUNTS = ["0x" + f"{digit}a" * 20 for digit in range(1, 5)]
NOW = 1_800_000_000

_words = st.text('ab: é漢"\\-0', min_size=1, max_size=8).map(lambda text: text.strip() or "x")


def values(schema: dict[str, Any], shapes: dict[str, Any]) -> st.SearchStrategy[Any]:
    """JSON values of a field."""
    if "$ref" in schema:
        return objects(shapes[schema["$ref"].rsplit("/", 1)[1]], shapes)
    if "anyOf" in schema:
        bounds = {key: schema[key] for key in ("unit", "least", "most") if key in schema}
        return st.one_of(*(values(bounds | kind, shapes) for kind in schema["anyOf"]))
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if schema["type"] == "null":
        return st.none()
    if schema["type"] == "array":
        least, most = schema["minItems"], schema["maxItems"]
        each = values(schema["items"], shapes)
        return st.lists(each, min_size=least, max_size=max(least, min(most, 3)))
    return _numbers(schema) if schema["type"] == "integer" else _strings(schema)


def _numbers(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if schema["unit"] == "time":
        return st.integers(NOW, NOW * 2)
    return st.integers(schema["minimum"], schema["maximum"])


def _strings(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if schema["unit"] == "asset":
        return st.integers(int(schema["least"]), int(schema["most"])).map(str)
    if schema["unit"] == "hash":
        return st.binary(min_size=32, max_size=32).map(lambda data: "0x" + data.hex())
    if schema.get("minLength", 0) == 0:
        return st.lists(_words, max_size=3).map("\n\n".join)
    return _words


@st.composite
def objects(draw: Any, schema: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    """JSON objects; a field with a default is now and then left out."""
    required = schema.get("required", [])
    return {
        name: draw(values(field, shapes))
        for name, field in schema["properties"].items()
        if name in required or draw(st.integers(0, 3))
    }


@cache
def _forms(template: Template[Any]) -> st.SearchStrategy[dict[str, Any]]:
    schema = schema_of(template)
    return objects(schema, schema.get("$defs", {}))


@st.composite
def inputs(draw: Any, template: Template[Any]) -> Described:
    """Inputs that the template takes."""
    found = draw(_forms(template))
    try:
        given: Described = template.input.model_validate_json(json.dumps(found))
    except ValidationError:
        assume(False)
    return given


@st.composite
def drafts(draw: Any, template: Template[Any]) -> Draft:
    """Offers of it, with any one place open, or none; in a token, and in coin where that can be."""
    given = draw(inputs(template))
    seats = template.seats(given)
    accounts = dict(zip(seats, ACCOUNTS, strict=False))
    deal = Deal(
        asset=draw(st.sampled_from((TOKEN, ZERO_ADDRESS))),
        parties=_opened(accounts, draw(st.sampled_from((*seats, "")))),
        max_fee_bps=draw(st.integers(0, 1_000)),
        created_at=NOW,
        salt=draw(st.integers(0, 2**40 - 1)),
        area=draw(st.none() | st.text("0123456789bcdefghjkmnpqrstuvwxyz", min_size=1, max_size=5)),
        calendar=draw(st.sampled_from((None, "a", "0", "blue-van_2.b", "x" * 64))),
        answers=draw(st.sampled_from((None, "0x" + "0a" * 32))),
    )
    try:
        found = draft(template, given, deal)
    except BadDeal:
        assume(deal.asset == TOKEN)
        raise
    assert refusal(found.offer) is None
    return found


def _opened(accounts: dict[str, str], seat: str) -> dict[str, str | None]:
    return {name: None if name == seat else account for name, account in accounts.items()}
