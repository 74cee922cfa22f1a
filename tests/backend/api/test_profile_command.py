"""`commonhold profile`, as a user runs it."""

from __future__ import annotations

import json

import httpx

from backend.people import Person
from tests.backend.api.book import ALICE, BOB, Book, address, offer_by
from tests.backend.api.test_offer_makers import attest, review
from tests.backend.commands import invoke


def run(client: httpx.Client, book: Book, account: str, *more: str) -> tuple[int, str]:
    where = ("--api-url", str(client.base_url), "--deployment", book.settings.deployment)
    return invoke("profile", account, *more, *where)


def test_profile_in_lines(book: Book, client: httpx.Client) -> None:
    book.close(3, book.trade(2, offer_by()), fee=10, to_performer=990)
    book.trade(3, offer_by(kind=3, salt=9), index=1)
    review(book, 1, BOB, ALICE, 5)
    review(book, 2, ALICE, BOB, 4)
    attest(book, 3, ALICE, "creditBand", value=1)
    book.member(3, ALICE, 3 * 10**6 * 2**32)
    book.supply(3, 4 * 10**6 * 2**32)
    book.at(4)
    code, told = run(client, book, ALICE)
    assert code == 0, told
    lines = [line.strip() for line in told.splitlines()]
    assert lines[0].startswith(f"{ALICE} at block 4, ")
    assert lines[1] == "rating          3.75 of 5, by 1 (1 x 5); gave 1 reviews"
    assert lines[2].startswith("labels          credit band 1 or better until ")
    assert lines[3] == "reputation      3.000000 points, votes 3.000000 points (75.00% of all)"
    assert lines[4:] == [
        "trades          with 1 others",
        "goods, performs: 1 closed, 0 open, 0.000000000000001 ETH paid",
        "gig, performs: 0 closed, 1 open",
        "in time         1 of 1 (100.00%)",
        "disputes        none",
    ]


def test_nothing_is_known_of_a_name(book: Book, client: httpx.Client) -> None:
    code, told = run(client, book, "gus")
    assert code == 0, told
    assert Person.GUS.address in told
    for line in ("rating          not reviewed yet", "in time         nothing was due"):
        assert line in told


def test_as_json(book: Book, client: httpx.Client) -> None:
    code, told = run(client, book, address(60), "--json")
    assert (code, json.loads(told)["account"]) == (0, address(60))


def test_who_is_that(book: Book, client: httpx.Client) -> None:
    for wrong, why in (
        ("zoe", "not an address: 0x and 40 hexadecimal digits, or one of the local people"),
        (ALICE[:-1], "not an address: 0x and 40 hexadecimal digits"),
        ("0x" + ALICE[2:].swapcase(), "a wrong checksum"),
    ):
        code, told = run(client, book, wrong)
        assert (code, why in told) == (1, True), told
