"""Messages are read by whom they are for, as they were written, and by nobody else."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt, crypto_box_seal

from backend.messages.content import (
    Address,
    File,
    HandoverCode,
    SealedSplit,
    SealedSplits,
    Text,
    decode,
    encode,
    read_content,
)
from backend.messages.envelope import (
    BOX_SIZES,
    KEY,
    NONCE,
    SEALED,
    Envelope,
    Reader,
    box_hash,
    commitment_to,
    open_envelope,
)
from backend.messages.errors import BadMessage, LostKey
from backend.messages.octets import account_octets
from backend.messages.padding import BUCKETS, LARGEST, pad, unpad
from backend.messages.threads import Place, Thread
from tests.backend.messages.making import HERE, TRADE, Writer, write, writer

ALICE, BOB, CAROL, EVE = (writer(number) for number in (1, 2, 3, 4))
WORDS = Text(text="Leave it with the neighbour,\nplease.")


def read(envelope: Envelope, reader: Writer, sender: Writer = ALICE) -> bytes:
    return open_envelope(
        envelope, sender.published, reader.account, reader.keys, reader.key_id
    ).content


@pytest.mark.parametrize(
    "content",
    [
        WORDS,
        Address(lines=["Bob", "1 Long Road", "1234 Town"], phone="+1 555", note="Ring twice"),
        HandoverCode(trade_id="0x" + "ab" * 32, code="7K3M-9QXA-2TVB-CD4F"),
        SealedSplits(
            code_hash="0x" + "ab" * 32,
            splits=[
                SealedSplit(
                    trade_id="0x" + "ab" * 32,
                    role="buyer",
                    tranche=1,
                    performer_bps=10_000,
                    deadline=2_000_000_000,
                    allows="the courier is paid",
                    sealed="0x" + "cd" * 105,
                )
            ],
        ),
        File(cid="b" + "a" * 58, key="0x" + "01" * 32, name="lamp.jpg", size=7),
    ],
    ids=lambda content: content.type,
)
def test_every_party_reads_every_type(content) -> None:
    envelope = write(ALICE, BOB, CAROL, content=content)
    for reader in (ALICE, BOB, CAROL):
        assert decode(read(envelope, reader)) == content


def test_nobody_else_reads_it_M1() -> None:
    envelope = write(ALICE, BOB)
    with pytest.raises(LostKey, match="not sealed to"):
        read(envelope, EVE)
    # As Bob, with the keys of Eve.
    with pytest.raises(BadMessage, match="sealed something else"):
        open_envelope(envelope, ALICE.published, BOB.account, EVE.keys, BOB.key_id)
    for text in (b"Hello", encode(Text(text="Hello"))):
        assert text not in envelope.box


def test_a_lost_key_is_said_to_be_lost_M7() -> None:
    envelope = write(ALICE, BOB)
    newer = writer(2, rotation=1)
    assert newer.key_id != BOB.key_id
    with pytest.raises(LostKey, match="lost"):
        read(envelope, newer)
    assert read(envelope, BOB) == encode(Text(text="Hello"))


def test_the_wallet_makes_its_keys_again_and_no_other_wallet_does() -> None:
    assert writer(1).keys.seed == ALICE.keys.seed
    seeds = {ALICE.keys.seed, BOB.keys.seed, writer(1, rotation=1).keys.seed}
    elsewhere = [Place(1, HERE.escrow), Place(HERE.chain_id, ALICE.account)]
    seeds |= {writer(1, place=place).keys.seed for place in elsewhere}
    assert len(seeds) == 5
    assert len({ALICE.keys.sealing_key, ALICE.keys.signing_key, ALICE.keys.seed}) == 3
    assert ALICE.keys.seed.hex() not in repr(ALICE.keys)


@given(st.binary(max_size=LARGEST))
@settings(max_examples=50, deadline=None)
def test_padding_is_undone_and_hides_the_size(content: bytes) -> None:
    padded = pad(content)
    assert unpad(padded) == content
    assert len(padded) == min(size for size in BUCKETS if size > len(content))


@pytest.mark.parametrize("size", [0, 1, *(b + d for b in BUCKETS[:-1] for d in (-1, 0, 1))])
def test_sizes_are_those_of_the_buckets(size: int) -> None:
    envelope = write(ALICE, BOB, content=b"\x80" * size)
    assert len(envelope.box) in BOX_SIZES
    assert read(envelope, BOB) == b"\x80" * size


@pytest.mark.parametrize("padded", [b"", b"\x80", b"\0" * 256, b"a" * 256, b"a\x80".ljust(1024)])
def test_padding_of_another_form_is_refused(padded: bytes) -> None:
    with pytest.raises(BadMessage, match="padding"):
        unpad(padded)


def test_padding_in_a_larger_bucket_than_needed_is_refused() -> None:
    with pytest.raises(BadMessage, match="padding"):
        unpad(b"a\x80".ljust(1024, b"\0"))


def test_a_huge_message_is_refused_M9() -> None:
    write(ALICE, BOB, content=b"x" * LARGEST)
    with pytest.raises(BadMessage, match="holds 16383 octets"):
        write(ALICE, BOB, content=b"x" * (LARGEST + 1))
    with pytest.raises(BadMessage, match="text"):
        read_content({"type": "text", "text": "x" * 4_001})


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"type": "money"},
        {"type": "text"},
        {"type": "text", "text": ""},
        {"type": "text", "text": "\x1b[2J"},
        {"type": "text", "text": "a\u202eb"},
        {"type": "text", "text": "a", "more": 1},
        {"type": "address", "lines": []},
        {"type": "address", "lines": ["a\nb"]},
        {"type": "file", "cid": "../x", "key": "0x" + "00" * 32, "name": "a", "size": 1},
        {"type": "handover_code", "tradeId": "0x12", "code": "7K3M-9QXA-2TVB-CD4F"},
        {"type": "handover_code", "tradeId": "0x" + "12" * 32, "code": "7K3M-9QXA-2TVB-CD4O"},
        {"type": "sealed_splits", "codeHash": "0x" + "12" * 32, "splits": []},
    ],
)
def test_content_that_is_none(found) -> None:
    with pytest.raises(BadMessage):
        read_content(found)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 10_000,
        b'{"text":"a","type":"text"} ',
        b'{"type":"text","text":"a"}',
        b'{"text":"a","text":"b","type":"text"}',
        b'{"text":"\\u0061","type":"text"}',
    ],
)
def test_content_in_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(BadMessage):
        decode(data)


def flipped(data: bytes, bit: int) -> bytes:
    place = bit % (8 * len(data))
    return (
        data[: place // 8] + bytes([data[place // 8] ^ (1 << place % 8)]) + data[place // 8 + 1 :]
    )


MESSAGE = write(ALICE, BOB, content=WORDS)


def altered(part: str, bit: int) -> Envelope:
    """The message with one bit of this part turned."""
    header, first = MESSAGE.header, MESSAGE.readers[0]
    if part in ("signature", "box"):
        return replace(MESSAGE, **{part: flipped(getattr(MESSAGE, part), bit)})
    if part in ("sealed", "reader key"):
        name = "sealed" if part == "sealed" else "key_id"
        changed = replace(first, **{name: flipped(getattr(first, name), bit)})
        return replace(MESSAGE, readers=(changed, *MESSAGE.readers[1:]))
    value = getattr(header, part)
    if isinstance(value, int):
        value ^= 1 << (bit % 40)
    elif isinstance(value, bytes):
        value = flipped(value, bit)
    elif isinstance(value, Place):
        value = Place(value.chain_id ^ (1 << bit % 20), value.escrow)
    else:
        value = EVE.account
    return replace(MESSAGE, header=replace(header, **{part: value}))


PARTS = ["signature", "box", "sealed", "reader key", *(f.name for f in fields(MESSAGE.header))]


@pytest.mark.parametrize("part", PARTS)
@given(bit=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_bit_anywhere_is_seen_M2(part: str, bit: int) -> None:
    MESSAGE.check(ALICE.published)
    with pytest.raises(BadMessage):
        altered(part, bit).check(ALICE.published)


def test_readers_cannot_be_added_left_out_or_swapped_M2() -> None:
    one, two = MESSAGE.readers
    third = Reader(EVE.account, EVE.key_id, crypto_box_seal(b"k" * 32, EVE.keys.sealing_key))
    for readers in ((one,), (two, one), (one, two, third), (one, one), ()):
        with pytest.raises(BadMessage):
            replace(MESSAGE, readers=readers).check(ALICE.published)


def test_another_sender_cannot_take_a_message_over_M3() -> None:
    """Eve, a party of a thread with Bob, passes Alice's ciphertext on as her own."""
    for thread in (TRADE, Thread("0x" + "66" * 32)):
        stolen = write(EVE, BOB, thread=thread)
        readers = tuple(
            replace(one, sealed=other.sealed)
            for one, other in zip(stolen.readers, MESSAGE.readers, strict=True)
        )
        taken = resigned(
            EVE,
            replace(stolen, box=MESSAGE.box, readers=readers),
            commitment=MESSAGE.header.commitment,
        )
        taken.check(EVE.published)
        with pytest.raises(BadMessage):
            read(taken, BOB, EVE)


