"""The stream of blocks."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, insert

from backend.api.app import create_app
from backend.api.limits import Limits
from backend.db import tables
from tests.backend.api.book import Book, hash_of, offer_by, time_of
from tests.backend.api.serving import problem_of, running

STREAM = "/api/v1/stream"


class Listener:
    """Reads messages, one after the other."""

    def __init__(self, response: httpx.Response) -> None:
        self.lines = response.iter_lines()
        self.id = ""

    def next(self) -> tuple[int, dict[str, Any]]:
        """The number in the id, and the data, of the next message."""
        fields: dict[str, str] = {}
        for line in self.lines:
            if not line and "data" in fields:
                assert fields["event"] == "block"
                self.id = fields["id"]
                number, _, _ = fields["id"].split("-")
                return int(number), json.loads(fields["data"])
            name, _, value = line.partition(": ")
            fields[name] = value
        raise AssertionError("the stream has ended")


@contextmanager
def listening(client: httpx.Client, **headers: str) -> Iterator[Listener]:
    with client.stream("GET", STREAM, headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Listener(response)


def test_blocks_are_told_as_they_are_indexed(book: Book, client):
    book.at(5)
    with listening(client) as listener:
        number, news = listener.next()
        assert (number, news["changes"], news["undone"]) == (5, [], False)
        assert news["block"] == {"number": 5, "hash": hash_of(5), "time": time_of(5)}
        trade = book.trade(6, offer_by())
        book.at(6)
        number, news = listener.next()
        assert number == 6
        [change] = news["changes"]
        assert (change["name"], change["tradeId"]) == ("TradeOpened", trade)
        assert change["fact"]["blockHash"] == hash_of(6)
        assert news["complete"] is True


def place(number: int, rollbacks: int = 0, mark: int | None = None) -> dict[str, str]:
    """The header of a listener that was told of this block."""
    found = hash_of(number if mark is None else mark)
    return {"Last-Event-ID": f"{number}-{rollbacks}-{found}"}


def test_listener_goes_on_where_it_was(book: Book, client):
    for number in (6, 7, 8):
        book.trade(number, offer_by(), fill=number - 6)
    book.at(8)
    with listening(client, **place(6)) as listener:
        number, news = listener.next()
        assert (number, listener.id) == (8, place(8)["Last-Event-ID"])
        assert [change["fact"]["blockNumber"] for change in news["changes"]] == [7, 8]
        assert (news["undone"], news["complete"]) == (False, True)


@pytest.mark.parametrize(
    "last",
    ["6", "-1", "6-0", f"6-0-{hash_of(6)}0", f"6--1-{hash_of(6)}", f"x-0-{hash_of(6)}", "6-0-0x"],
)
def test_S1_a_place_that_is_none_is_refused(book: Book, client, last: str):
    book.at(8)
    response = client.get(STREAM, headers={"Last-Event-ID": last})
    problem_of(response, 422, "malformed-input")


@pytest.mark.parametrize(
    "last",
    [
        pytest.param(place(9), id="beyond the head"),
        pytest.param(place(8, mark=88), id="another block of that height"),
        pytest.param(place(8, rollbacks=1), id="rolled back since"),
        pytest.param(place(8, rollbacks=3), id="built anew"),
    ],
)
def test_S8_who_comes_back_after_a_rollback_is_told(book: Book, client, last: dict[str, str]):
    book.write(tables.blocks, block_row(8, 8))
    book.at(8, rollbacks=2)
    with listening(client, **last) as listener:
        news = listener.next()[1]
        assert (news["undone"], news["complete"]) == (True, False)
    with listening(client, **place(8, rollbacks=2)) as listener:
        news = listener.next()[1]
        assert (news["undone"], news["complete"]) == (False, True)


def block_row(number: int, mark: int) -> dict[str, Any]:
    return {
        "number": number,
        "hash": hash_of(mark),
        "parent_hash": hash_of(0),
        "time": time_of(number),
    }


def test_S8_undone_blocks_are_told_of(book: Book, client):
    book.write(tables.blocks, block_row(5, 5))
    book.at(5)
    with listening(client) as listener:
        assert listener.next()[0] == 5
        with book.engine.connect() as connection, connection.begin():
            connection.execute(delete(tables.blocks))
            connection.execute(insert(tables.blocks), [block_row(5, 55), block_row(6, 56)])
        book.at(6)
        number, news = listener.next()
        assert (number, news["undone"], news["complete"]) == (6, True, False)
        book.at(4)
        number, news = listener.next()
        assert (number, news["undone"]) == (4, True)


def test_S8_a_rollback_between_two_looks_is_told(book: Book, client):
    """A block came and went that the stream never told of; a page may have read it all the same."""
    book.write(tables.blocks, block_row(5, 5))
    book.at(5)
    with listening(client) as listener:
        assert listener.next()[1]["undone"] is False
        book.at(5, rollbacks=1)
        number, news = listener.next()
        assert (number, news["undone"], news["complete"]) == (5, True, False)


def test_S5_number_of_streams_is_limited(book: Book):
    limits = Limits(streams=1)
    app = create_app(book.settings, limits)
    with running(app, limits) as address, httpx.Client(base_url=address, timeout=10) as client:
        with listening(client) as listener:
            listener.next()
            response = client.get(STREAM)
            problem_of(response, 503, "too-many-streams")
        # The place is free again when its listener has gone.
        deadline = time.monotonic() + 5
        while app.state.context.streams.open:
            assert time.monotonic() < deadline
        with listening(client) as listener:
            assert listener.next()[0] == 1
    app.state.context.engine.dispose()
