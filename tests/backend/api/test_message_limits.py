"""How much anybody may write: sizes, rates, and rooms that are full."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import insert

from backend.api.limits import Limits
from backend.db import tables, writing
from backend.messages.envelope import seal
from backend.messages.octets import text_of
from backend.messages.threads import Thread
from tests.backend.api.book import ALICE, BOB, Book, offer_by, offer_hash
from tests.backend.api.book import body_of as offer_body
from tests.backend.api.letters import (
    BOTH,
    BUYER,
    SELLER,
    V1,
    now,
    post,
    put_keys,
    talk,
)
from tests.backend.api.letters import body_of as letter
from tests.backend.api.serving import problem_of
from tests.backend.messages.making import HERE, publish, write


def test_rate_of_one_sender_is_limited_M9(book: Book, client, thread) -> None:
    limit = Limits().messages_per_minute
    row = {
        "thread_id": "0x" + "77" * 32, "sender": ALICE, "key_id": "", "previous": "", "sent_at": 0,
        "commitment": "", "signature": "", "box": "", "readers": [],
    }  # fmt: skip
    with writing(book.engine) as connection:
        for number in range(limit - 1):
            values = {"sequence": number, "hash": str(number), "posted_at": int(time.time())}
            connection.execute(insert(tables.messages).values(**row, **values))
    [first] = talk(client, thread, BOTH, "0")
    answer = post(client, thread, write(SELLER, BUYER, thread=thread, after=first))
    assert problem_of(answer, 429, "too-many-messages")["limit"] == limit
    assert int(answer.headers["retry-after"]) > 0
    assert post(client, thread, write(BUYER, SELLER, thread=thread, after=first)).status_code == 201


def test_a_conversation_holds_ten_thousand_messages_M9(book: Book, client, thread) -> None:
    thread_id, last = text_of(thread.id(HERE)), b"l" * 32
    full = {
        "thread_id": thread_id, "chain_id": HERE.chain_id, "escrow": HERE.escrow,
        "name": str(thread), "asker": None, "opened_at": now(), "last_sequence": 9_999,
        "last_hash": text_of(last), "last_posted_at": now(),
    }  # fmt: skip
    book.write(tables.message_threads, full)
    readers = [SELLER.published, BUYER.published]
    made = seal(
        SELLER.keys, SELLER.published, thread.id(HERE), (9_999, last), now(), b"last", readers
    )
    assert post(client, thread, made).status_code == 201
    after = (10_000, made.header.hash())
    more = seal(SELLER.keys, SELLER.published, thread.id(HERE), after, now(), b"more", readers)
    assert problem_of(post(client, thread, more), 429, "too-many-messages")["limit"] == 10_000


def test_keys_are_published_a_few_times_a_day_M9(client, book: Book) -> None:
    for number in range(20):
        keys = publish(SELLER.wallet, SELLER.keys, now() - 100 + number)
        assert put_keys(client, keys).status_code == 201
    more = publish(SELLER.wallet, SELLER.keys, now())
    assert problem_of(put_keys(client, more), 429, "too-many-messages")["limit"] == 20
    assert put_keys(client, BUYER.published).status_code == 201


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("box", "0x" + "00" * 200_000),
        ("box", "0x" + "00" * 16_500),
        ("box", "0x0"),
        ("box", "0xAB"),
        ("signature", "0x" + "00" * 65),
        ("sequence", 0),
        ("sequence", 2**31),
        ("sequence", "1"),
        ("sentAt", -1),
        ("sentAt", 2**53),
        ("readers", []),
        ("readers", [{"account": ALICE, "keyId": "0x" + "00" * 32, "sealed": "0x"}]),
        ("sender", "alice"),
        ("extra", 1),
    ],
)
def test_a_message_that_cannot_be_read_M9(client, thread, name: str, value: object) -> None:
    made = letter(write(SELLER, BUYER, thread=thread)) | {name: value}
    answer = client.post(f"{V1}/threads/{thread}", json=made)
    huge = name == "box" and len(str(value)) > 256_000
    problem_of(answer, 413 if huge else 422, "body-too-large" if huge else "malformed-input")


def test_a_ciphertext_of_another_size_is_refused_M9(client, thread) -> None:
    made = letter(write(SELLER, BUYER, thread=thread))
    for box in ("0x", "0x" + "00" * 100, made["box"] + "00"):
        answer = client.post(f"{V1}/threads/{thread}", json=made | {"box": box})
        problem_of(answer, 400, "message-refused")


def test_a_maker_who_does_not_answer_is_left_alone_M9(client, book: Book) -> None:
    offer = offer_by()
    assert client.post("/api/v1/offers", json=offer_body(offer, 1)).status_code == 201
    thread = Thread("0x" + offer_hash(offer).hex(), BOB)
    for one in BOTH:
        put_keys(client, one.published)
    *_, last = talk(client, thread, BOTH, "1" * 20)
    more = write(BUYER, SELLER, thread=thread, after=last)
    assert problem_of(post(client, thread, more), 429, "too-many-messages")["limit"] == 20
    answer = write(SELLER, BUYER, thread=thread, after=last)
    assert post(client, thread, answer).status_code == 201
    more = write(BUYER, SELLER, thread=thread, after=answer)
    assert post(client, thread, more).status_code == 201
