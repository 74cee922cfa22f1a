"""Proposals, votes, members and rules as the API tells of them."""

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from backend.queries.ballot import Ballot
from backend.queries.calls import LONGEST, explain
from backend.queries.fading import WEEK, index_after
from tests.backend.api.book import (
    ALICE,
    BOB,
    CAROL,
    CONTRACTS,
    START,
    TOKEN,
    Book,
    hash_of,
    offer_by,
    time_of,
)
from tests.backend.api.serving import problem_of

V1 = "/api/v1"
INDEX = index_after(0)
POINT = 10**6 * INDEX  # units


def calldata(signature: str, *values: object) -> str:
    types = signature[signature.index("(") + 1 : -1]
    kinds = [types] if types.startswith("uint16[") else [t for t in types.split(",") if t]
    return "0x" + (keccak(text=signature)[:4] + encode(kinds, values)).hex()


FEES = calldata("setFeeRules((uint16[10]))".replace("(uint16[10])", "uint16[10]"), [90] * 10)
FEES = "0x" + keccak(text="setFeeRules((uint16[10]))")[:4].hex() + FEES[10:]


def test_D9_proposal_shows_its_calls_and_not_only_its_words(book: Book, client):
    book.supply(1, 100 * POINT)
    calls = {
        "targets": [CONTRACTS["RuleBook"], BOB, CONTRACTS["MarketTimelock"], CAROL],
        "call_values": ["0", "5", "0", "7"],
        "calldatas": [FEES, "0x12345678", "0xdeadbeef", "0x"],
    }
    book.proposal(2, 77, **calls, description="<img src=x>\n\nonly lowers a fee")
    book.at(3)
    told = client.get(f"{V1}/proposals/77").json()
    assert told["description"].startswith("<img")
    assert told["arguments"] == {
        "targets": calls["targets"],
        "values": calls["call_values"],
        "calldatas": calls["calldatas"],
        "descriptionHash": hash_of(4242),
    }
    first, stranger, unknown, coin = told["calls"]
    assert (first["contract"], first["function"]) == ("RuleBook", "setFeeRules")
    assert first["arguments"][0]["value"] == {"feeBps": ["90"] * 10}
    assert first["warning"] is None
    assert (stranger["contract"], stranger["value"]) == (None, "5")
    assert stranger["warning"] == "not a contract of this market"
    assert unknown["contract"] == "MarketTimelock"
    assert unknown["warning"] == "not a function of this contract"
    assert (coin["value"], coin["warning"]) == ("7", None)


ABI = [
    {
        "type": "function",
        "name": "set",
        "inputs": [
            {"name": "who", "type": "address"},
            {"name": "words", "type": "string"},
            {
                "name": "pairs",
                "type": "tuple[]",
                "components": [{"name": "a", "type": "uint256"}, {"name": "b", "type": "bytes"}],
            },
        ],
    }
]
SELECTOR = keccak(text="set(address,string,(uint256,bytes)[])")[:4]
VALUES = (ALICE, "ü", [(2**256 - 1, b"\x01")])
CANONICAL = SELECTOR + encode(["address", "string", "(uint256,bytes)[]"], VALUES)


def explained(data: bytes):
    return explain(BOB.lower(), 0, data, {BOB: ("Thing", ABI)})


def test_D9_arguments_are_named_and_exact():
    call = explained(CANONICAL)
    assert call.target == BOB
    assert [(part.name, part.value) for part in call.arguments] == [
        ("who", ALICE),
        ("words", "ü"),
        ("pairs", [{"a": str(2**256 - 1), "b": "0x01"}]),
    ]


@pytest.mark.parametrize(
    "data",
    [
        CANONICAL + b"\0" * 32,
        CANONICAL[:-1],
        CANONICAL[:-31] + b"\x01" * 31,
        SELECTOR,
        SELECTOR + b"\xff" * 96,
        CANONICAL[:15] + b"\x01" + CANONICAL[16:],
        CANONICAL + b"\0" * LONGEST,
    ],
    ids=["appended", "cut", "dirty padding", "empty", "wild", "dirty address", "too long"],
)
def test_D9_what_cannot_be_read_to_the_last_byte_is_shown_raw(data):
    call = explained(data)
    assert call.function is None
    assert call.arguments == ()
    assert call.warning
    assert call.data == "0x" + data.hex()


BALLOT = Ballot(
    snapshot=100,
    deadline=200,
    eta=None,
    grace=50,
    votes_for=6,
    votes_against=5,
    votes_abstain=4,
    quorum=10,
    approval_bps=5_000,
    executed=False,
    canceled=False,
)


