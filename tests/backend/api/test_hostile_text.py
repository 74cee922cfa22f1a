"""S1: text that strangers write is data everywhere; it is stored and told as it is, as JSON."""

import json

import httpx
import pytest
from sqlalchemy import func, select

from backend.db import reading, tables
from backend.terms.cid import content_hash
from tests.backend.api.book import ALICE, TOKEN, Book, body_of, offer_by

V1 = "/api/v1"

HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]></p><!-- </textarea><svg/onload=alert(1)>",
    "Robert'); DROP TABLE trades; --",
    '" OR ""="; DELETE FROM votes; /*',
    '"}], "takeable": true, "items": [{"a": "',
    "{{7*7}} ${7*7} %s %n %00 \\x00 \\u0000 ../../etc/passwd",
    "data: {}\n\nevent: block\nid: 9\n\n",
    "e\u0301\u0301\u0301 \U0001f4a9 \u0661\u0662 ﷽",
]
UNSEEN = ["\x00\x07\x1b[31m\x7f\x85", "\u202eevil\u2066\u200b\ufeff", "\uffff\ue000\U000e0041"]


def whole(answer: httpx.Response) -> dict:
    """What was told; it is JSON that no browser takes for a page, and plain ASCII or UTF-8."""
    assert answer.status_code < 300, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    return json.loads(answer.content.decode())


def test_S1_text_on_the_chain_is_told_as_it_is(book: Book, client):
    """Nobody can keep such text off the chain: neither descriptions nor reasons."""
    texts = [*HOSTILE, *UNSEEN]
    for number, text in enumerate(texts):
        book.proposal(2 + number, number, description=text)
    book.vote(40, 0, ALICE, 1)
    book.at(50)
    told = {number: whole(client.get(f"{V1}/proposals/{number}")) for number in range(len(texts))}
    assert [told[number]["description"] for number in told] == texts
    listed = whole(client.get(f"{V1}/proposals"))["items"]
    for item, text in zip(reversed(listed), texts, strict=True):
        assert item["title"] in text
    reason = whole(client.get(f"{V1}/proposals/0/votes"))["items"][0]["reason"]
    assert reason == "<script>alert(1)</script> \x00 'DROP TABLE votes;--"
    with reading(book.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.votes)) == 1
        assert connection.scalar(select(func.count()).select_from(tables.trades)) == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_S1_text_of_an_offer_is_told_as_it_was_signed(book: Book, client, text):
    body = body_of(offer_by(content_hash=content_hash(text)), 1) | {"text": text}
    posted = whole(client.post(f"{V1}/offers", json=body))
    assert posted["text"] == text
    assert whole(client.get(f"{V1}/offers/{posted['hash']}"))["text"] == text
    assert whole(client.get(f"{V1}/offers"))["items"][0]["text"] == text


def test_S1_a_problem_tells_input_as_json_only(client):
    answer = client.get(f"{V1}/trades", params={"<script>alert(1)</script>": "1"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["errors"][0]["parameter"] == "<script>alert(1)</script>"


def test_S1_text_never_reaches_the_page_of_the_docs(book: Book, client):
    book.proposal(2, 1, description=HOSTILE[0])
    book.at(3)
    page = client.get("/docs")
    assert "alert(1)" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_S1_symbol_is_told_as_it_is(book: Book, client):
    """The indexer takes no longer or unseen ones; markup is for whoever shows it to escape."""
    with book.engine.begin() as connection:
        connection.execute(tables.asset_names.update().values(symbol="<b>GLD</b>"))
    told = whole(client.get(f"{V1}/assets"))["items"]
    assert {item["asset"]: item["symbol"] for item in told}[TOKEN] == "<b>GLD</b>"
