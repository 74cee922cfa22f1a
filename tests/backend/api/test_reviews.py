"""Reviews and labels on a real chain, as the API tells of them at every step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from backend.api.app import create_app
from backend.db import migrate, open_engine, reading, tables, writing
from backend.queries import contents
from backend.settings import Settings
from backend.terms.attestations import Attestation, Claim
from backend.terms.offer import ZERO_ADDRESS, Tranche
from scripts.people import Person
from tests.backend.api.serving import running
from tests.backend.api.test_content import post
from tests.backend.following import audit, catch_up, fresh_digest
from tests.backend.market import DAY, Market, Opened
from tests.backend.review_play import THANKS, WORDS, ReviewPlay, allow, attest
from tests.backend.saved import Saved

ALICE, BOB, CAROL, NOOR, RITA = Person.ALICE, Person.BOB, Person.CAROL, Person.NOOR, Person.RITA
TEXT = b"sent in time, well packed"


@dataclass
class Desk:
    """A market to act in, and the service over it; `settings` as of a book."""

    market: Market
    settings: Settings
    client: httpx.Client

    def index(self) -> str:
        engine = open_engine(self.settings.database)
        try:
            migrate(engine)
            return catch_up(engine, self.market.url, self.market.deployment)
        finally:
            engine.dispose()

    def get(self, path: str, **params: Any) -> Any:
        """From the head of the chain."""
        self.index()
        answer = self.client.get(f"/api/v1{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def spoken_of(self) -> list[str]:
        """The hashes that a check of the content looks for."""
        engine = open_engine(self.settings.database)
        try:
            with reading(engine) as connection:
                return contents.spoken_of(connection)
        finally:
            engine.dispose()

    def reviews(self, opened: Opened) -> dict[tuple[str, str], Any]:
        """By author and subject."""
        told = self.get(f"/trades/{opened.trade_id}")["reviews"]
        return {(item["author"], item["subject"]): item for item in told["items"]}

    def steps(self, opened: Opened, author: Person, subject: Person) -> list[str]:
        """What can be done now."""
        told = self.reviews(opened)[author.address, subject.address]["next"]
        return [step["function"] for step in told if step["beginsAt"] is None]


@contextmanager
def service(market: Market, record: Path, folder: Path) -> Iterator[Desk]:
    settings = Settings(
        rpc_url=market.url, database=str(folder / "db.sqlite"), deployment=str(record)
    )
    app = create_app(settings)
    with running(app) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield Desk(market, settings, client)
    app.state.context.engine.dispose()


@pytest.fixture
def desk(market: Market, deployed: Saved, tmp_path: Path) -> Iterator[Desk]:
    with service(market, deployed.record, tmp_path) as found:
        yield found


def test_windows_are_those_of_the_contract(desk: Desk, market: Market) -> None:
    """However the trade ended: the Escrow keeps some times roughly."""
    accepted, missed, split = market.open(), market.open(), market.open()
    assert desk.get(f"/trades/{accepted.trade_id}")["reviews"] is None
    market.act(ALICE, "perform", accepted, 0)
    market.act(BOB, "accept", accepted, 0)
    market.wait_until(market.now + 5_000)
    market.split(split, 0, 5_000, ALICE, BOB)
    market.wait_until(market.now + DAY + 1)
    market.act(RITA, "expire", missed, 0)
    for opened in (accepted, missed, split):
        _, commit_until, reveal_until = market.view("Reviews", "windowsOf", opened.call)
        told = desk.get(f"/trades/{opened.trade_id}")["reviews"]
        assert (told["commitUntil"], told["revealUntil"]) == (commit_until, reveal_until)


def test_review_is_hidden_until_it_is_revealed_R2(desk: Desk) -> None:
    play = ReviewPlay.of(desk.market)
    opened = play.opened
    first = desk.reviews(opened)
    assert set(first) == {(ALICE.address, BOB.address), (BOB.address, ALICE.address)}
    assert {item["state"] for item in first.values()} == {"none"}
    assert desk.steps(opened, ALICE, BOB) == ["commit", "revealTogether"]

    play.commit(ALICE, BOB, 2)
    told = desk.reviews(opened)
    hidden = told[ALICE.address, BOB.address]
    assert (hidden["state"], hidden["review"]) == ("committed", None)
    review, salt = play.written(ALICE, BOB, 2)
    assert hidden["commitment"] == "0x" + review.commitment(play.desk, salt).hex()
    assert hidden["next"][0]["beginsAt"] == play.windows[0] + 1
    assert desk.steps(opened, ALICE, BOB) == []
    assert desk.steps(opened, BOB, ALICE) == ["commit"]
    assert desk.get(f"/members/{BOB.address}/reviews")["items"] == []
    assert desk.get(f"/members/{BOB.address}/profile")["rating"] is None

    play.commit(BOB, ALICE, 5)
    assert desk.steps(opened, ALICE, BOB) == ["reveal"]
    play.reveal(ALICE, BOB, 2)
    assert desk.steps(opened, ALICE, BOB) == ["reply"]
    assert desk.steps(opened, BOB, ALICE) == ["reveal"]
    shown = desk.reviews(opened)[ALICE.address, BOB.address]
    assert shown["state"] == "revealed"
    assert (shown["review"]["rating"], shown["review"]["reply"]) == (2, None)

    play.reply(BOB, ALICE)
    shown = desk.reviews(opened)[ALICE.address, BOB.address]
    assert shown["review"]["reply"]["hash"] == "0x" + THANKS.hex()
    assert shown["next"] == []
    profile = desk.get(f"/members/{BOB.address}/profile")
    assert profile["rating"] == {"score": "3.25", "voices": 1, "stars": [0, 1, 0, 0, 0]}
    assert profile["reviews"] == {"received": 1, "given": 0}


def test_step_that_is_told_of_is_taken_and_one_that_is_not_is_refused_R2(desk: Desk) -> None:
    """Before the commit window ends, after it, and after the reveal window."""
    play, market = ReviewPlay.of(desk.market), desk.market
    late = ReviewPlay.of(market, CAROL)
    play.wait_past_commits()
    late.wait_past_commits()
    assert desk.steps(play.opened, BOB, ALICE) == ["revealTogether", "review"]
    with pytest.raises(AssertionError, match="commit reverted"):
        play.commit(BOB, ALICE, 4)
    play.review(BOB, ALICE, 4)
    assert desk.steps(play.opened, ALICE, BOB) == []
    answer = desk.reviews(play.opened)[ALICE.address, BOB.address]
    assert (answer["state"], answer["next"]) == ("expired", [])
    with pytest.raises(AssertionError, match="review reverted"):
        play.review(ALICE, BOB, 1)
    market.wait_until(late.windows[1])
    assert desk.steps(late.opened, CAROL, ALICE) == ["revealTogether", "review"]
    market.wait_until(late.windows[1] + 1)
    assert desk.steps(late.opened, CAROL, ALICE) == []


def test_review_that_stays_hidden_counts_as_none_R2(desk: Desk) -> None:
    play = ReviewPlay.of(desk.market)
    play.commit(BOB, ALICE, 1)
    desk.market.wait_until(play.windows[1] + 1)
    hidden = desk.reviews(play.opened)[BOB.address, ALICE.address]
    assert (hidden["state"], hidden["review"], hidden["next"]) == ("expired", None, [])
    profile = desk.get(f"/members/{ALICE.address}/profile")
    assert (profile["rating"], profile["reviews"]["received"]) == (None, 0)


def test_strangers_are_no_sides_R1(desk: Desk) -> None:
    """The buyer pays the seller and the courier, who are nothing to each other."""
    market = desk.market
    tranches = (Tranche(0, 1, 0, 1_000, DAY, DAY), Tranche(0, 2, 0, 100, DAY, DAY))
    parties = (ZERO_ADDRESS, ALICE.address, CAROL.address)
    offer = market.offer(tranches=tranches, parties=parties)
    opened = market.open(offer, BOB, (ALICE, CAROL))
    market.act(ALICE, "refund", opened, 0)
    assert desk.get(f"/trades/{opened.trade_id}")["reviews"] is None
    market.act(CAROL, "refund", opened, 1)
    pairs = {(BOB, ALICE), (ALICE, BOB), (BOB, CAROL), (CAROL, BOB)}
    assert set(desk.reviews(opened)) == {(one.address, two.address) for one, two in pairs}
    play = ReviewPlay(market, opened)
    with pytest.raises(AssertionError, match="commit reverted"):
        play.commit(ALICE, CAROL, 1)
    with pytest.raises(AssertionError, match="commit reverted"):
        play.commit(RITA, ALICE, 1)


def test_words_are_missing_until_somebody_has_them_R5(desk: Desk) -> None:
    """Whatever the hash is of, nothing is made up."""
    play = ReviewPlay.of(desk.market)
    play.together(ALICE, BOB, (4, 5))
    with_words, without = desk.get(f"/members/{ALICE.address}/reviews")["items"]
    if with_words["words"] is None:
        with_words, without = without, with_words
    assert without["words"] is None
    assert with_words["words"]["state"] == "missing"
    assert with_words["words"]["hash"] == "0x" + WORDS.hex()
    assert with_words["words"]["href"] is None
    assert "0x" + WORDS.hex() in desk.spoken_of()
    assert post(desk.client, desk, TEXT).status_code == 201
    found = desk.reviews(play.opened)[ALICE.address, BOB.address]["review"]["words"]
    assert found["state"] == "kept"
    assert desk.client.get(found["href"]).content == TEXT


def test_reviews_given_and_received_part_by_part(desk: Desk) -> None:
    for buyer in (BOB, CAROL, Person.DAVE, Person.ERIN):
        ReviewPlay.of(desk.market, buyer).together(ALICE, buyer, (4, 5))
    path = f"/members/{ALICE.address}/reviews"
    everything = desk.get(path)["items"]
    assert len(everything) == 8
    assert [one["revealedAt"] for one in everything] == sorted(
        (one["revealedAt"] for one in everything), reverse=True
    )
    seen, cursor = [], None
    while True:
        page = desk.get(path, limit=3, **({} if cursor is None else {"cursor": cursor}))
        seen += page["items"]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert seen == everything
    received = desk.get(path, direction="received")["items"]
    assert {one["subject"] for one in received} == {ALICE.address}
    given = desk.get(path, direction="given")["items"]
    assert {one["author"] for one in given} == {ALICE.address}
    assert len(received) == len(given) == 4
    profile = desk.get(f"/members/{ALICE.address}/profile")
    assert profile["rating"] == {"score": "4.16", "voices": 4, "stars": [0, 0, 0, 0, 4]}
    assert profile["counterparties"] == 4


def test_reorg_takes_a_review_back_S8(desk: Desk, market: Market, tmp_path: Path) -> None:
    play = ReviewPlay.of(market)
    play.commit(ALICE, BOB, 3)
    play.commit(BOB, ALICE, 4)
    before = desk.reviews(play.opened)
    digest = desk.index()
    play.reveal(BOB, ALICE, 4)
    play.reply(ALICE, BOB)
    assert desk.reviews(play.opened)[BOB.address, ALICE.address]["state"] == "revealed"
    market.rpc("anvil_rollback", 2)
    assert desk.reviews(play.opened) == before
    assert desk.index() == digest == fresh_digest(tmp_path, market.url, market.deployment)
    assert desk.get(f"/members/{ALICE.address}/profile")["rating"] is None


def test_reorg_takes_a_label_and_an_attestor_back_S8(desk: Desk, market: Market) -> None:
    digest = desk.index()
    allow(market, RITA, Claim.PERSON, True)
    attest(market, RITA, Attestation(Claim.PERSON, BOB.address, market.now + DAY))
    assert len(desk.get(f"/members/{BOB.address}/labels")["items"]) == 1
    assert [one["allowed"] for one in desk.get("/attestors")["items"]] == [True]
    market.rpc("anvil_rollback", 2)
    assert desk.index() == digest
    assert desk.get(f"/members/{BOB.address}/labels")["items"] == []
    assert desk.get("/attestors")["items"] == []


def test_labels_are_those_of_the_contract_L5(desk: Desk, market: Market) -> None:
    """Standing, revoked, expired, replaced, struck: at each step as `labelUntil` tells."""
    for attestor, claim in (
        (RITA, Claim.PERSON),
        (NOOR, Claim.PERSON),
        (RITA, Claim.CREDIT_BAND),
        (RITA, Claim.PRODUCT),
    ):
        allow(market, attestor, claim, True)
    until = market.now + 30 * DAY

    def check(*names: str) -> None:
        profile = desk.get(f"/members/{BOB.address}/profile")
        assert [label["label"] for label in profile["labels"]] == list(names)
        told = {label["number"]: label["until"] for label in profile["labels"]}
        for number in range(8):
            has = market.view("Attestations", "labelUntil", BOB.address, number)
            assert (has >= market.now) == (number in told)
            assert told.get(number, has) == has

    check()
    first = attest(market, RITA, Attestation(Claim.PERSON, BOB.address, until))
    attest(market, RITA, Attestation(Claim.CREDIT_BAND, BOB.address, until - DAY, 3))
    check("personVerified", "creditBand1", "creditBand2", "creditBand3")
    attest(market, RITA, Attestation(Claim.CREDIT_BAND, BOB.address, until - DAY, 1))
    check("personVerified", "creditBand1")
    market.send(BOB, "Attestations", "revoke", first)
    check("creditBand1")
    attest(market, NOOR, Attestation(Claim.PERSON, BOB.address, until))
    allow(market, NOOR, Claim.PERSON, False)
    check("personVerified", "creditBand1")
    # Of another end: the same twice in one second is one attestation.
    attest(market, RITA, Attestation(Claim.PERSON, BOB.address, until - 1))
    attest(market, RITA, Attestation(Claim.PRODUCT, BOB.address, until, 2**256 - 1))
    check("personVerified", "sustainableProduct", "creditBand1")
    market.wait_until(until - DAY)
    check("personVerified", "sustainableProduct", "creditBand1")
    market.wait_until(until - DAY + 1)
    check("personVerified", "sustainableProduct")

    told = desk.get(f"/members/{BOB.address}/labels")["items"]
    states = [(one["claim"], one["state"]) for one in told]
    assert sorted(states) == [
        ("creditBand", "expired"),
        ("creditBand", "revoked"),
        ("personVerified", "revoked"),
        ("personVerified", "revoked"),
        ("personVerified", "standing"),
        ("sustainableProduct", "standing"),
    ]
    assert {one["value"] for one in told} == {"1", "3", str(2**256 - 1)}
    last, *others = desk.get("/attestors")["items"]
    assert (last["attestor"], last["allowed"]) == (NOOR.address, False)
    assert [one["allowed"] for one in others] == [True] * 3
    engine = open_engine(desk.settings.database)
    assert audit(engine, market.url, market.deployment) == []
    with writing(engine) as connection:
        product = tables.attestations.c.claim == "sustainableProduct"
        connection.execute(update(tables.attestations).where(product).values(revoked_at=1))
    found = audit(engine, market.url, market.deployment)
    assert [(one.database, one.chain) for one in found if one.column == "label 2"] == [
        (None, until)
    ]
    engine.dispose()