@pytest.mark.parametrize(
    ("changes", "now", "state"),
    [
        ({}, 100, "pending"),
        ({}, 101, "active"),
        ({}, 200, "active"),
        ({}, 201, "succeeded"),
        ({}, 250, "succeeded"),
        ({}, 251, "expired"),
        ({"votes_against": 6}, 201, "defeated"),
        ({"approval_bps": 5_454}, 201, "succeeded"),
        ({"approval_bps": 5_455}, 201, "defeated"),
        ({"quorum": 11}, 201, "defeated"),
        ({"quorum": 11}, 300, "defeated"),
        ({"votes_abstain": 5, "quorum": 11}, 201, "succeeded"),
        ({"eta": 230}, 201, "queued"),
        ({"eta": 230}, 280, "queued"),
        ({"eta": 230}, 281, "expired"),
        ({"canceled": True}, 50, "canceled"),
        ({"executed": True}, 999, "executed"),
    ],
)
def test_state_of_a_proposal(changes, now, state):
    values = {name: getattr(BALLOT, name) for name in Ballot.__dataclass_fields__}
    assert Ballot(**(values | changes)).state(now) == state


def test_quorum_is_weighed_at_the_snapshot(book: Book, client):
    book.supply(1, 100 * POINT)
    book.proposal(2, 77, for_votes=9 * POINT, abstain_votes=POINT)
    snapshot = time_of(2) + 100
    book.supply(13, 1000 * POINT)  # ten seconds after the snapshot: too late to count
    book.at(12)
    told = client.get(f"{V1}/proposals/77").json()["proposal"]
    assert time_of(12) == snapshot
    assert (told["state"], told["tally"]["quorum"]) == ("pending", None)
    book.at(13)
    tally = client.get(f"{V1}/proposals/77").json()["proposal"]["tally"]
    assert tally["quorum"] == {"units": str(10 * POINT), "points": str(10 * 10**6)}
    assert (tally["quorumReached"], tally["voteSucceeded"]) == (True, True)


def test_quorum_has_a_floor(book: Book, client):
    book.supply(1, 2 * POINT)
    book.proposal(2, 77)
    book.at(20)
    tally = client.get(f"{V1}/proposals/77").json()["proposal"]["tally"]
    assert tally["quorum"]["points"] == str(10**6)
    assert tally["quorumReached"] is False


def test_proposals_and_votes_in_parts(book: Book, client):
    book.supply(1, POINT)
    for number in range(3):
        book.proposal(2 + number, 70 + number)
        book.vote(20 + number, 70, [ALICE, BOB, CAROL][number], POINT)
    book.at(30)
    first = client.get(f"{V1}/proposals", params={"limit": 2}).json()
    assert [item["id"] for item in first["items"]] == ["72", "71"]
    assert first["items"][0]["title"] == "Lower the fee for goods"
    rest = client.get(f"{V1}/proposals", params={"cursor": first["nextCursor"]}).json()
    assert [item["id"] for item in rest["items"]] == ["70"]

    votes = client.get(f"{V1}/proposals/70/votes", params={"limit": 2}).json()
    assert [vote["voter"] for vote in votes["items"]] == [CAROL, BOB]
    assert votes["items"][0]["weight"] == {"units": str(POINT), "points": "1000000"}
    assert votes["items"][0]["reason"].startswith("<script>")
    cursor = votes["nextCursor"]
    problem_of(
        client.get(f"{V1}/proposals/71/votes", params={"cursor": cursor}), 400, "foreign-cursor"
    )
    [ballot] = client.get(f"{V1}/members/{BOB}/ballots").json()["items"]
    assert (ballot["proposalId"], ballot["support"]) == ("70", "for")


def test_members_fade(book: Book, client):
    book.member(1, ALICE, 64 * POINT)
    book.member(2, BOB, 32 * POINT)
    book.supply(1, 96 * POINT)
    book.at(3)
    told = client.get(f"{V1}/members").json()["items"]
    assert [(item["account"], item["balance"]["points"]) for item in told] == [
        (ALICE, "64000000"),
        (BOB, "32000000"),
    ]
    one = client.get(f"{V1}/members/{BOB}").json()
    assert (one["votes"]["units"], one["shareBps"]) == (str(32 * POINT), 3333)
    quarter = 13 * WEEK // 10  # in blocks: the index has doubled
    book.at(quarter)
    one = client.get(f"{V1}/members/{BOB}").json()
    assert one["balance"] == {"units": str(32 * POINT), "points": "16000000"}
    [entry] = client.get(f"{V1}/members/{BOB}/votes").json()["items"]
    assert (entry["since"], entry["votes"]["points"]) == (time_of(2), "32000000")
    cursor = client.get(f"{V1}/members", params={"limit": 1}).json()["nextCursor"]
    [second] = client.get(f"{V1}/members", params={"cursor": cursor}).json()["items"]
    assert second["account"] == BOB
    problem_of(client.get(f"{V1}/members/{CAROL}"), 404, "unknown-member")


