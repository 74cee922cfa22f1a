"""Drafts that cannot be made: each with its problem."""

import pytest

from backend.db import tables
from backend.terms.calldata import calldata
from backend.terms.offer import ZERO_ADDRESS
from tests.backend.api.book import ALICE, BOB, CONTRACTS, TOKEN, Book, fact
from tests.backend.api.serving import problem_of

V1 = "/api/v1"
FEE = {"type": "fee", "kind": "goods", "feeBps": 150}


def posted(client, body, **more):
    return client.post(f"{V1}/proposals/draft", json=body, **more)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/changes"),
        ({"changes": []}, "/changes"),
        ({"changes": [FEE] * 21}, "/changes"),
        ({"changes": [FEE], "colour": "red"}, "/colour"),
        ({"changes": [{"kind": "goods"}]}, "/changes/0"),
        ({"changes": [FEE | {"type": "magic"}]}, "/changes/0"),
        ({"changes": [FEE | {"kind": "cars"}]}, "/changes/0/fee/kind"),
        ({"changes": [FEE | {"feeBps": "150"}]}, "/changes/0/fee/feeBps"),
        ({"changes": [FEE | {"feeBps": 65_536}]}, "/changes/0/fee/feeBps"),
        ({"changes": [FEE | {"feeBps": -1}]}, "/changes/0/fee/feeBps"),
        ({"changes": [FEE | {"notice": 0}]}, "/changes/0/fee/notice"),
        ({"changes": [{"type": "disputeRules"}]}, "/changes/0/disputeRules"),
        ({"changes": [{"type": "juryRules", "jurors": None}]}, "/changes/0/juryRules"),
        (
            {"changes": [{"type": "juryRules", "jurors": 256}]},
            "/changes/0/juryRules/jurors",
        ),
        (
            {"changes": [{"type": "disputeRules", "arbitrator": ALICE.swapcase()}]},
            "/changes/0/disputeRules/arbitrator",
        ),
        (
            {"changes": [{"type": "proposalTerms", "proposalType": "fees"}]},
            "/changes/0/proposalTerms",
        ),
        ({"changes": [{"type": "asset", "asset": TOKEN}]}, "/changes/0/asset"),
        (
            {"changes": [{"type": "asset", "asset": TOKEN, "rate": str(2**96)}]},
            "/changes/0/asset/rate",
        ),
        (
            {"changes": [{"type": "setting", "name": "grace", "value": "1"}]},
            "/changes/0/setting/name",
        ),
        (
            {"changes": [{"type": "setting", "name": "votingPeriod", "value": str(2**32)}]},
            "/changes/0/setting",
        ),
        (
            {"changes": [{"type": "payment", "asset": TOKEN, "to": BOB, "amount": "0"}]},
            "/changes/0/payment/amount",
        ),
        (
            {"changes": [{"type": "payment", "asset": TOKEN, "to": BOB, "amount": "1.5"}]},
            "/changes/0/payment/amount",
        ),
        ({"changes": [FEE], "proposer": "me"}, "/proposer"),
        ({"changes": [FEE], "description": "x\x00"}, "/description"),
        ({"changes": [FEE], "description": f"x #proposer={BOB}"}, "/description"),
    ],
)
def test_input_that_cannot_be_read(quiet_client, body, pointer):
    told = problem_of(posted(quiet_client, body), 422, "malformed-input")
    assert pointer in [error["pointer"] for error in told["errors"]]


def test_only_json(quiet_client):
    answer = quiet_client.post(
        f"{V1}/proposals/draft", content="{}", headers={"Content-Type": "text/plain"}
    )
    problem_of(answer, 415, "wrong-media-type")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ([FEE, FEE | {"feeBps": 160}], "feeBps.goods"),
        (
            [
                {"type": "disputeRules", "rulingPeriod": 5, "arbitrator": BOB},
                {"type": "disputeRules", "rulingPeriod": 6},
            ],
            "rulingPeriod",
        ),
        (
            [
                {"type": "asset", "asset": TOKEN, "allowed": False},
                {"type": "asset", "asset": TOKEN.lower(), "rate": "7"},
            ],
            f"asset.{TOKEN}",
        ),
        ([{"type": "reputationEscrow", "escrow": BOB, "listed": True}] * 2, f"reputation.{BOB}"),
        ([{"type": "setting", "name": "votingDelay", "value": "7"}] * 2, "votingDelay"),
        ([{"type": "withdrawCredit", "asset": ZERO_ADDRESS}] * 2, f"credit.{ZERO_ADDRESS}"),
    ],
)
def test_two_changes_of_the_same_thing(quiet_client, changes, field):
    told = problem_of(posted(quiet_client, {"changes": changes}), 400, "draft-conflict")
    assert told["field"] == field


@pytest.mark.parametrize("given", [{"allowed": True}, {"rate": "1000"}])
def test_a_new_asset_needs_all_of_its_rule(quiet_client, given):
    change = {"type": "asset", "asset": BOB} | given
    told = problem_of(posted(quiet_client, {"changes": [change]}), 400, "draft-incomplete")
    assert told["asset"] == BOB


def test_nothing_is_drafted_without_a_node(quiet_client):
    told = problem_of(posted(quiet_client, {"changes": [FEE]}), 503, "node-unreachable")
    assert told["detail"] == "the node does not answer"


def test_nothing_is_drafted_before_the_index_is_there(book: Book, client):
    body = {"changes": [FEE]}
    answer = client.post(f"{V1}/proposals/draft", json=body, params={"minBlock": 99})
    problem_of(answer, 409, "block-not-indexed")


def test_simulation_of_nothing(quiet_client):
    problem_of(quiet_client.get(f"{V1}/proposals/5/simulation"), 404, "unknown-proposal")


def test_simulation_needs_a_node(book: Book, client):
    book.supply(1, 1)
    book.proposal(2, 77)
    book.at(3)
    problem_of(client.get(f"{V1}/proposals/77/simulation"), 503, "node-unreachable")


def test_the_escrow_that_was_listed_last_counts(book: Book, client):
    book.supply(1, 1)
    rows = [
        {
            "contract": "Reputation",
            "address": CONTRACTS["Reputation"],
            "name": "EscrowListed",
            "trade_id": None,
            "proposal_id": None,
            "args": {"escrow": BOB, "listed": listed},
        }
        | fact(block)
        for block, listed in ((1, True), (2, True), (5, False))
    ]
    book.write(tables.events, *rows)
    book.write(tables.listed_escrows, {"escrow": BOB, "listed": False} | fact(5))
    listing = "0x" + calldata("Reputation", "setEscrow", BOB, False).hex()
    target = [CONTRACTS["Reputation"]]
    for number, executed in ((77, fact(5)["block_time"]), (78, None)):
        book.proposal(
            3 + number % 2, number, targets=target, calldatas=[listing], executed_at=executed
        )
    book.at(6)
    before, now = (
        client.get(f"{V1}/proposals/{number}").json()["calls"][0]["changes"] for number in (77, 78)
    )
    assert [(change["old"], change["new"]) for change in before] == [("true", "false")]
    assert now == []
