"""Offers that answer others, and what a maker's calendar lets be posted."""

from dataclasses import replace
from typing import Any

import httpx

from backend.queries.negotiation import LONGEST
from backend.terms.cid import content_hash
from backend.terms.offer import ZERO_ADDRESS
from tests.backend.api import book as facts
from tests.backend.api.book import ALICE, BOB, CAROL, START, Book, body_of, offer_by
from tests.backend.api.serving import problem_of

OFFERS = "/api/v1/offers"
A, B, C = 1, 2, 3  # the numbers of their keys
ACCOUNTS = {A: ALICE, B: BOB, C: CAROL}
DAY = 86_400


def post(client: httpx.Client, signer: int, text: str, **changed: Any) -> httpx.Response:
    offer = offer_by(content_hash=content_hash(text), **changed)
    return client.post(OFFERS, json=body_of(offer, signer) | {"text": text})


def posted(client: httpx.Client, signer: int, text: str, **changed: Any) -> str:
    response = post(client, signer, text, **changed)
    assert response.status_code == 201, response.text
    return str(response.json()["hash"])


def answer(client: httpx.Client, signer: int, to: str, amount: int, taker: str) -> httpx.Response:
    """Whoever takes it pays, in coin, so that no node is needed to look at anybody's funds."""
    text = f"A boat, for {amount}\nanswers: {to}"
    return post(client, signer, text, amount=amount, parties=(ACCOUNTS[signer], taker))


def versions(client: httpx.Client, offer: str) -> list[int]:
    told = client.get(f"{OFFERS}/{offer}/negotiation").json()
    return [int(item["amount"]["value"]) for item in told["items"]]


def test_versions_of_both_sides_are_read_in_order(book: Book, client: httpx.Client) -> None:
    first = posted(client, A, "A boat")
    assert versions(client, first) == [1000]
    second = answer(client, B, first, 800, ALICE).json()
    assert (second["answers"], second["private"]) == (first, True)
    assert [taking["taker"] for taking in second["taking"]] == [ALICE]
    third = answer(client, A, second["hash"], 900, BOB).json()
    assert [taking["taker"] for taking in third["taking"]] == [BOB]
    assert versions(client, third["hash"]) == [1000, 800, 900]
    assert versions(client, second["hash"]) == [1000, 800, 900]
    # Another who answers the first one negotiates apart.
    other = answer(client, C, first, 850, ALICE).json()
    assert versions(client, other["hash"]) == [1000, 850]
    assert versions(client, third["hash"]) == [1000, 800, 900]
    assert sorted(versions(client, first)) == [800, 850, 900, 1000]


def test_who_may_not_answer(book: Book, client: httpx.Client) -> None:
    first = posted(client, A, "A boat")
    second = answer(client, B, first, 800, ALICE).json()["hash"]
    refusals = [
        answer(client, B, "0x" + "12" * 32, 800, ALICE),  # an offer that nobody posted
        answer(client, B, first, 800, CAROL),  # for somebody who made nothing
        answer(client, A, first, 700, BOB),  # the maker's own: for Bob, who made nothing
        answer(client, A, first, 700, ZERO_ADDRESS),  # for anybody
        answer(client, C, second, 700, BOB),  # into the talk of others
    ]
    for refused in refusals:
        problem_of(refused, 409, "offer-answer-refused")
    bad = post(client, A, "A boat\nanswers: the other one")
    problem_of(bad, 400, "offer-unusable-text")
    unknown = client.get(f"{OFFERS}/{'0x' + '34' * 32}/negotiation")
    problem_of(unknown, 404, "unknown-offer")


def test_a_negotiation_ends(book: Book, client: httpx.Client, served: tuple[Any, str]) -> None:
    latest = posted(client, A, "A boat")
    app, _ = served
    context = app.state.context
    app.state.context = replace(
        context,
        limits=replace(context.limits, offers=2 * LONGEST, live_offers_per_maker=2 * LONGEST),
    )
    for amount in range(2, LONGEST + 1):
        signer, taker = (A, BOB) if amount % 2 else (B, ALICE)
        response = answer(client, signer, latest, amount, taker)
        assert response.status_code == 201, response.text
        latest = response.json()["hash"]
    problem_of(answer(client, A, latest, 99, BOB), 409, "offer-answer-refused")
    assert len(versions(client, latest)) == LONGEST


def stay(client: httpx.Client, start: int, salt: int, calendar: str = "loft") -> httpx.Response:
    """From `start` days on, for an hour: so long is the tranche of these tests."""
    return post(
        client,
        A,
        f"A loft\ncalendar: {calendar}",
        starts_at=START + start,
        expires_at=START + 5_000,
        salt=salt,
        fills=2,
    )


def test_what_is_taken_is_refused_and_warned_of(book: Book, client: httpx.Client) -> None:
    before = stay(client, 20_000, salt=1).json()
    beside = stay(client, 21_000, salt=2).json()
    assert (before["booked"], beside["booked"]) == ([], [])
    text = "A loft\ncalendar: loft"
    taken = offer_by(
        content_hash=content_hash(text),
        starts_at=START + 20_000,
        expires_at=START + 5_000,
        salt=1,
        fills=2,
    )
    assert before["hash"] == "0x" + facts.offer_hash(taken).hex()
    trade = book.trade(5, taken)
    # The one beside it is warned of; the second fill of the same offer is not.
    assert client.get(f"{OFFERS}/{beside['hash']}").json()["booked"] == [trade]
    assert client.get(f"{OFFERS}/{before['hash']}").json()["booked"] == []
    told = problem_of(stay(client, 23_599, salt=3), 409, "offer-calendar-taken")
    assert told["trades"] == [trade]
    problem_of(stay(client, 16_401, salt=3), 409, "offer-calendar-taken")
    # An hour before and an hour behind are free, and so is another calendar.
    assert stay(client, 23_600, salt=4).status_code == 201
    assert stay(client, 16_400, salt=5).status_code == 201
    assert stay(client, 20_000, salt=6, calendar="attic").status_code == 201
