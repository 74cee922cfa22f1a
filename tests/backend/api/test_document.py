"""The OpenAPI document, the list of problems, and the page for people."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from backend.api import reference
from backend.api.problem_types import PREFIX, PROBLEM_TYPES
from tests.backend.api.serving import problem_of

V1 = "/api/v1"


@pytest.fixture(scope="module")
def document(quiet_client):
    return quiet_client.get(f"{V1}/openapi.json").json()


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def references(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            yield from references(inner)
    if isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_document_is_openapi_3_1(document):
    OpenAPIV31SpecValidator(document).validate()


def test_document_is_whole(document):
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    schemas = document["components"]["schemas"]
    used = {ref.removeprefix("#/components/schemas/") for ref in references(document)}
    assert used <= schemas.keys()
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    for path, _, operation in operations(document):
        assert path.startswith(V1 + "/")
        assert operation["description"], path
        named = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
        assert named == set(re.findall(r"\{(\w+)\}", path))
        assert all(response["description"] for response in operation["responses"].values())


def test_every_name_is_in_camel_case(document):
    for schema in document["components"]["schemas"].values():
        for name in schema.get("properties", {}):
            assert re.fullmatch(r"[a-z][a-zA-Z0-9]*", name), name


def test_every_answer_names_its_block(document):
    schemas = document["components"]["schemas"]
    for path, method, operation in operations(document):
        if path.split("/")[-1] in ("health", "ready", "stream") or method in ("post", "put"):
            continue
        # The same whatever the chain says.
        if path.startswith((f"{V1}/templates", f"{V1}/content")):
            continue
        [ref] = references(operation["responses"]["200"]["content"]["application/json"])
        assert "asOf" in schemas[ref.rsplit("/", 1)[-1]]["properties"], path


def test_every_problem_is_answered_by_some_page_and_none_is_unknown(document):
    told = set()
    for _, _, operation in operations(document):
        for status, response in operation["responses"].items():
            for name in re.findall(rf"`{PREFIX}([\w-]+)`", response["description"]):
                assert {kind.name: kind.status for kind in PROBLEM_TYPES}[name] == int(status)
                told.add(name)
    # What is answered before any page is found.
    anywhere = {"no-such-page", "wrong-method"}
    assert told == {kind.name for kind in PROBLEM_TYPES} - anywhere


def test_every_problem_is_in_the_docs():
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page()
    rows = re.findall(r"^\| `([\w-]+)` \| (\d+) \|", reference.page(), re.MULTILINE)
    assert rows == [(kind.name, str(kind.status)) for kind in PROBLEM_TYPES]


def test_every_page_is_in_the_docs(document):
    text = (Path(reference.PAGE).parent / "api.md").read_text(encoding="utf-8")
    for path, method, _ in operations(document):
        assert f"`{method.upper()} {path.removeprefix(V1)}`" in text, path


class Links(HTMLParser):
    """The links, the anchors and whatever is loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a":
            self.links.add(found["href"])
        if "id" in found:
            self.anchors.add(found["id"])
        if tag in ("script", "link", "img", "iframe"):
            self.loaded.append(tag)


def test_page_for_people_loads_nothing_and_leads_nowhere_wrong(quiet_client, document):
    response = quiet_client.get("/docs")
    assert response.status_code == 200
    assert "default-src 'none'" in response.headers["content-security-policy"]
    page = Links()
    page.feed(response.text)
    assert page.loaded == []
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside <= page.anchors
    assert quiet_client.get(*(page.links - {"#" + name for name in inside})).status_code == 200
    for path in document["paths"]:
        assert path in response.text


def test_page_takes_no_unknown_parameter(quiet_client):
    problem_of(quiet_client.get(f"{V1}/status?x=1"), 422, "malformed-input")
