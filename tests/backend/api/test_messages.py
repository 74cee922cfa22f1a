"""Conversations through the service: by their parties, in order, sealed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.db import tables
from backend.indexer.rebuild import forget_facts
from backend.messages.envelope import FIRST
from backend.messages.octets import text_of
from backend.messages.threads import Thread
from backend.terms.offer import ZERO_ADDRESS, Tranche
from tests.backend.api.book import ALICE, BOB, CAROL, Book, body_of, offer_by, offer_hash
from tests.backend.api.letters import (
    BOTH,
    BUYER,
    SELLER,
    THIRD,
    V1,
    get,
    keys_body,
    post,
    put_keys,
    talk,
    token,
)
from tests.backend.api.letters import body_of as letter
from tests.backend.api.serving import problem_of
from tests.backend.messages.making import Writer, write


def offered(client, *parties: str) -> str:
    offer = offer_by() if not parties else offer_by(parties=parties)
    signers = [1] if not parties else [n for n, a in ((1, ALICE), (3, CAROL)) if a in parties]
    assert client.post("/api/v1/offers", json=body_of(offer, *signers)).status_code == 201
    return "0x" + offer_hash(offer).hex()


def test_parties_talk_and_read_each_other(client, thread) -> None:
    sent = talk(client, thread, BOTH, "011")
    for who, other in ((SELLER, BUYER), (BUYER, SELLER)):
        found = get(client, who, thread).json()
        assert [one["hash"] for one in found["items"]] == [
            text_of(one.header.hash()) for one in sent
        ]
        assert [one["sequence"] for one in found["items"]] == [1, 2, 3]
        assert {one["account"] for one in found["parties"]} == {ALICE, BOB}
        assert found["previous"] == text_of(sent[-1].header.hash())
        keys = client.get(f"{V1}/keys/{other.account}").json()["current"]
        assert keys["keyId"] == text_of(other.key_id)
    for name, item in zip(sent, found["items"], strict=True):
        assert {n: item[n] for n in ("box", "signature", "readers", "previous")} == {
            n: letter(name)[n] for n in ("box", "signature", "readers", "previous")
        }


def test_three_parties_and_one_without_keys(book: Book, client) -> None:
    tranches = (Tranche(1, 0, 1, 700, 3600, 600), Tranche(1, 2, 1, 300, 3600, 600))
    parties = (ALICE, ZERO_ADDRESS, CAROL)
    thread = Thread(book.trade(2, offer_by(parties=parties, tranches=tranches)))
    book.at(2)
    put_keys(client, SELLER.published)
    problem = problem_of(
        post(client, thread, write(SELLER, thread=thread)), 409, "messaging-key-missing"
    )
    assert problem["accounts"] == [BOB, CAROL]
    put_keys(client, BUYER.published)
    first = write(SELLER, BUYER, thread=thread)
    assert post(client, thread, first).json()["unreachable"] == [CAROL]
    put_keys(client, THIRD.published)
    # From now on Carol must be written to as well; what came before she cannot open.
    old = write(SELLER, BUYER, thread=thread, after=first)
    problem = problem_of(post(client, thread, old), 409, "message-old-key")
    assert problem["readers"][CAROL] == text_of(THIRD.key_id)
    second = write(THIRD, SELLER, BUYER, thread=thread, after=first)
    assert post(client, thread, second).json()["unreachable"] == []
    assert len(get(client, THIRD, thread).json()["items"]) == 2


def test_an_asker_and_the_maker_talk_about_an_offer(book: Book, client) -> None:
    offer = offered(client)
    for one in (SELLER, BUYER, THIRD):
        put_keys(client, one.published)
    of_bob, of_carol = Thread(offer, BOB), Thread(offer, CAROL)
    talk(client, of_bob, (SELLER, BUYER), "10")
    talk(client, of_carol, (SELLER, THIRD), "1")
    assert len(get(client, SELLER, of_bob).json()["items"]) == 2
    assert len(get(client, SELLER, of_carol).json()["items"]) == 1
    problem = problem_of(get(client, THIRD, of_bob), 403, "not-a-party")
    assert problem["parties"] == [ALICE, BOB]
    problem_of(get(client, SELLER, Thread(offer, ALICE)), 404, "unknown-thread")
    problem_of(get(client, SELLER, Thread("0x" + "12" * 32, BOB)), 404, "unknown-thread")
    listed = client.get(f"{V1}/threads", headers=token(SELLER)).json()["items"]
    assert {(one["thread"], one["unread"]) for one in listed} == {
        (str(of_bob), 1),
        (str(of_carol), 1),
    }


def test_unread_until_read(client, thread) -> None:
    talk(client, thread, BOTH, "0101")

    def said(who: Writer, sequence: int) -> tuple[int, int]:
        answer = client.post(
            f"{V1}/threads/{thread}/read", json={"sequence": sequence}, headers=token(who)
        ).json()
        return answer["readUpTo"], answer["unread"]

    assert [get(client, who, thread).json()["unread"] for who in (SELLER, BUYER)] == [2, 2]
    assert said(BUYER, 1) == (1, 1)
    assert said(BUYER, 3) == (3, 0)
    assert said(BUYER, 2) == (3, 0)
    assert said(SELLER, 1_000) == (4, 0)
    [one] = client.get(f"{V1}/threads", headers=token(BUYER)).json()["items"]
    assert (one["unread"], one["readUpTo"], one["lastSequence"]) == (0, 3, 4)


def test_parts_of_a_long_conversation(client, thread) -> None:
    talk(client, thread, BOTH, "01010")
    seen, cursor = [], {}
    while True:
        page = get(client, BUYER, thread, limit=2, **cursor).json()
        seen += [one["sequence"] for one in page["items"]]
        if page["nextCursor"] is None:
            break
        cursor = {"cursor": page["nextCursor"]}
    assert seen == [1, 2, 3, 4, 5]
    later = get(client, BUYER, thread, after=3).json()["items"]
    assert [one["sequence"] for one in later] == [4, 5]
    problem_of(get(client, BUYER, thread, after=3, **cursor), 400, "foreign-cursor")


def test_messages_and_keys_survive_a_rebuild(book: Book, client, thread) -> None:
    talk(client, thread, BOTH, "01")
    with book.engine.connect() as connection:
        before = connection.execute(select(tables.messages)).all()
    forget_facts(book.engine)
    problem_of(get(client, BUYER, thread), 503, "not-ready")
    with book.engine.connect() as connection:
        assert connection.execute(select(tables.messages)).all() == before
        assert len(connection.execute(select(tables.messaging_keys)).all()) == 3
        assert len(connection.execute(select(tables.message_seats)).all()) == 2


@pytest.mark.parametrize(
    "name", ["x", "trade-0x12", f"offer-0x{'00' * 32}", f"trade-0x{'AB' * 32}"]
)
def test_a_name_that_no_conversation_has(client, book, name: str) -> None:
    answer = client.get(f"{V1}/threads/{name}", headers=token(SELLER))
    problem_of(answer, 422, "malformed-input")


def test_a_trade_that_does_not_exist(client, book: Book) -> None:
    put_keys(client, SELLER.published)
    put_keys(client, BUYER.published)
    thread = Thread("0x" + "99" * 32)
    problem_of(get(client, SELLER, thread), 404, "unknown-thread")
    problem_of(post(client, thread, write(SELLER, BUYER, thread=thread)), 404, "unknown-thread")


def test_an_empty_conversation_says_how_to_begin(client, thread) -> None:
    found = get(client, SELLER, thread).json()
    assert (found["items"], found["lastSequence"], found["unread"]) == ([], 0, 0)
    assert found["previous"] == text_of(FIRST)


def test_keys_body_is_what_was_signed(client, book: Book) -> None:
    body = keys_body(SELLER.published)
    told = put_keys(client, SELLER.published).json()
    assert {name: told[name] for name in body if name in told} == {
        name: value for name, value in body.items() if name in told
    }
    assert told["keyId"] == text_of(SELLER.key_id)
