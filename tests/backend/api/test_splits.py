"""Splits of an open trade: one side posts what it signed, the other finds it at the trade."""

from typing import Any

import httpx
import pytest

from backend.terms.typed_data import signable_split
from tests.backend.api.book import (
    ALICE,
    BOB,
    CAROL,
    CHAIN,
    CONTRACTS,
    START,
    Book,
    key,
    offer_by,
)
from tests.backend.api.serving import problem_of

KEYS = {ALICE: 1, BOB: 2, CAROL: 3}


@pytest.fixture
def trade(book: Book, client: httpx.Client) -> str:
    """Alice performs, Bob checks."""
    found = book.trade(2, offer_by())
    book.at(2)
    return found


def split(trade: str, party: str = ALICE, **changed: Any) -> dict[str, Any]:
    """`signed` changes only what is signed."""
    signed = changed.pop("signed", {})
    told = {"tranche": 0, "performerBps": 3_000, "deadline": START + 5_000} | changed
    said = {"chain_id": CHAIN, "escrow": CONTRACTS["Escrow"], "trade": trade} | told | signed
    message = signable_split(
        said["chain_id"],
        said["escrow"],
        bytes.fromhex(said["trade"][2:]),
        said["tranche"],
        said["performerBps"],
        said["deadline"],
    )
    signature = "0x" + key(KEYS[party]).sign_message(message).signature.hex()
    return {"party": party, **told, "signature": signature}


def post(client: httpx.Client, trade: str, body: dict[str, Any]) -> httpx.Response:
    return client.post(f"/api/v1/trades/{trade}/splits", json=body)


def test_the_other_side_finds_it_at_the_trade(client: httpx.Client, trade: str) -> None:
    body = split(trade)
    answer = post(client, trade, body)
    assert answer.status_code == 201, answer.text
    assert answer.json() == body | {"fill": 0}
    assert post(client, trade, body).status_code == 200
    other = split(trade, BOB, performerBps=6_000)
    assert post(client, trade, other).status_code == 201
    found = client.get(f"/api/v1/trades/{trade}").json()["splits"]
    assert found == [body | {"fill": 0}, other | {"fill": 0}]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"tranche": 1}, "there are 1 tranches"),
        ({"party": CAROL}, "is no side of tranche 0"),
        ({"deadline": START + 19}, "has passed"),
    ],
    ids=["tranche", "stranger", "deadline"],
)
def test_what_cannot_hold_is_refused(
    client: httpx.Client, trade: str, changed: dict[str, Any], why: str
) -> None:
    problem = problem_of(post(client, trade, split(trade, **changed)), 400, "offer-split-refused")
    assert why in problem["detail"]
    assert client.get(f"/api/v1/trades/{trade}").json()["splits"] == []


@pytest.mark.parametrize(
    "signed",
    [
        {"chain_id": CHAIN + 1},
        {"escrow": CONTRACTS["Court"]},
        {"trade": "0x" + "12" * 32},
        {"tranche": 1},
        {"performerBps": 3_001},
        {"deadline": START + 5_001},
    ],
    ids=lambda signed: next(iter(signed)),
)
def test_a_signature_for_something_else_is_refused(
    client: httpx.Client, trade: str, signed: dict[str, Any]
) -> None:
    """The node does not answer here: whether a wallet contract would take it is not known."""
    problem_of(post(client, trade, split(trade, signed=signed)), 503, "node-unreachable")
    assert client.get(f"/api/v1/trades/{trade}").json()["splits"] == []


def test_unknown_trade_and_malformed_shares(client: httpx.Client, trade: str) -> None:
    nowhere = "0x" + "56" * 32
    problem_of(post(client, nowhere, split(nowhere)), 404, "unknown-trade")
    body = split(trade) | {"performerBps": 10_001}
    problem_of(post(client, trade, body), 422, "malformed-input")


def test_a_party_may_have_so_many_kept(client: httpx.Client, trade: str) -> None:
    for bps in range(100):
        assert post(client, trade, split(trade, performerBps=bps)).status_code == 201
    problem = problem_of(post(client, trade, split(trade)), 429, "too-many-splits")
    assert (problem["limit"], problem["party"]) == (100, ALICE)
    assert post(client, trade, split(trade, BOB)).status_code == 201
