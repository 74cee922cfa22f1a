"""What one party shows, the other can neither deny nor the first forge."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.messages.content import Text, encode
from backend.messages.disclosure import Evidence, disclose, to_text, verify, verify_text
from backend.messages.envelope import Envelope, Opened, open_envelope
from backend.messages.errors import BadDisclosure
from backend.messages.octets import text_of
from backend.messages.threads import Place, Thread
from tests.backend.messages.making import HERE, TRADE, Writer, write, writer

ALICE, BOB, EVE = (writer(number) for number in (1, 2, 4))
FIRST = write(ALICE, BOB, content=Text(text="It is new."))
SECOND = write(BOB, ALICE, content=Text(text="Then I take it."), after=FIRST)
THIRD = write(ALICE, BOB, content=Text(text="My number is secret."), after=SECOND)


def opened(envelope: Envelope, sender: Writer, reader: Writer = BOB) -> Opened:
    return open_envelope(envelope, sender.published, reader.account, reader.keys, reader.key_id)


def shown(*chosen: tuple[Envelope, Writer]) -> dict:
    return disclose(
        TRADE,
        [(envelope, opened(envelope, sender), sender.published) for envelope, sender in chosen],
    )


GOOD = shown((FIRST, ALICE), (SECOND, BOB))
TEXT = to_text(GOOD)


def refused(found: dict, match: str | None = None) -> None:
    with pytest.raises(BadDisclosure, match=match):
        verify(found)


def test_chosen_messages_are_proven_and_the_rest_stays_closed() -> None:
    found: Evidence = verify_text(TEXT)
    assert (found.place, found.thread) == (HERE, TRADE)
    assert [(one.sender, one.sequence, one.content) for one in found.messages] == [
        (ALICE.account, 1, Text(text="It is new.")),
        (BOB.account, 2, Text(text="Then I take it.")),
    ]
    assert b"secret".hex() not in TEXT
    only_third = verify(shown((THIRD, ALICE)))
    assert [one.sequence for one in only_third.messages] == [3]


@given(bit=st.integers(0, 8 * len(TEXT) - 1))
@settings(max_examples=400, deadline=None)
@example(bit=8 * TEXT.index("0x") + 8)
def test_a_bit_of_a_disclosure_is_seen_M2(bit: int) -> None:
    data = bytearray(TEXT.encode())
    data[bit // 8] ^= 1 << bit % 8
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    with pytest.raises(BadDisclosure):
        verify_text(text)


def paths(found: object, place: tuple = ()) -> list[tuple]:
    if isinstance(found, dict):
        return [path for name, one in found.items() for path in paths(one, (*place, name))]
    if isinstance(found, list):
        return [path for index, one in enumerate(found) for path in paths(one, (*place, index))]
    return [place]


@pytest.mark.parametrize("path", paths(GOOD), ids=lambda path: "-".join(map(str, path)))
def test_every_part_is_bound_M2(path: tuple) -> None:
    """Changed so that it can still be read: each digit of each part, each number."""
    for change in range(1, 16):
        found = json.loads(TEXT)
        place = found
        for step in path[:-1]:
            place = place[step]
        value = place[path[-1]]
        if isinstance(value, int):
            place[path[-1]] = value ^ (1 << change)
        elif value.startswith("0x") and change <= len(value) - 2:
            index = 1 + change * (len(value) - 2) // 15
            digit = f"{int(value[index], 16) ^ 1:x}"
            place[path[-1]] = value[:index] + digit + value[index + 1 :]
        else:
            place[path[-1]] = value + "0"
        refused(found)


@pytest.mark.parametrize("value", [None, True, -1, 1.5, 2**70, "", "0x", [], {}, "x" * 100])
def test_a_part_of_another_kind_is_refused_M2(value: object) -> None:
    for path in paths(GOOD):
        found = json.loads(TEXT)
        place = found
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        refused(found)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_part_that_is_missing_or_too_much_is_refused(name: str) -> None:
    refused({key: value for key, value in GOOD.items() if key != name})
    refused(GOOD | {"more": 1})


def message(found: dict, index: int = 0, **changed: object) -> dict:
    copy = json.loads(to_text(found))
    copy["messages"][index] |= changed
    return copy


def test_the_discloser_cannot_forge_M3() -> None:
    """Bob has everything but Alice's keys."""
    other = encode(Text(text="It is used."))
    refused(message(GOOD, content=text_of(other)), "did not sign")
    refused(message(GOOD, opening=text_of(bytes(32))), "did not sign")
    # A message of Bob's own as one of Alice's.
    mine = shown((write(BOB, ALICE, content=Text(text="It is used.")), BOB))
    refused(message(mine, sender=ALICE.account), "not its sender's")
    swapped = json.loads(to_text(mine))
    swapped["keys"] = [ALICE.published.to_json()]
    swapped["messages"][0] |= {"sender": ALICE.account, "keyId": text_of(ALICE.key_id)}
    refused(swapped, "did not sign")
    # A key of Bob's own, said to be Alice's.
    forged = replace(BOB.published, account=ALICE.account)
    claimed = json.loads(to_text(mine))
    claimed["keys"] = [forged.to_json()]
    claimed["messages"][0] |= {"sender": ALICE.account, "keyId": text_of(forged.id())}
    refused(claimed, "did not publish this key")


