"""Condition reports: kept and told as they were signed, by parties of the trade only."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from backend.api.context import Context
from backend.indexer import forget_facts
from backend.terms.cid import cid_of, content_hash
from backend.terms.condition_report import report_message
from tests.backend.api.book import ALICE, BOB, CAROL, CHAIN, CONTRACTS, Book, key, offer_by
from tests.backend.api.serving import problem_of
from tests.backend.commands import invoke

WORDS = "Mileage 81,402 km. A scratch on the left door."
HASH = "0x" + content_hash(WORDS).hex()
A, B, C = 1, 2, 3  # the numbers of their keys
ACCOUNTS = {A: ALICE, B: BOB, C: CAROL}


@pytest.fixture
def trade(book: Book, client: httpx.Client) -> str:
    """Between Alice and Bob."""
    found = book.trade(2, offer_by())
    book.at(2)
    return found


def signature(signer: int, trade: str, **changed: Any) -> dict[str, Any]:
    """What Alice, Bob or Carol signs; `changed` is what she signs instead."""
    said = {
        "chain_id": CHAIN,
        "escrow": CONTRACTS["Escrow"],
        "trade_id": trade,
        "moment": "return",
        "content": HASH,
    }
    message = report_message(**(said | changed))
    signed = key(signer).sign_message(message).signature
    return {"party": ACCOUNTS[signer], "signature": "0x" + signed.hex()}


def post(client: httpx.Client, trade: str, *signatures: dict[str, Any]) -> httpx.Response:
    body = {"moment": "return", "contentHash": HASH, "signatures": list(signatures)}
    return client.post(f"/api/v1/trades/{trade}/reports", json=body)


def told(client: httpx.Client, trade: str) -> list[dict[str, Any]]:
    return list(client.get(f"/api/v1/trades/{trade}/reports").json()["items"])


def test_both_sides_stand_by_a_report(book: Book, client: httpx.Client, trade: str) -> None:
    assert told(client, trade) == []
    first = post(client, trade, signature(A, trade))
    assert first.status_code == 201, first.text
    (item,) = told(client, trade)
    assert (item["moment"], item["content"]["hash"]) == ("return", HASH)
    assert item["content"]["state"] == "missing"
    assert [one["party"] for one in item["signatures"]] == [ALICE]
    assert item["unsigned"] == [BOB]
    # Again, and together with what is known: only what is new is added.
    assert post(client, trade, signature(A, trade)).status_code == 200
    assert post(client, trade, signature(A, trade), signature(B, trade)).status_code == 201
    (item,) = told(client, trade)
    assert {one["party"] for one in item["signatures"]} == {ALICE, BOB}
    assert item["unsigned"] == []
    before = told(client, trade)
    forget_facts(book.engine)
    book.begin()
    book.trade(2, offer_by())
    book.at(2)
    assert told(client, trade) == before


def test_reports_of_both_moments_are_told_apart(client: httpx.Client, trade: str) -> None:
    other = "0x" + content_hash("As new.").hex()
    assert post(client, trade, signature(A, trade)).status_code == 201
    for moment, content in (("handover", HASH), ("return", other)):
        signed = signature(B, trade, moment=moment, content=content)
        body = {"moment": moment, "contentHash": content, "signatures": [signed]}
        assert client.post(f"/api/v1/trades/{trade}/reports", json=body).status_code == 201
    found = [(item["moment"], item["content"]["hash"]) for item in told(client, trade)]
    assert found[0] == ("handover", HASH)
    assert set(found[1:]) == {("return", HASH), ("return", other)}


@pytest.mark.parametrize(
    "changed",
    [
        {"chain_id": CHAIN + 1},
        {"escrow": CONTRACTS["Court"]},
        {"trade_id": "0x" + "12" * 32},
        {"moment": "handover"},
        {"content": "0x" + "34" * 32},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_signature_for_something_else_is_refused(
    client: httpx.Client, trade: str, changed: dict[str, Any]
) -> None:
    """The node, which would be asked about a wallet contract, does not answer here: that no key
    signed it is certain, whether a contract would take it is not."""
    response = post(client, trade, signature(A, trade, **changed))
    problem_of(response, 503, "node-unreachable")
    assert told(client, trade) == []


def test_strangers_and_trades_that_are_not_there(client: httpx.Client, trade: str) -> None:
    problem = problem_of(post(client, trade, signature(C, trade)), 400, "report-refused")
    assert problem["party"] == CAROL
    nowhere = "0x" + "56" * 32
    problem_of(post(client, nowhere, signature(A, nowhere)), 404, "unknown-trade")
    problem_of(client.get(f"/api/v1/trades/{nowhere}/reports"), 404, "unknown-trade")
    problem_of(post(client, trade), 422, "malformed-input")


def test_a_party_signs_so_many_and_no_more(
    client: httpx.Client, trade: str, served: tuple[Any, str]
) -> None:
    state = served[0].state
    found: Context = state.context
    state.context = replace(found, limits=replace(found.limits, reports_per_party=1))
    assert post(client, trade, signature(A, trade)).status_code == 201
    other = "0x" + "34" * 32
    body = {
        "moment": "return",
        "contentHash": other,
        "signatures": [signature(A, trade, content=other)],
    }
    refused = client.post(f"/api/v1/trades/{trade}/reports", json=body)
    problem = problem_of(refused, 429, "too-many-reports")
    assert (problem["limit"], problem["party"]) == (1, ALICE)
    assert post(client, trade, signature(B, trade)).status_code == 201


@pytest.fixture
def report(
    client: httpx.Client, book: Book, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str]]:
    """`commonhold report` against the service."""
    monkeypatch.setenv("COMMONHOLD_DATABASE", book.settings.database)
    monkeypatch.setenv("COMMONHOLD_DEPLOYMENT", book.settings.deployment)

    def run(command: str, *arguments: object) -> tuple[int, str]:
        return invoke("report", command, *arguments, "--api-url", str(client.base_url))

    return run


def as_key(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setenv("COMMONHOLD_KEY", "0x" + f"{number:064x}")


def test_from_the_terminal_with_words_that_are_kept(
    client: httpx.Client,
    trade: str,
    report: Callable[..., tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code, said = report("show", trade)
    assert (code, said) == (0, "Nobody has signed a condition report of this trade.\n")
    as_key(monkeypatch, A)
    code, said = report("sign", trade, "return", "--words", WORDS)
    assert code == 0, said
    assert f"not signed by {BOB}" in said
    agree = f"commonhold report sign {trade} return --content {cid_of(content_hash(WORDS))}"
    assert agree in said
    as_key(monkeypatch, B)
    code, said = report("sign", *agree.split()[3:])
    assert code == 0, said
    assert "not signed" not in said
    code, said = report("show", trade)
    signed = {line.strip() for line in said.splitlines() if "signed by" in line}
    assert signed == {f"signed by {ALICE}", f"signed by {BOB}"}
    assert invoke("content", "get", cid_of(content_hash(WORDS))) == (0, WORDS + "\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("return",), "Give one of --words, --file and --content"),
        (("return", "--words", "a", "--content", HASH), "Give one of"),
        (("sunrise", "--words", "a"), "There is no moment sunrise: it is handover or return"),
        (("return", "--words", ""), "is not taken in"),
        (("return", "--file", "no/such/file"), "cannot be read"),
        (("return", "--content", "bafkno"), "names no content"),
        (("return", "--words", "a", "--as", "carol"), "is no party of it"),
    ],
    ids=["nothing", "two", "moment", "empty", "file", "cid", "stranger"],
)
def test_bad_input_is_told_of(
    trade: str,
    report: Callable[..., tuple[int, str]],
    arguments: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if "--as" not in arguments:
        as_key(monkeypatch, A)
    code, told_of = report("sign", trade, *arguments)
    assert code != 0
    assert said in told_of
    assert "Traceback" not in told_of


def test_a_trade_that_is_no_id(report: Callable[..., tuple[int, str]]) -> None:
    code, said = report("show", "0x12")
    assert code != 0
    assert "64 hexadecimal digits" in said


def test_a_row_changed_by_hand_no_longer_proves_itself(
    book: Book, client: httpx.Client, trade: str
) -> None:
    from backend.terms.condition_report import report_digest
    from backend.terms.signatures import recover

    assert post(client, trade, signature(A, trade)).status_code == 201
    path = str(book.engine.url.database)
    with sqlite3.connect(path) as connection:
        columns = "chain_id, escrow, trade_id, moment, content_hash, party, signature"
        (row,) = connection.execute(f"SELECT {columns} FROM condition_reports").fetchall()
    connection.close()
    *said, party, signed = row
    assert recover(report_digest(*said), bytes.fromhex(signed[2:])) == party
    for place, value in ((2, "0x" + "12" * 32), (3, "handover"), (4, "0x" + "34" * 32)):
        changed = [*said[:place], value, *said[place + 1 :]]
        assert recover(report_digest(*changed), bytes.fromhex(signed[2:])) != party
