"""Splits that a maker signs with its offer: kept, given to who takes it, and refused if they do not
hold."""

from typing import Any

import httpx
import pytest

from backend.indexer import forget_facts
from backend.terms.typed_data import signable_split, trade_id
from tests.backend.api import book as facts
from tests.backend.api.book import (
    ALICE,
    BOB,
    CHAIN,
    CONTRACTS,
    START,
    Book,
    body_of,
    key,
    offer_by,
)
from tests.backend.api.serving import problem_of

OFFERS = "/api/v1/offers"
OFFER = offer_by()
BODY = body_of(OFFER, 1)


def split(signer: int = 1, party: str = ALICE, **changed: Any) -> dict[str, Any]:
    """Alice lets the buyer of fill 1 end it for half; `signed` changes only what she signs."""
    signed = changed.pop("signed", {})
    told = {"fill": 1, "tranche": 0, "performerBps": 5_000, "deadline": START + 9_000} | changed
    said = {"chain_id": CHAIN, "escrow": CONTRACTS["Escrow"], **told} | signed
    message = signable_split(
        said["chain_id"],
        said["escrow"],
        trade_id(facts.offer_hash(OFFER), said["fill"]),
        said["tranche"],
        said["performerBps"],
        said["deadline"],
    )
    signature = "0x" + key(signer).sign_message(message).signature.hex()
    return {"party": party, **told, "signature": signature}


def test_who_takes_it_finds_them_at_the_offer_and_at_the_trade(
    book: Book, client: httpx.Client
) -> None:
    over = split(performerBps=0, deadline=START - 1)  # of an offer at short notice
    steps = [over, split(), split(fill=2)]
    response = client.post(OFFERS, json=BODY | {"splits": steps[:2]})
    assert response.status_code == 201, response.text
    # Posted again it adds what is new, once.
    for _ in range(2):
        assert client.post(OFFERS, json=BODY | {"splits": steps}).status_code == 200
    offer = response.json()["hash"]
    assert client.get(f"{OFFERS}/{offer}").json()["splits"] == steps
    trade = book.trade(5, OFFER, fill=1)
    assert client.get(f"/api/v1/trades/{trade}").json()["splits"] == steps[:2]
    forget_facts(book.engine)
    book.begin()
    assert client.get(f"{OFFERS}/{offer}").json()["splits"] == steps


@pytest.mark.parametrize(
    "bad",
    [
        {"fill": 3},
        {"tranche": 1},
        {"party": "0x" + "11" * 20},
    ],
    ids=["fill", "tranche", "stranger"],
)
def test_what_could_never_be_used_is_refused(
    book: Book, client: httpx.Client, bad: dict[str, Any]
) -> None:
    response = client.post(OFFERS, json=BODY | {"splits": [split(), split(**bad)]})
    assert problem_of(response, 400, "offer-split-refused")["split"] == 1
    assert client.get(OFFERS).json()["items"] == []


@pytest.mark.parametrize(
    "forged",
    [
        {"signer": 2},
        {"signed": {"fill": 0}},
        {"signed": {"performerBps": 4_999}},
        {"signed": {"deadline": START + 9_001}},
        {"signed": {"chain_id": 1}},
        {"signed": {"escrow": BOB}},
    ],
    ids=["signer", "fill", "share", "deadline", "chain", "escrow"],
)
def test_a_forged_one_is_refused(book: Book, client: httpx.Client, forged: dict[str, Any]) -> None:
    """A party that is no key could be a wallet contract: then the node is asked, away here."""
    response = client.post(OFFERS, json=BODY | {"splits": [split(**forged)]})
    problem_of(response, 503, "node-unreachable")
    assert client.get(OFFERS).json()["items"] == []


def test_there_may_be_so_many(book: Book, client: httpx.Client) -> None:
    many = [split()] * 201
    problem_of(client.post(OFFERS, json=BODY | {"splits": many}), 422, "malformed-input")
