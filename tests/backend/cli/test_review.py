"""`commonhold review` between the sides of a real trade, through the chain and the service."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from backend.people import Person
from backend.settings import Settings
from backend.terms.cid import cid_of, content_hash
from backend.terms.reviews import ReviewStatus
from backend.terms.words import moment
from tests.backend.cli.acting import index
from tests.backend.commands import invoke
from tests.backend.market import Market, Opened

ALICE, BOB, RITA = Person.ALICE, Person.BOB, Person.RITA
WITH_API = {"give", "reveal", "open", "reply", "finish"}


class Sides:
    """Alice and Bob after their trade, at the command line."""

    def __init__(self, market: Market, settings: Settings, address: str, opened: Opened) -> None:
        self.market, self.settings, self.address, self.opened = market, settings, address, opened
        self.trade = opened.trade_id

    def run(self, who: Person | None, *words: object) -> tuple[int, str]:
        where = [*("--rpc-url", self.market.url, "--database", self.settings.database)]
        where += ["--deployment", self.settings.deployment]
        if WITH_API & set(map(str, words[:2])):
            where += ["--api-url", self.address]
        name = [] if who is None else ["--as", who.name.lower()]
        return invoke("review", *words, *name, *where)

    def told(self, who: Person | None, *words: object) -> str:
        code, said = self.run(who, *words)
        assert code == 0, said
        return said

    def refused(self, who: Person | None, *words: object) -> str:
        code, said = self.run(who, *words)
        assert code == 1, said
        return said

    def state(self, author: Person, subject: Person) -> tuple[ReviewStatus, int, bool]:
        found = self.market.view(
            "Reviews", "reviewOf", bytes.fromhex(self.trade[2:]), author.address, subject.address
        )
        return ReviewStatus(found[0]), found[3], found[5]

    def windows(self) -> tuple[int, int]:
        _, commit_until, reveal_until = self.market.view("Reviews", "windowsOf", self.opened.call)
        return commit_until, reveal_until

    def stored(self, text: str) -> int:
        """The status with which the service answers for these words."""
        cid = cid_of(content_hash(text))
        return httpx.get(f"{self.address}/api/v1/content/{cid}").status_code

    @property
    def kept(self) -> list[Path]:
        folder = Path(self.settings.database).parent / "reviews"
        return sorted(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def sides(market: Market, settings: Settings, address: str) -> Sides:
    """Alice sold, Bob accepted."""
    opened = market.open(buyer=BOB)
    market.act(ALICE, "perform", opened, 0)
    market.act(BOB, "accept", opened, 0)
    index(settings, market)
    return Sides(market, settings, address, opened)


def test_both_commit_reveal_and_one_replies(sides: Sides) -> None:
    said = sides.told(BOB, "give", sides.trade, "alice", "--stars", 2, "--words", "Came late")
    assert f"commonhold review reveal {sides.trade} {ALICE.address}" in said
    assert moment(sides.windows()[0]) in said
    (kept,) = sides.kept
    assert (kept.read_text(), kept.stat().st_mode & 0o777) == ("Came late", 0o600)
    assert sides.stored("Came late") == 404  # nobody can read it yet
    early = sides.refused(BOB, "reveal", sides.trade, ALICE.address)
    assert f"Too early: {ALICE.address} may commit until {moment(sides.windows()[0])}" in early
    assert "hidden" in sides.told(None, "list", sides.trade)
    assert "cannot be changed" in sides.refused(
        BOB, "give", sides.trade, "alice", "--stars", 5, "--words", "Came in time"
    )

    said = sides.told(ALICE, "give", sides.trade, "bob", "--stars", 5)
    assert "Both sides have: reveal now" in said
    said = sides.told(BOB, "reveal", sides.trade, "alice")
    assert "2 stars" in said
    assert sides.state(BOB, ALICE) == (ReviewStatus.REVEALED, 2, False)
    assert (sides.stored("Came late"), sides.kept) == (200, [])
    assert "You revealed already: 2 stars" in sides.refused(BOB, "reveal", sides.trade, "alice")
    sides.told(ALICE, "reveal", sides.trade, "bob")
    assert sides.state(ALICE, BOB) == (ReviewStatus.REVEALED, 5, False)

    assert "A reply has words" in sides.refused(ALICE, "reply", sides.trade, "bob")
    sides.told(ALICE, "reply", sides.trade, "bob", "--words", "The train was late")
    assert sides.state(BOB, ALICE) == (ReviewStatus.REVEALED, 2, True)
    assert sides.stored("The train was late") == 200
    again = sides.refused(ALICE, "reply", sides.trade, "bob", "--words", "And cold")
    assert "You replied to the review" in again
    listed = sides.told(None, "list", sides.trade)
    assert f"{BOB.address} of {ALICE.address}: 2 stars" in listed
    assert ", with a reply" in listed


def test_a_lost_machine_loses_nothing_but_what_was_typed(sides: Sides) -> None:
    sides.told(BOB, "give", sides.trade, "alice", "--stars", 4, "--words", "Well packed")
    sides.told(ALICE, "give", sides.trade, "bob", "--stars", 5)
    (kept,) = sides.kept
    kept.unlink()
    lost = sides.refused(BOB, "reveal", sides.trade, "alice")
    assert "give the same words again, to the letter" in lost
    wrong = sides.refused(BOB, "reveal", sides.trade, "alice", "--words", "Well packed.")
    assert "This is not what you committed to" in wrong
    assert "has not committed to a review" in sides.refused(RITA, "reveal", sides.trade, "alice")
    sides.told(BOB, "reveal", sides.trade, "alice", "--words", "Well packed")
    assert sides.state(BOB, ALICE) == (ReviewStatus.REVEALED, 4, False)


def test_who_was_silent_while_the_other_committed_cannot_answer_R2(sides: Sides) -> None:
    sides.told(BOB, "give", sides.trade, "alice", "--stars", 3)
    sides.market.wait_until(sides.windows()[0] + 1)
    late = sides.refused(ALICE, "give", sides.trade, "bob", "--stars", 1)
    assert "Too late" in late
    assert "yours would be an answer: you may reply" in late
    answer = sides.refused(ALICE, "open", sides.trade, "bob", "--stars", 1)
    assert "yours would be an answer" in answer
    hidden = sides.refused(ALICE, "reply", sides.trade, "bob", "--words", "No")
    assert "has not revealed its review of you yet" in hidden
    sides.told(BOB, "reveal", sides.trade, "alice")
    assert sides.state(BOB, ALICE) == (ReviewStatus.REVEALED, 3, False)
    assert sides.state(ALICE, BOB)[0] == ReviewStatus.NONE


def test_openly_where_neither_hid_one(sides: Sides) -> None:
    early = sides.refused(BOB, "open", sides.trade, "alice", "--stars", 1)
    assert f"hidden until {moment(sides.windows()[0])}" in early
    sides.market.wait_until(sides.windows()[0] + 1)
    late = sides.refused(BOB, "give", sides.trade, "alice", "--stars", 1)
    assert f"you can review openly until {moment(sides.windows()[1])}" in late
    assert "Nothing was sent" in sides.told(
        BOB, "open", sides.trade, "alice", "--stars", 1, "--words", "No", "--dry-run"
    )
    assert sides.kept == []
    sides.told(BOB, "open", sides.trade, "alice", "--stars", 1, "--words", "Not as shown")
    assert sides.state(BOB, ALICE) == (ReviewStatus.REVEALED, 1, False)
    assert sides.stored("Not as shown") == 200
    assert "would be an answer" in sides.refused(ALICE, "open", sides.trade, "bob", "--stars", 1)
    again = sides.refused(BOB, "open", sides.trade, "alice", "--stars", 5)
    assert "already (1 star): a review is not changed" in again


def test_after_the_reveal_window_nothing_can_be_said(sides: Sides) -> None:
    sides.told(BOB, "give", sides.trade, "alice", "--stars", 3)
    until = sides.windows()[1]
    sides.market.wait_until(until + 1)
    late = sides.refused(BOB, "reveal", sides.trade, "alice")
    assert f"revealed until {moment(until)}. Yours counts as none" in late
    assert "never revealed: none" in sides.told(None, "list", sides.trade)
    assert "was reviewed until" in sides.refused(ALICE, "open", sides.trade, "bob", "--stars", 3)


def test_together_needs_both_signatures_R2(sides: Sides, tmp_path: Path) -> None:
    first, both = tmp_path / "first.json", tmp_path / "both.json"
    start = ("together", "start", sides.trade, "bob", "--stars", 5, "--words", "Quick payer")
    sides.told(ALICE, *start, "--out", first)
    assert "Quick payer" not in first.read_text()
    assert "has not signed" in sides.refused(ALICE, "together", "finish", first)
    join = ("together", "join", first, "--stars", 4, "--words", "Friendly", "--out", both)
    assert "is for" in sides.refused(RITA, *join)
    sides.told(BOB, *join)
    assert "exists: name another file" in sides.refused(BOB, *join)
    assert sides.state(BOB, ALICE)[0] == ReviewStatus.NONE  # nothing was sent so far
    assert "started" in sides.refused(BOB, "together", "finish", both)

    altered = tmp_path / "altered.json"
    content = json.loads(both.read_text())
    content["joined"]["rating"] = 5
    altered.write_text(json.dumps(content))
    assert "did not sign this review" in sides.refused(ALICE, "together", "finish", altered)
    content["commitment"] = "0x" + "00" * 26
    altered.write_text(json.dumps(content))
    assert "does not open" in sides.refused(ALICE, "together", "finish", altered)
    content["chainId"] = 1
    altered.write_text(json.dumps(content))
    assert "on chain 1;" in sides.refused(ALICE, "together", "finish", altered)
    altered.write_text("{}")
    assert "is not what" in sides.refused(ALICE, "together", "finish", altered)

    sides.told(ALICE, "together", "finish", both)
    assert sides.state(ALICE, BOB) == (ReviewStatus.REVEALED, 5, False)
    assert sides.state(BOB, ALICE) == (ReviewStatus.REVEALED, 4, False)
    assert (sides.stored("Quick payer"), sides.stored("Friendly")) == (200, 200)


def test_who_committed_is_not_together_any_more(sides: Sides, tmp_path: Path) -> None:
    sides.told(BOB, "give", sides.trade, "alice", "--stars", 3)
    out = ("--out", tmp_path / "first.json")
    told = sides.refused(ALICE, "together", "start", sides.trade, "bob", "--stars", 5, *out)
    assert "together is over" in told


def test_strangers_open_trades_and_what_is_no_review_R1(
    sides: Sides, market: Market, settings: Settings
) -> None:
    give = ("give", sides.trade)
    stranger = sides.refused(RITA, *give, "alice", "--stars", 1)
    assert f"{RITA.address} was no side of it" in stranger
    told = sides.refused(BOB, *give, "rita", "--stars", 1)
    assert f"{BOB.address} may review {ALICE.address}" in told
    assert "Nobody reviews itself" in sides.refused(BOB, *give, "bob", "--stars", 1)
    assert "is not an address" in sides.refused(BOB, *give, "nobody", "--stars", 1)
    mistyped = "0x" + ALICE.address[2:].swapcase()
    assert "wrong checksum" in sides.refused(BOB, *give, mistyped, "--stars", 1)
    assert "is not the id of a trade" in sides.refused(BOB, "give", "0x12", "alice", "--stars", 1)
    unknown = "0x" + "12" * 32
    assert "There is no trade" in sides.refused(BOB, "give", unknown, "alice", "--stars", 1)
    for stars in (0, 6):
        assert sides.run(BOB, *give, "alice", "--stars", stars)[0] == 2
    both = ("--words", "Good", "--file", "words.txt")
    assert "not both" in sides.refused(BOB, *give, "alice", "--stars", 1, *both)
    bad = sides.refused(BOB, *give, "alice", "--stars", 1, "--words", "turned \u202e round")
    assert "cannot be said in a review" in bad
    gone = sides.refused(BOB, *give, "alice", "--stars", 1, "--file", "/no/such/file")
    assert "cannot be read" in gone

    still_open = market.open(buyer=BOB)
    index(settings, market)
    told = sides.refused(BOB, "give", still_open.trade_id, "alice", "--stars", 1)
    assert "once all of it is closed" in told
    assert "once all of it is closed" in sides.refused(None, "list", still_open.trade_id)


def test_a_store_that_is_away_keeps_no_review_back(sides: Sides) -> None:
    away = sides.address
    sides.told(BOB, "give", sides.trade, "alice", "--stars", 4, "--words", "Kept")
    sides.told(ALICE, "give", sides.trade, "bob", "--stars", 5)
    sides.address = "http://127.0.0.1:9"
    said = sides.told(BOB, "reveal", sides.trade, "alice")
    (kept,) = sides.kept
    assert f"commonhold content add {kept}" in said
    assert sides.state(BOB, ALICE) == (ReviewStatus.REVEALED, 4, False)
    sides.address = away
    told = ("--as", "bob", "--api-url", away, "--deployment", sides.settings.deployment)
    assert invoke("content", "add", kept, *told)[0] == 0
    assert sides.stored("Kept") == 200
