"""S8, S12, S13: what is said when there is nothing to say, and that an answer is of one block."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from backend.api.app import create_app
from backend.api.limits import Limits
from backend.db import DatabaseUnusable, tables, writing
from tests.backend.api.book import BOB, Book, address, body_of, fact, hash_of, offer_by
from tests.backend.api.serving import problem_of, running

V1 = "/api/v1"


@contextmanager
def serving(book: Book, limits: Limits | None = None) -> Iterator[httpx.Client]:
    app = create_app(book.settings, limits)
    with (
        running(app, limits) as found,
        httpx.Client(base_url=found, timeout=10) as client,
    ):
        yield client
    app.state.context.engine.dispose()


def test_nothing_indexed_yet(tmp_path: Path):
    with serving(Book(tmp_path)) as client:
        assert client.get("/health").json() == {"status": "ok"}
        for path in ("/ready", "/status", f"{V1}/trades", f"{V1}/members", f"{V1}/stream"):
            problem = problem_of(client.get(path), 503, "not-ready")
            assert problem["detail"] == "no block was indexed yet"
        problem_of(client.post(f"{V1}/offers", json=body_of(offer_by(), 1)), 503, "not-ready")


def test_S12_database_of_another_market(book: Book):
    file = Path(book.settings.deployment)
    record = json.loads(file.read_text())
    record["contracts"]["Escrow"] = address(999)
    file.write_text(json.dumps(record))
    with serving(book) as client:
        problem = problem_of(client.get("/ready"), 503, "not-ready")
        assert "another market" in problem["detail"]


def test_S9_indexer_that_stopped_for_good(book: Book, client):
    with writing(book.engine) as connection:
        connection.execute(update(tables.progress).values(halted="a reorg below finality"))
    problem = problem_of(client.get("/ready"), 503, "not-ready")
    assert "a reorg below finality" in problem["detail"]
    told = client.get(f"{V1}/status")
    assert (told.status_code, told.json()["halted"]) == (200, "a reorg below finality")


def test_S13_database_that_somebody_else_writes(book: Book):
    lock = sqlite3.connect(book.settings.database, isolation_level=None)
    with serving(book, Limits(busy_seconds=0.1)) as client:
        lock.execute("BEGIN IMMEDIATE")
        assert client.get(f"{V1}/trades").status_code == 200
        response = client.post(f"{V1}/offers", json=body_of(offer_by(), 1))
        problem_of(response, 503, "database-busy")
        assert response.headers["retry-after"]
        lock.execute("ROLLBACK")
        assert client.post(f"{V1}/offers", json=body_of(offer_by(), 1)).status_code == 201
    lock.close()


def test_S13_database_that_is_read_only(book: Book):
    """It is read all the same."""
    url = f"sqlite:///file:{book.settings.database}?mode=ro&uri=true"
    app = create_app(replace(book.settings, database=url))
    with running(app) as found, httpx.Client(base_url=found, timeout=10) as client:
        assert client.get(f"{V1}/trades").status_code == 200
        response = client.post(f"{V1}/offers", json=body_of(offer_by(), 1))
        assert problem_of(response, 503, "database-busy")["detail"] == "it cannot be written"
    app.state.context.engine.dispose()


def test_S13_file_that_is_no_database(book: Book):
    book.engine.dispose()
    for suffix in ("", "-wal", "-shm"):
        Path(book.settings.database + suffix).unlink(missing_ok=True)
    Path(book.settings.database).write_text("not at all a database\n" * 100)
    with pytest.raises(DatabaseUnusable, match="is not a database"):
        create_app(book.settings)


def test_S8_answer_is_of_one_block_while_the_index_moves(book: Book, client):
    """Each block moves the checkpoint and pays a credit that is ten times its number."""
    book.credit(1, BOB, "0x" + "0" * 40, 10)
    done = threading.Event()

    def move() -> None:
        number = 1
        while not done.is_set():
            number += 1
            block = {"number": number, "hash": hash_of(number), "time": number}
            with writing(book.engine) as connection:
                connection.execute(update(tables.checkpoint).values(block))
                paid = {"amount": 10 * number} | fact(number)
                connection.execute(update(tables.credits).values(paid))

    mover = threading.Thread(target=move)
    mover.start()
    try:
        seen = set()
        for _ in range(60):
            told = client.get(f"{V1}/credits").json()
            [credit] = told["items"]
            number = told["asOf"]["number"]
            assert int(credit["amount"]["value"]) == 10 * number
            assert credit["fact"]["blockHash"] == told["asOf"]["hash"] == hash_of(number)
            seen.add(number)
    finally:
        done.set()
        mover.join()
    assert len(seen) > 10


def test_offer_that_expired_long_ago_is_forgotten(book: Book, client):
    old = offer_by(expires_at=1_000_000 + 100)
    assert client.post(f"{V1}/offers", json=body_of(old, 1)).status_code == 201
    days = 31 * 86_400
    book.at(days // 10)
    new = offer_by(expires_at=1_000_000 + 2 * days)
    told = client.post(f"{V1}/offers", json=body_of(new, 1)).json()
    gone = body_of(old, 1)
    with book.engine.connect() as connection:
        hashes = list(connection.scalars(select(tables.offers.c.offer_hash)))
        named = list(connection.scalars(select(tables.offer_parties.c.offer_hash)))
    assert hashes == named == [told["hash"]]
    problem_of(client.post(f"{V1}/offers", json=gone), 409, "offer-expired")


def test_wrong_media_type(quiet_client):
    body = json.dumps(body_of(offer_by(), 1))
    for headers in ({"Content-Type": "text/plain"}, {}):
        response = quiet_client.post(f"{V1}/offers", content=body, headers=headers)
        problem_of(response, 415, "wrong-media-type")


def test_posting_waits_for_nobody(book: Book, client):
    """Two postings of one offer at once: one is new, and nothing breaks."""
    offer = body_of(offer_by(), 1)
    answers: list[int] = []

    def post() -> None:
        answers.append(client.post(f"{V1}/offers", json=offer).status_code)

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] * 7 + [201]