@pytest.mark.parametrize("week", range(0, 60, 7))
def test_index_is_the_13th_root_of_two_each_week(week):
    exact = 2 ** (week * 1.0 / 13) * 2**32
    assert index_after(week * WEEK) == pytest.approx(exact, rel=1e-9)
    assert index_after(week * WEEK + WEEK - 1) == index_after(week * WEEK)
    assert index_after((week + 13) * WEEK) == 2 * index_after(week * WEEK)


def test_rules_tell_old_and_new(book: Book, client):
    book.trade(3, offer_by())
    book.rules(5, 2, [100] * 9 + [50], changed="fees", effective_at=time_of(8))
    book.at(7)
    told = client.get(f"{V1}/rules").json()
    assert told["inForce"] == 1
    newer, older = told["items"]
    assert (newer["state"], older["state"]) == ("pending", "inForce")
    assert (older["openTrades"], newer["openTrades"]) == (1, 0)
    assert older["endedAt"] == time_of(8)
    assert [field for field in newer["fields"] if field["changed"]] == [
        {"field": "feeBps.other", "old": "100", "new": "50", "changed": True}
    ]
    assert all(field["old"] is None for field in older["fields"])
    jury = [field for field in newer["fields"] if field["field"] in newer["jury"]]
    assert {field["field"]: field["new"] for field in jury} == {
        name: str(value) for name, value in newer["jury"].items()
    }
    assert (len(jury), newer["jury"]["jurorFee"], newer["jury"]["jurors"]) == (13, f"{2**90}", 3)
    book.at(8)
    assert client.get(f"{V1}/rules/2").json()["state"] == "inForce"
    assert client.get(f"{V1}/rules/1").json()["state"] == "past"
    problem = problem_of(client.get(f"{V1}/rules/3"), 404, "unknown-rules-version")
    assert problem["latest"] == 2


def test_assets_and_what_is_pending(book: Book, client):
    book.asset(5, TOKEN, allowed=False, effective_at=time_of(9))
    book.at(5)
    told = {asset["asset"]: asset for asset in client.get(f"{V1}/assets").json()["items"]}
    assert told[TOKEN]["allowed"] is True
    assert told[TOKEN]["pending"]["allowed"] is False
    assert told["0x" + "0" * 40]["symbol"] == "ETH"
    book.at(9)
    told = {asset["asset"]: asset for asset in client.get(f"{V1}/assets").json()["items"]}
    assert (told[TOKEN]["allowed"], told[TOKEN]["pending"]) == (False, None)
    assert len(told[TOKEN]["history"]) == 2


def test_credits_and_accounts(book: Book, client):
    zero = "0x" + "0" * 40
    book.trade(3, offer_by())
    book.credit(4, ALICE, zero, 10)
    book.credit(4, BOB, TOKEN, 2**200)
    book.credit(4, CAROL, zero, 0)
    book.at(5)
    told = client.get(f"{V1}/credits").json()["items"]
    assert {item["account"]: item["amount"]["value"] for item in told} == {
        ALICE: "10",
        BOB: str(2**200),
    }
    [mine] = client.get(f"{V1}/credits", params={"account": BOB, "asset": TOKEN}).json()["items"]
    assert (mine["amount"]["symbol"], mine["amount"]["decimals"]) == ("GLD", 6)
    first = client.get(f"{V1}/credits", params={"limit": 1}).json()
    second = client.get(f"{V1}/credits", params={"cursor": first["nextCursor"]}).json()
    assert {first["items"][0]["account"], second["items"][0]["account"]} == {ALICE, BOB}
    account = client.get(f"{V1}/accounts/{ALICE}").json()
    assert (account["openTrades"], account["closedTrades"]) == (1, 0)
    assert account["credits"][0]["amount"]["value"] == "10"
    assert account["recentTrades"][0]["parties"] == [ALICE, BOB]
    nobody = client.get(f"{V1}/accounts/0x{'9' * 40}").json()
    assert (nobody["openTrades"], nobody["member"], nobody["credits"]) == (0, None, [])
    assert nobody["asOf"]["time"] > START
