"""Offers by the rating and the labels of their makers."""

from __future__ import annotations

import random
from typing import Any

import httpx
import pytest

from backend.db import tables
from backend.queries.ratings import rated_at_least, ratings_of
from backend.queries.snapshot import snapshot
from backend.terms.rating import PRIOR, WEEK
from tests.backend.api.book import (
    ALICE,
    BOB,
    CAROL,
    START,
    Book,
    address,
    body_of,
    fact,
    hash_of,
    offer_by,
    offer_hash,
)
from tests.backend.api.serving import problem_of

OFFERS = "/api/v1/offers"
ATTESTOR = address(50)


def review(
    book: Book, number: int, author: str, subject: str, rating: int | None, at: int = START
) -> None:
    """In a trade of its own; one without a rating is still hidden."""
    row = {"trade_id": hash_of(number), "author": author, "subject": subject, "rating": rating}
    row |= {"revealed_at": at if rating else None, "commitment": "0x" + "11" * 26}
    book.write(tables.reviews, row | fact(2, number))


def attest(
    book: Book, number: int, account: str, claim: str, value: int = 1, **changed: Any
) -> None:
    row = {
        "uid": hash_of(number),
        "recipient": account,
        "attester": ATTESTOR,
        "claim": claim,
        "value": value,
        "attested_at": START,
        "expires_at": START + 1_000,
        "revoked_at": None,
    }
    book.write(tables.attestations, row | changed | fact(2, number))


def listed(client: httpx.Client, **wanted: Any) -> list[str]:
    answer = client.get(OFFERS, params=wanted)
    assert answer.status_code == 200, answer.text
    return sorted(item["offer"]["terms"]["parties"][0] for item in answer.json()["items"])


@pytest.fixture
def shop(book: Book, client: httpx.Client) -> Book:
    """Alice, Bob and Carol have an offer each."""
    book.at(2)
    for key, maker in enumerate((ALICE, BOB, CAROL), start=1):
        assert client.post(OFFERS, json=body_of(offer_by(maker), key)).status_code == 201
    return book


def test_least_rating(shop: Book, client: httpx.Client) -> None:
    for author in range(20, 40):
        review(shop, author, address(author), ALICE, 5)
    review(shop, 40, address(40), BOB, 5)
    review(shop, 41, address(41), CAROL, None)
    assert listed(client, leastRating="1") == sorted((ALICE, BOB))
    assert listed(client, leastRating="3.75") == sorted((ALICE, BOB))
    assert listed(client, leastRating="3.76") == [ALICE]
    assert listed(client, leastRating="4.7") == [ALICE]
    assert listed(client, leastRating="4.71") == []


def test_of_each_author_the_newest_review_counts_R3(shop: Book, client: httpx.Client) -> None:
    for trade in range(20, 60):
        review(shop, trade, CAROL, ALICE, 5, at=START - trade)
    review(shop, 60, CAROL, ALICE, 1, at=START)
    [maker] = client.get(OFFERS, params={"maker": ALICE}).json()["items"][0]["makers"]
    assert maker["rating"] == {"score": "3.08", "voices": 1, "stars": [1, 0, 0, 0, 0]}


@pytest.mark.parametrize("wrong", ["0", "5.01", "6", "4.123", "4,5", "-1", "1e1", "٤"])
def test_rating_that_is_none(client: httpx.Client, wrong: str) -> None:
    problem_of(client.get(OFFERS, params={"leastRating": wrong}), 422, "malformed-input")


def test_label(shop: Book, client: httpx.Client) -> None:
    attest(shop, 1, ALICE, "personVerified")
    attest(shop, 2, ALICE, "creditBand", value=3)
    attest(shop, 3, BOB, "personVerified", revoked_at=START + 1)
    attest(shop, 4, CAROL, "personVerified", expires_at=START + 19)
    attest(shop, 5, CAROL, "businessVerified", expires_at=START + 20)
    attest(shop, 6, CAROL, "sustainableProduct", value=2**255)
    assert listed(client, label="personVerified") == [ALICE]
    assert listed(client, label="businessVerified") == [CAROL]
    assert listed(client, label="sustainableProduct") == [CAROL]
    assert listed(client, label="creditBand1") == [ALICE]
    assert listed(client, label="creditBand3") == [ALICE]
    assert listed(client, label="creditBand4") == []
    assert listed(client, label="creditBand1", leastRating="1") == []
    problem_of(client.get(OFFERS, params={"label": "friendly"}), 422, "malformed-input")


def test_labels_of_makers_are_shown_with_the_offer(shop: Book, client: httpx.Client) -> None:
    attest(shop, 2, ALICE, "creditBand", value=2)
    found = client.get(f"{OFFERS}/0x{offer_hash(offer_by()).hex()}").json()
    [maker] = found["makers"]
    assert (maker["account"], maker["rating"]) == (ALICE, None)
    assert [label["label"] for label in maker["labels"]] == ["creditBand1", "creditBand2"]
    assert maker["labels"][0] == {
        "label": "creditBand1",
        "number": 3,
        "words": "credit band 1 or better",
        "until": START + 1_000,
        "attester": ATTESTOR,
        "uid": hash_of(2),
    }


def test_of_several_makers_all_must_have_it(shop: Book, client: httpx.Client) -> None:
    """Of a private offer the addressee need not."""
    private = offer_by(parties=(ALICE, BOB))
    assert client.post(OFFERS, json=body_of(private, 1)).status_code == 201
    assert client.post(OFFERS, json=body_of(offer_by(parties=(CAROL, ALICE)), 3, 1)).is_success
    attest(shop, 1, CAROL, "personVerified")
    assert listed(client, **{"for": BOB, "label": "personVerified"}) == []
    assert listed(client, **{"for": ALICE, "label": "personVerified"}) == [CAROL]
    attest(shop, 2, ALICE, "personVerified")
    assert listed(client, **{"for": BOB, "label": "personVerified"}) == [ALICE]


def test_the_filter_counts_as_the_rating_does(book: Book) -> None:
    """Whatever was said when: found with one's own score, and not with a hundredth more."""
    chance = random.Random(7)
    book.at(2)
    now, number = START + 20, 100
    for subject in range(20, 60):
        for _ in range(chance.randrange(1, 12)):
            number += 1
            age = chance.choice((0, 1, WEEK - 1, WEEK, chance.randrange(now)))
            author, stars = address(chance.randrange(200, 206)), chance.randrange(1, 6)
            review(book, number, author, address(subject), stars, at=now - age)
    with snapshot(book.engine) as at:
        found = ratings_of(at, [address(subject) for subject in range(20, 60)])
        assert len(found) == 40
        for account, rating in found.items():
            for score, expected in ((rating.score, True), (rating.score + 1, False)):
                names = at.connection.scalars(rated_at_least(at, score))
                assert (account in set(names)) is expected
        everybody = set(at.connection.scalars(rated_at_least(at, 100)))
        assert everybody == set(found)
        assert {rating.score > PRIOR for rating in found.values()} == {True, False}