def resigned(sender: Writer, envelope: Envelope, **changed) -> Envelope:
    """As a sender could sign it who does not keep to the rules."""
    from nacl.signing import SigningKey

    header = replace(envelope.header, box_hash=box_hash(envelope.box, envelope.readers), **changed)
    signer = SigningKey(sender.keys.signing_secret[:32])
    return replace(envelope, header=header, signature=signer.sign(header.octets()).signature)


def test_a_content_that_was_not_signed_is_refused_M4() -> None:
    """Alice tells Bob one thing and signs another, so that she could deny it later."""
    lied = resigned(
        ALICE,
        MESSAGE,
        commitment=commitment_to(
            MESSAGE.header.thread, ALICE.account, b"o" * 32, encode(Text(text="No"))
        ),
    )
    lied.check(ALICE.published)
    with pytest.raises(BadMessage, match="signed another content"):
        read(lied, BOB)


def test_a_ciphertext_of_two_meanings_is_refused_M4() -> None:
    """Bob and Carol are given different keys; only the content that was signed is ever shown."""
    key, other = b"1" * KEY, b"2" * KEY
    thread = MESSAGE.header.thread
    nonce = bytes(NONCE)
    opening, content = b"o" * 32, encode(WORDS)
    bound = thread + account_octets(ALICE.account)
    box = nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(
        opening + pad(content), bound, nonce, key
    )
    readers = tuple(
        Reader(one.account, one.key_id, crypto_box_seal(found, one.keys.sealing_key))
        for one, found in ((BOB, key), (CAROL, other))
    )
    two = resigned(
        ALICE,
        replace(MESSAGE, box=box, readers=readers),
        commitment=commitment_to(thread, ALICE.account, opening, content),
    )
    assert read(two, BOB) == content
    with pytest.raises(BadMessage, match="sealed something else"):
        read(two, CAROL)
    assert len(readers[0].sealed) == SEALED


