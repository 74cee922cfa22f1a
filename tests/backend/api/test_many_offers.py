"""S5: ten thousand offers by one signer, and the market goes on for everybody else."""

import asyncio
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from typing import Any

import httpx
import pytest

from backend.api.app import create_app
from backend.api.limits import Limits
from backend.terms.cid import content_hash
from tests.backend.api.book import ALICE, BOB, CAROL, START, Book, body_of, offer_by
from tests.backend.api.serving import problem_of, running

OFFERS = "/api/v1/offers"
MANY, KEPT, AT_ONCE = 10_000, 40, 40
A, B = 1, 2  # the numbers of their keys


@pytest.fixture
def limited(client: httpx.Client, served: tuple[Any, str]) -> httpx.Client:
    """With room for some offers of each maker, and for more in all."""
    state = served[0].state
    limits = replace(state.context.limits, offers=1_000, live_offers_per_maker=KEPT)
    state.context = replace(state.context, limits=limits)
    return client


def post(client: httpx.Client, body: dict[str, Any]) -> httpx.Response:
    return client.post(OFFERS, json=body)


def of_bob(**changed: Any) -> dict[str, Any]:
    text = "A blue bicycle"
    offer = offer_by(maker=BOB, content_hash=content_hash(text), **changed)
    return body_of(offer, B) | {"text": text}


def test_S5_ten_thousand_offers_by_one_signer(book: Book) -> None:
    """Those that are too many are refused before anybody looks at their signatures, which may be
    as good as they like; and most before they are read at all."""
    limits = Limits(live_offers_per_maker=KEPT)
    app = create_app(book.settings, limits)
    alice, bob = ({"X-Forwarded-For": f"192.0.2.{place}"} for place in (1, 2))
    with (
        running(app, limits, proxies="127.0.0.1") as address,
        httpx.Client(base_url=address, timeout=10, headers=bob) as other,
    ):
        assert post(other, of_bob()).status_code == 201
        told = asyncio.run(flooded(address, alice))
        assert sum(told.values()) == MANY
        assert set(told) == {"posted", "too-many-offers", "too-many-requests"}
        assert told["posted"] == KEPT
        assert told["posted"] + told["too-many-offers"] >= limits.writes_at_once

        listed = other.get(OFFERS, params={"limit": 100}).json()["items"]
        makers = [item["signatures"][0]["party"] for item in listed]
        assert sorted(makers) == sorted([BOB] + [ALICE] * KEPT)
        found = other.get(OFFERS, params={"q": "bicycle"}).json()["items"]
        assert [item["signatures"][0]["party"] for item in found] == [BOB]
        assert post(other, of_bob(salt=8)).status_code == 201
    app.state.context.engine.dispose()


async def flooded(address: str, headers: dict[str, str]) -> Counter[str]:
    """What was answered to so many offers of Alice; each of the first ones is signed for itself."""
    async with httpx.AsyncClient(base_url=address, timeout=60, headers=headers) as client:
        told: Counter[str] = Counter()

        async def send(body: dict[str, Any]) -> None:
            response = await client.post(OFFERS, json=body)
            answer = response.json()
            told["posted" if response.status_code == 201 else answer["type"].split(":")[-1]] += 1

        for salt in range(KEPT):
            await send(body_of(offer_by(salt=salt), A))
        signed = body_of(offer_by(salt=KEPT), A)
        for first in range(KEPT, MANY, AT_ONCE):
            bodies = []
            for salt in range(first, min(first + AT_ONCE, MANY)):
                body = deepcopy(signed)
                body["offer"]["listing"]["salt"] = str(salt)
                bodies.append(body)
            await asyncio.gather(*map(send, bodies))
    return told


def test_S5_short_offers_by_the_day(
    book: Book, limited: httpx.Client, served: tuple[Any, str]
) -> None:
    """Those that are over make no room for more on the same day."""
    state = served[0].state
    state.context = replace(state.context, limits=replace(state.context.limits, offers_per_day=3))
    for salt in range(3):
        body = body_of(offer_by(salt=salt, expires_at=START + 15), A)
        assert post(limited, body).status_code == 201
    book.at(4)  # 40 seconds later
    refused = post(limited, body_of(offer_by(salt=9), A))
    problem = problem_of(refused, 429, "too-many-offers")
    assert (problem["limit"], problem["party"]) == (3, ALICE)
    assert 86_000 < int(refused.headers["retry-after"]) <= 86_400
    assert post(limited, of_bob()).status_code == 201


def test_S5_what_is_over_makes_room_for_what_is_not(
    book: Book, limited: httpx.Client, served: tuple[Any, str]
) -> None:
    state = served[0].state
    state.context = replace(state.context, limits=replace(state.context.limits, offers=2))
    for salt in range(2):
        body = body_of(offer_by(salt=salt, expires_at=START + 15), A)
        assert post(limited, body).status_code == 201
    problem_of(post(limited, of_bob()), 429, "too-many-offers")
    book.at(4)
    assert post(limited, of_bob()).status_code == 201


def test_S5_who_is_named_in_offers_of_others_keeps_its_room(
    book: Book, limited: httpx.Client
) -> None:
    """A stranger signs offers for Bob to take, as many as it may: Bob's own room is untouched."""
    for salt in range(KEPT):
        offer = offer_by(maker=CAROL, parties=(CAROL, BOB), salt=salt)
        assert post(limited, body_of(offer, 3)).status_code == 201
    assert post(limited, of_bob()).status_code == 201
