"""The JSON schema of a template's input: every field with its unit, bounds and help."""

from __future__ import annotations

from typing import Any

from backend.terms.plain.template import Template

DIGITS = "^(0|[1-9][0-9]*)$"


def schema_of(template: Template[Any]) -> dict[str, Any]:
    """JSON Schema 2020-12. `unit` is asset (base units, a string of digits), seconds, time (unix
    seconds), basisPoints, count, text, choice, hash or list; what is `said` stands in the text."""
    found: dict[str, Any] = template.input.model_json_schema()
    for shape in (found, *found.get("$defs", {}).values()):
        shape.pop("title", None)
        for field in shape["properties"].values():
            field.pop("title", None)
            if field.get("unit") == "asset":
                _as_string(field)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _as_string(field: dict[str, Any]) -> None:
    for kind in field.get("anyOf", [field]):
        if kind.get("type") != "integer":
            continue
        kind |= {"type": "string", "pattern": DIGITS}
        # Bounds of the number that the string stands for, under names that say so.
        for bound, name in (("minimum", "least"), ("maximum", "most")):
            if bound in kind:
                field[name] = str(kind.pop(bound))
    if isinstance(field.get("default"), int):
        field["default"] = str(field["default"])
