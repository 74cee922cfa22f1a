"""What strangers, liars and machines try on sealed messages, and how the service answers."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from backend.messages.content import Address, decode
from backend.messages.disclosure import disclose, to_text
from backend.messages.envelope import open_envelope, seal
from backend.messages.octets import text_of
from backend.messages.threads import Place, Thread
from tests.backend.api.book import ALICE, BOB, Book, offer_by
from tests.backend.api.letters import (
    BOTH,
    BUYER,
    SELLER,
    STRANGER,
    V1,
    get,
    now,
    post,
    put_keys,
    talk,
    token,
)
from tests.backend.api.letters import body_of as letter
from tests.backend.api.serving import problem_of
from tests.backend.messages.making import HERE, derived, publish, write, writer


def test_what_is_said_stands_nowhere_in_the_database_M1(book: Book, client, thread) -> None:
    where = Address(lines=["Bob Buyer", "17 Quiet Lane", "4711 Elsewhere"])
    [sent] = (
        talk(client, thread, BUYER, words=where)
        if False
        else [write(BUYER, SELLER, content=where, thread=thread, sent_at=int(time.time()))]
    )
    assert post(client, thread, sent).status_code == 201
    book.engine.dispose()
    raw = b"".join(path.read_bytes() for path in Path(book.folder).glob("market.sqlite*"))
    assert sent.signature.hex().encode() in raw
    for line in (b"Quiet Lane", b"Elsewhere", b"Bob Buyer"):
        assert line not in raw
        assert line.hex().encode() not in raw
    for secret in (BUYER.keys.seed, SELLER.keys.seed, SELLER.keys.sealing_secret):
        assert secret.hex().encode() not in raw
        assert secret not in raw
    opened = open_envelope(sent, BUYER.published, ALICE, SELLER.keys, SELLER.key_id)
    assert decode(opened.content) == where


def test_a_stranger_neither_writes_nor_reads_M11(client, thread) -> None:
    problem_of(
        post(client, thread, write(STRANGER, SELLER, BUYER, thread=thread)), 403, "not-a-party"
    )
    problem = problem_of(get(client, STRANGER, thread), 403, "not-a-party")
    assert problem["parties"] == [ALICE, BOB]
    refused = client.post(
        f"{V1}/threads/{thread}/read", json={"sequence": 1}, headers=token(STRANGER)
    )
    problem_of(refused, 403, "not-a-party")
    assert client.get(f"{V1}/threads", headers=token(STRANGER)).json()["items"] == []
    # In the name of a party, with keys of its own.
    forged = letter(write(STRANGER, SELLER, thread=thread)) | {"sender": ALICE}
    problem_of(client.post(f"{V1}/threads/{thread}", json=forged), 409, "message-old-key")
    made = letter(write(SELLER, BUYER, thread=thread))
    false = made | {"signature": letter(write(STRANGER, BUYER, thread=thread))["signature"]}
    problem_of(client.post(f"{V1}/threads/{thread}", json=false), 400, "message-refused")
    assert get(client, BUYER, thread).json()["items"] == []


def test_a_bit_on_the_way_is_seen_M2(client, thread) -> None:
    made = letter(write(SELLER, BUYER, thread=thread))
    url = f"{V1}/threads/{thread}"

    def turned(text: str, place: int) -> str:
        return text[:place] + f"{int(text[place], 16) ^ 1:x}" + text[place + 1 :]

    for name in ("box", "signature", "commitment", "previous"):
        for place in (2, len(made[name]) // 2, len(made[name]) - 1):
            changed = made | {name: turned(made[name], place)}
            problem_of(client.post(url, json=changed), 400, "message-refused")
    for name in ("sequence", "sentAt"):
        problem_of(client.post(url, json=made | {name: made[name] + 1}), 400, "message-refused")
    sealed = json.loads(json.dumps(made))
    sealed["readers"][1]["sealed"] = turned(sealed["readers"][1]["sealed"], 100)
    problem_of(client.post(url, json=sealed), 400, "message-refused")
    assert client.post(url, json=made).status_code == 201


def test_the_same_message_twice_M12(client, thread) -> None:
    [sent] = talk(client, thread, BOTH, "0")
    assert problem_of(post(client, thread, sent), 409, "message-known")["sequence"] == 1
    assert len(get(client, BUYER, thread).json()["items"]) == 1


def test_a_message_in_another_conversation_or_market_M5(book: Book, client, thread) -> None:
    [sent] = talk(client, thread, BOTH, "0")
    other = Thread(book.trade(3, offer_by(salt=8)))
    book.at(3)
    problem_of(post(client, other, sent), 400, "message-refused")
    foreign = Place(1, HERE.escrow)
    there = [writer(number, place=foreign) for number in (1, 2)]
    problem = problem_of(
        post(client, thread, write(*there, thread=thread)), 400, "message-wrong-domain"
    )
    assert (problem["chainId"], problem["escrow"]) == (HERE.chain_id, HERE.escrow)
    # The same octets, said to be of this chain.
    moved = letter(write(*there, thread=thread)) | {"chainId": HERE.chain_id}
    problem_of(client.post(f"{V1}/threads/{thread}", json=moved), 409, "message-old-key")


def test_order_and_gaps_are_seen_M13(client, thread) -> None:
    first, second = talk(client, thread, BOTH, "01")
    for after in (None, first):
        late = write(SELLER, BUYER, thread=thread, after=after)
        problem = problem_of(post(client, thread, late), 409, "message-out-of-order")
        assert (problem["sequence"], problem["previous"]) == (3, text_of(second.header.hash()))
    early = seal(
        SELLER.keys, SELLER.published, thread.id(HERE), (5, second.header.hash()), now(), b"x",
        [SELLER.published, BUYER.published],
    )  # fmt: skip
    problem_of(post(client, thread, early), 409, "message-out-of-order")


def test_a_message_of_another_time_M13(client, thread) -> None:
    for moment in (now() - 3_600, now() + 3_600):
        made = write(SELLER, BUYER, thread=thread, sent_at=moment)
        problem = problem_of(post(client, thread, made), 409, "message-wrong-time")
        assert abs(problem["now"] - now()) < 60


def test_an_old_key_M6(client, thread) -> None:
    talk(client, thread, BOTH, "0")
    newer = writer(1, at=now() - 5, rotation=1)
    assert put_keys(client, newer.published).status_code == 201
    found = client.get(f"{V1}/keys/{ALICE}").json()
    assert found["current"]["keyId"] == text_of(newer.key_id)
    assert [one["keyId"] for one in found["history"]] == [
        text_of(newer.key_id),
        text_of(SELLER.key_id),
    ]
    for made in (write(SELLER, BUYER, thread=thread), write(BUYER, SELLER, thread=thread)):
        problem = problem_of(post(client, thread, made), 409, "message-old-key")
        assert problem["readers"][ALICE] == text_of(newer.key_id)
    # The keys of before cannot be put back.
    assert put_keys(client, SELLER.published).status_code == 200
    assert client.get(f"{V1}/keys/{ALICE}").json() == found
    older = publish(SELLER.wallet, derived(SELLER.wallet, HERE, 7), SELLER.published.created_at + 1)
    problem = problem_of(put_keys(client, older), 409, "messaging-key-outdated")
    assert problem["inUse"] == newer.published.created_at


def test_keys_that_do_not_hold_M8(client, book: Book) -> None:
    good = SELLER.published
    weak = publish(SELLER.wallet, SELLER.keys, now())
    for changed in ({"sealing_key": bytes(32)}, {"signing_key": bytes(32)}):
        problem = problem_of(
            put_keys(client, replace(weak, **changed)), 400, "messaging-key-refused"
        )
        assert "weak point" in problem["detail"]
    foreign = publish(SELLER.wallet, SELLER.keys, now(), Place(1, HERE.escrow))
    problem_of(put_keys(client, foreign), 400, "message-wrong-domain")
    # No key of Alice signed this: her account might be a contract, and the node is asked.
    for bad in (
        replace(good, account=BOB),
        replace(foreign, place=HERE),
        replace(good, signing_key=BUYER.keys.signing_key),
    ):
        problem_of(put_keys(client, bad), 503, "node-unreachable")
    ahead = publish(SELLER.wallet, SELLER.keys, now() + 3_600)
    problem_of(put_keys(client, ahead), 409, "messaging-key-outdated")
    assert client.get(f"{V1}/keys/{ALICE}").json()["history"] == []


def test_reading_takes_a_token_of_now_for_this_market_M10(client, thread) -> None:
    url = f"{V1}/threads/{thread}"
    talk(client, thread, BOTH, "0")
    bad = {
        "none": {},
        "another scheme": {"Authorization": "Bearer x"},
        "nonsense": {"Authorization": "Commonhold x"},
        "expired": token(BUYER, starts=-700, lasts=600),
        "not yet": token(BUYER, starts=1_000),
        "too long": token(BUYER, lasts=3_601),
    }
    for headers in bad.values():
        problem_of(client.get(url, headers=headers), 401, "read-token-refused")
        problem_of(client.get(f"{V1}/threads", headers=headers), 401, "read-token-refused")
    # Signed by nobody's key for this account: perhaps a contract takes it, and the node is asked.
    foreign = token(BUYER, place=Place(1, HERE.escrow))
    stolen = {"Authorization": token(STRANGER)["Authorization"].replace(STRANGER.account, BOB)}
    for headers in (foreign, stolen):
        problem_of(client.get(url, headers=headers), 503, "node-unreachable")
    answer = client.get(url, headers=token(BUYER))
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["vary"] == "Authorization"


def test_of_ten_at_once_one_is_next_M13(client, thread) -> None:
    made = [write(SELLER, BUYER, thread=thread) for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(lambda one: post(client, thread, one), made))
    assert sorted(one.status_code for one in told) == [201, *[409] * 9]
    for answer in told:
        if answer.status_code == 409:
            assert problem_of(answer, 409, "message-out-of-order")["sequence"] == 2
    [kept] = get(client, BUYER, thread).json()["items"]
    assert kept["sequence"] == 1


def test_a_disclosure_is_verified_for_anybody_M2(client, thread) -> None:
    envelope, *_ = talk(client, thread, BOTH, "01")
    opened = open_envelope(envelope, SELLER.published, BOB, BUYER.keys, BUYER.key_id)
    file = to_text(disclose(thread, [(envelope, opened, SELLER.published)]))
    url = f"{V1}/disclosures/verify"
    told = client.post(url, json={"file": file}).json()
    assert (told["holds"], told["reason"], told["thread"]) == (True, None, str(thread))
    [one] = told["messages"]
    assert (one["sender"], one["sequence"], one["byContract"]) == (ALICE, 1, False)
    assert one["content"] == {"type": "text", "text": "Hello"}
    for bad in (file.replace(b"Hello".hex(), b"Hallo".hex()), file[:-1], "", "{}", "[" * 50_000):
        told = client.post(url, json={"file": bad}).json()
        assert (told["holds"], told["messages"], bool(told["reason"])) == (False, [], True)
    problem_of(client.post(url, json={"file": "x" * 250_001}), 422, "malformed-input")
    problem_of(client.post(url, json={"file": file, "more": 1}), 422, "malformed-input")
