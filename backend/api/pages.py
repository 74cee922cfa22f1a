"""/docs: the OpenAPI document as a page, without scripts and without anything from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
code { font: 0.9em ui-monospace, monospace }
h2 { margin-top: 3rem; border-bottom: 1px solid; text-transform: capitalize }
h3 { margin: 2rem 0 0 }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 }
td { border-top: 1px solid #8884; padding: 0.25rem 0.75rem 0.25rem 0; vertical-align: top }
td:first-child { width: 14rem }
"""


@router.get("/docs", response_class=HTMLResponse)
def get_docs(request: Request) -> HTMLResponse:
    """Every page of the API and every shape of its answers."""
    headers = {"Content-Security-Policy": POLICY}
    return HTMLResponse("".join(_page(request.app.openapi())), headers=headers)


def _page(document: Mapping[str, Any]) -> Iterator[str]:
    title = escape(document["info"]["title"])
    yield "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
    yield "<meta name='viewport' content='width=device-width, initial-scale=1'>"
    yield f"<title>{title}: API</title><style>{STYLE}</style></head><body><main>"
    yield f"<h1>{title}: API</h1>{_prose(document['info']['description'])}"
    yield "<p><a href='/api/v1/openapi.json'>The OpenAPI document</a>, for programs.</p>"
    shown = ""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = operation["tags"][0]
            if tag != shown:
                yield f"<h2>{escape(tag)}</h2>"
                shown = tag
            yield from _operation(path, method, operation)
    yield "<h2>shapes</h2>"
    for name, schema in sorted(document["components"]["schemas"].items()):
        yield from _schema(name, schema)
    yield "</main></body></html>"


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h3><code>{method.upper()} {escape(path)}</code></h3>"
    yield _prose(operation.get("description", ""))
    yield "<table>"
    body = operation.get("requestBody")
    if body is not None:
        kind, shape = next(iter(body["content"].items()))
        known = kind == "application/json"
        yield _row("body", _type(shape["schema"]) if known else "the bytes themselves")
    for item in operation.get("parameters", []):
        text = f"{_type(item['schema'])} {_inline(item.get('description', ''))}"
        yield _row(f"<code>{escape(item['name'])}</code>", text)
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json")
        text = _type(content["schema"]) if content else _inline(response["description"])
        yield _row(f"answer {status}", text)
    yield "</table>"


def _schema(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h3 id='{escape(name)}'>{escape(name)}</h3>{_prose(schema.get('description', ''))}"
    yield "<table>"
    for member, found in schema.get("properties", {}).items():
        text = f"{_type(found)} {_inline(found.get('description', ''))}"
        yield _row(f"<code>{escape(member)}</code>", text)
    yield "</table>"


def _row(left: str, right: str) -> str:
    return f"<tr><td>{left}</td><td>{right}</td></tr>"


def _prose(text: str) -> str:
    return "".join(f"<p>{_inline(part)}</p>" for part in text.split("\n\n") if part)


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _type(schema: Mapping[str, Any]) -> str:
    """What a value is, in a few words, with a link to its shape."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f"<a href='#{name}'>{name}</a>"
    if "anyOf" in schema:
        return " or ".join(_type(choice) for choice in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return escape(str(schema.get("type", "anything")))
