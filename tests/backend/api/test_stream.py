"""The stream of blocks."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
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

    def next(self) -> tuple[int, dict[str, Any]]:
        """The id and the data of the next message."""
        fields: dict[str, str] = {}
        for line in self.lines:
            if not line and "data" in fields:
                assert fields["event"] == "block"
                return int(fields["id"]), json.loads(fields["data"])
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


def test_listener_goes_on_where_it_was(book: Book, client):
    for number in (6, 7, 8):
        book.trade(number, offer_by(), fill=number - 6)
    book.at(8)
    with listening(client, **{"Last-Event-ID": "6"}) as listener:
        number, news = listener.next()
        assert number == 8
        assert [change["fact"]["blockNumber"] for change in news["changes"]] == [7, 8]
    with listening(client, **{"Last-Event-ID": "9"}) as listener:
        assert listener.next()[1]["undone"] is True
    response = client.get(STREAM, headers={"Last-Event-ID": "-1"})
    problem_of(response, 422, "malformed-input")


def test_S8_undone_blocks_are_told_of(book: Book, client):
    def block(number: int, mark: int) -> dict[str, Any]:
        return {
            "number": number,
            "hash": hash_of(mark),
            "parent_hash": hash_of(0),
            "time": time_of(number),
        }

    book.write(tables.blocks, block(5, 5))
    book.at(5)
    with listening(client) as listener:
        assert listener.next()[0] == 5
        with book.engine.connect() as connection, connection.begin():
            connection.execute(delete(tables.blocks))
            connection.execute(insert(tables.blocks), [block(5, 55), block(6, 56)])
        book.at(6)
        number, news = listener.next()
        assert (number, news["undone"], news["complete"]) == (6, True, False)
        book.at(4)
        number, news = listener.next()
        assert (number, news["undone"]) == (4, True)


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
