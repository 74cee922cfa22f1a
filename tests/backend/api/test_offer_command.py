"""`commonhold templates` and `commonhold offer new`, as a user runs them, over a book."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from backend.terms.templates import all_templates
from scripts.toolchain import ROOT
from tests.backend.api.book import ALICE, BOB, TOKEN, Book
from tests.backend.commands import invoke

GIG = (
    *("--title", "A logo", "--asset", "GLD"),
    *("--milestone", "title=three drafts; pay=1.50; due-in=5 days"),
    *("--milestone", "title=the files; pay=350; due-in=1w 5d; review-period=36h"),
)
STAY = (
    *("--title", "A loft", "--asset", TOKEN, "--check-in", "2033-06-01 15:00", "--nights", "2"),
    *("--price-per-night", "100", "--cancellation", "until=7 days; kept-bps=0%"),
    *("--cancellation", "until=24h; kept-bps=50%"),
)


def new(book: Book, name: str, *options: object) -> tuple[int, str]:
    settings = book.settings
    where = ("--database", settings.database, "--deployment", settings.deployment)
    return invoke("offer", "new", name, *options, *where)


def test_list_and_forms() -> None:
    code, told = invoke("templates")
    assert code == 0
    assert [line.split()[0] for line in told.splitlines()] == list(all_templates())
    for name, template in all_templates().items():
        code, told = invoke("templates", "show", name)
        assert code == 0
        assert all(str(f.description) in told for f in template.input.model_fields.values())
        code, told = invoke("offer", "new", name, "--help")
        assert (code, "--title" in told) == (0, True)
    code, told = invoke("templates", "show", "barter")
    assert (code, "There is no template barter. There are goods," in told) == (1, True)


def test_preview_without_a_wallet(book: Book, tmp_path: Path) -> None:
    out = tmp_path / "offer.json"
    code, told = new(book, "gig", *GIG, "--party", f"worker={BOB}", "--out", out)
    assert code == 0, told
    assert (
        "If the worker does not deliver milestone 1 within 5 days of the opening,"
        " the client gets 1.5 GLD back." in told
    )
    assert "neither accepts nor disputes it within 1 day 12 hours of the report" in told
    made = json.loads(out.read_text())
    first, second = made["offer"]["terms"]["tranches"]
    assert (first["amount"], first["dueIn"]) == ("1500000", 5 * 86_400)
    assert (second["amount"], second["dueIn"], second["reviewPeriod"]) == (
        "350000000",
        12 * 86_400,
        36 * 3_600,
    )
    assert [told_["text"] in told for told_ in made["sentences"]] == [True] * 16


def test_signed_offer_is_taken_in_by_the_offer_book(
    book: Book, client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONHOLD_KEY", "0x" + (1).to_bytes(32, "big").hex())
    out = tmp_path / "offer.json"
    code, told = new(book, "stay", *STAY, "--yes", "--out", out)
    assert code == 0, told
    assert "Up to 25 May 2033 15:00 UTC the guest can call the stay off alone" in told
    signed = json.loads(out.read_text())
    posted = client.post("/api/v1/offers", json=signed["post"])
    assert posted.status_code == 201, posted.text
    assert posted.json()["hash"] == signed["offerHash"]
    assert [step["performerBps"] for step in signed["post"]["splits"]] == [0, 5_000]
    body = {"offer": signed["post"]["offer"], "text": signed["post"]["text"]}
    told = client.post("/api/v1/terms/explain", json=body).json()
    assert told["template"] == "stay"
    assert told["input"]["cancellation"] == [
        {"until": 7 * 86_400, "keptBps": 0},
        {"until": 86_400, "keptBps": 5_000},
    ]


def test_signing_is_asked_for(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONHOLD_KEY", "0x" + (1).to_bytes(32, "big").hex())
    code, told = new(book, "gig", *GIG)
    assert (code, f"Sign as {ALICE}?" in told) == (1, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "Missing: --title, --milestone. `commonhold templates show gig` explains."),
        ((*GIG, "--asset", "EUR"), "EUR is no asset of this market"),
        ((*GIG, "--revisions", "99"), "revisions: Input should be less than or equal to 20"),
        ((*GIG, "--milestone", "pay=1"), "milestones 2 title: Field required"),
        ((*GIG, "--milestone", "colour=red"), "write title=...; pay=...; due-in=..."),
        ((*GIG, "--milestone", "title=a; pay=0.0000001"), "is finer than the asset"),
        ((*GIG, "--milestone", "title=a; pay=1; due-in=soon"), "is not a length of time"),
        ((*GIG, "--party", "cook=0x1"), "the roles are worker, client"),
        (GIG, "one place can be open, not several"),
        ((*GIG, "--party", f"worker={BOB}", "--expires", "soon"), "is not a length of time"),
    ],
)
def test_what_cannot_be_offered(book: Book, options: tuple[str, ...], message: str) -> None:
    code, told = new(book, "gig", *options)
    assert (code, message in told) == (1, True), told


def test_nothing_is_indexed(tmp_path: Path) -> None:
    """Without a market nobody knows the rules."""
    code, told = invoke("offer", "new", "gig", *GIG, "--deployment", tmp_path / "none.json")
    assert (code, "There is no deployment recorded" in told) == (1, True)


def test_what_is_missing_is_asked_of_a_person(book: Book) -> None:
    """In a terminal of its own: nothing is asked where nobody is."""
    ours, theirs = pty.openpty()
    options = ["--database", book.settings.database, "--deployment", book.settings.deployment]
    options += ["--party", f"seller={BOB}"]
    started = subprocess.Popen(
        [sys.executable, "-m", "backend.cli.main", "offer", "new", "goods", *options],
        cwd=ROOT,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    os.write(ours, b"A lamp\n0.25\n")
    told, _ = started.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert started.returncode == 0, told
    assert "What one piece costs, with postage." in told
    assert "the buyer gets 0.25 ETH back." in told