def test_what_alice_said_elsewhere_is_not_said_here_M5() -> None:
    refused(GOOD | {"thread": str(Thread("0x" + "66" * 32))}, "did not sign")
    refused(GOOD | {"thread": str(Thread(TRADE.reference, EVE.account))}, "did not sign")
    refused(GOOD | {"chainId": 1})
    refused(GOOD | {"escrow": EVE.account})
    foreign = Place(1, HERE.escrow)
    there = {number: writer(number, place=foreign) for number in (1, 2)}
    envelope = write(there[1], there[2])
    found = disclose(TRADE, [(envelope, opened(envelope, there[1], there[2]), there[1].published)])
    assert verify(found).place == foreign
    refused(found | {"chainId": HERE.chain_id}, "did not publish")


def test_the_sender_cannot_deny_M4() -> None:
    """Whatever Bob can open, he can prove: a message that he could not prove does not open."""
    for envelope, sender in ((FIRST, ALICE), (SECOND, BOB), (THIRD, ALICE)):
        [proven] = verify(shown((envelope, sender))).messages
        assert proven.sender == sender.account
        assert encode(proven.content) == opened(envelope, sender).content
        assert not proven.by_contract


def test_two_stories_are_told_apart_M4() -> None:
    """Alice sends two messages as number 1: one who shows both has caught her."""
    twin = write(ALICE, BOB, content=Text(text="It is used."))
    refused(shown((FIRST, ALICE), (twin, ALICE)), "two have one number")
    refused(shown((twin, ALICE), (SECOND, BOB)), "do not follow")
    assert len(verify(shown((FIRST, ALICE), (THIRD, ALICE))).messages) == 2


def test_order_keys_and_number_are_fixed() -> None:
    turned = json.loads(TEXT)
    turned["messages"].reverse()
    refused(turned, "not in order")
    for keys in (GOOD["keys"][::-1], [*GOOD["keys"], GOOD["keys"][1]]):
        refused(GOOD | {"keys": keys}, "keys are not in order")
    unused = sorted(
        [one.published for one in (ALICE, BOB, EVE)], key=lambda published: published.id()
    )
    refused(GOOD | {"keys": [one.to_json() for one in unused]}, "none of its messages")
    refused(GOOD | {"keys": GOOD["keys"][:1]})
    refused(GOOD | {"messages": []})
    refused(GOOD | {"messages": GOOD["messages"] * 51}, "1 to 100")


def test_another_text_of_the_same_is_refused() -> None:
    for text in (TEXT[:-1], " " + TEXT, json.dumps(GOOD), TEXT.replace("thread", "\\u0074hread")):
        with pytest.raises(BadDisclosure, match="one form"):
            verify_text(text)
    for text in ("", "{", "[" * 100_000, "1", "null", '{"format":NaN}'):
        with pytest.raises(BadDisclosure):
            verify_text(text)


def test_a_wallet_contract_is_asked_for_what_no_key_signed_M6() -> None:
    """As the chain would answer: only for this account, digest and signature."""
    by_contract = replace(ALICE.published, signature=b"the contract knows this")
    sender = replace(ALICE, published=by_contract)
    envelope = write(sender, BOB)
    found = disclose(TRADE, [(envelope, opened(envelope, sender), by_contract)])
    refused(found, "no key of it signed that")
    [proven] = verify(found, lambda asked: asked == by_contract).messages
    assert proven.by_contract
