"""`commonhold offer post`, `list` and `show`: from a form at the terminal to what others find."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.backend.api.book import ALICE, BOB, Book
from tests.backend.commands import invoke

VAN = (
    *("--title", "A blue van", "--asset", "GLD", "--rent", "160", "--deposit", "500"),
    *("--late-fee", "80", "--begins-at", "2033-06-01 09:00", "--lasts", "2 days"),
    *("--condition", "0x" + "c0" * 32, "--area", "u33d", "--calendar", "blue-van"),
)
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(book: Book, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`commonhold offer`, as Alice, against the service."""
    monkeypatch.setenv("COMMONHOLD_KEY", "0x" + (1).to_bytes(32, "big").hex())
    monkeypatch.setenv("COMMONHOLD_DATABASE", book.settings.database)
    monkeypatch.setenv("COMMONHOLD_DEPLOYMENT", book.settings.deployment)
    api = ("--api-url", str(client.base_url))

    def ran(name: str, *arguments: object) -> tuple[int, str]:
        return invoke("offer", name, *arguments, *(() if name == "new" else api))

    return ran


@pytest.fixture
def posted(run: Run, tmp_path: Path) -> str:
    """The hash of Alice's van."""
    file = tmp_path / "van.json"
    code, told = run("new", "rental", *VAN, "--yes", "--out", file)
    assert (code, f"`commonhold offer post {file}`" in told) == (0, True), told
    code, told = run("post", file)
    assert code == 0, told
    return str(json.loads(file.read_text())["offerHash"])


def test_what_was_posted_is_found_and_explained(run: Run, posted: str) -> None:
    for wanted in (
        (),
        ("blu van",),
        ("--template", "rental"),
        ("--area", "u33"),
        ("--maker", ALICE),
        ("--side", "pays", "--all"),
    ):
        code, told = run("list", *wanted)
        assert (code, told.split()[0]) == (0, posted), told
        assert "740 GLD  A blue van" in told
    for unwanted in (("red",), ("--area", "u34"), ("--template", "stay"), ("--for", BOB)):
        code, told = run("list", *unwanted)
        assert (code, "Nothing is offered like that" in told) == (0, True), told
    code, told = run("show", posted)
    assert code == 0, told
    for part in (
        "A blue van: 740 GLD, rental",
        "Taken 0 of 1 times.",
        "Found by: area u33d, calendar blue-van.",
        f"Signed by {ALICE}.",
        "If the owner does not hand it over",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--area", "u33dc0"), "area: String should match pattern"),
        (("--area", "AIOL"), "area: String should match pattern"),
        (("--calendar", "Blue Van"), "calendar: String should match pattern"),
        (("--calendar", "a\nanswers: b"), "calendar: String should match pattern"),
        (("--answers", "0x12"), "answers: String should match pattern"),
    ],
)
def test_where_nothing_is_found(run: Run, options: tuple[str, ...], said: str) -> None:
    code, told = run("new", "rental", *VAN, *options)
    assert (code, said in told) == (1, True), told


def test_what_cannot_be_posted(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "van.json"
    code, told = run("post", file)
    assert (code, "`commonhold offer new` writes one with --out" in told) == (1, True)
    for text in ("", "[]", "{}", '{"post": 1}'):
        file.write_text(text)
        code, told = run("post", file)
        assert (code, "is not what `commonhold offer new` writes" in told) == (1, True), told
    monkeypatch.delenv("COMMONHOLD_KEY")
    code, told = run("new", "rental", *VAN, "--party", f"owner={ALICE}", "--out", file)
    assert code == 0, told
    code, told = run("post", file)
    assert (code, "is not signed" in told) == (1, True), told
    code, told = run("show", "0x" + "12" * 32)
    assert (code, "says:" in told) == (1, True), told
    code, told = run("list", "--side", "left")
    assert (code, "--side is one of pays, performs" in told) == (1, True), told
    code, told = invoke("offer", "list", "--api-url", "http://127.0.0.1:1")
    assert (code, "does not answer" in told) == (1, True), told