def test_a_message_for_another_market_or_thread_M5() -> None:
    foreign = writer(1, place=Place(1, HERE.escrow))
    message = write(foreign, writer(2, place=Place(1, HERE.escrow)))
    with pytest.raises(BadMessage, match="another market"):
        message.check(ALICE.published)
    ids = {
        Thread("0x" + "5a" * 32).id(HERE),
        Thread("0x" + "5a" * 32).id(Place(1, HERE.escrow)),
        Thread("0x" + "5a" * 32, ALICE.account).id(HERE),
        Thread("0x" + "5a" * 32, BOB.account).id(HERE),
        Thread("0x" + "5b" * 32).id(HERE),
    }
    assert len(ids) == 5


@pytest.mark.parametrize(
    "thread", [TRADE, Thread("0x" + "5a" * 32, ALICE.account)], ids=["trade", "offer"]
)
def test_a_thread_is_written_in_one_way(thread: Thread) -> None:
    assert Thread.read(str(thread)) == thread
    for text in ("", "trade", str(thread).upper(), str(thread) + "0", str(thread).lower() + " "):
        with pytest.raises(BadMessage):
            Thread.read(text)


def test_a_message_from_before_its_key_is_refused_M6() -> None:
    sender = writer(1, at=2_000_000_000)
    with pytest.raises(BadMessage, match="before the key"):
        write(sender, BOB, sent_at=1_999_999_999)
    write(sender, BOB, sent_at=2_000_000_000)
