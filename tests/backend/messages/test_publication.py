"""Keys hold if the wallet signed them for this market, and if somebody can have them at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.messages.errors import BadKey, BadMessage
from backend.messages.keys import KeyPair, Publication
from backend.messages.reading import LONGEST, ReadToken
from backend.messages.threads import Place
from tests.backend.messages.making import HERE, NOW, derived, publish, writer

ALICE, BOB = writer(1), writer(2)
TWIN = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


def test_what_a_wallet_published_holds_and_nothing_else_M6() -> None:
    good = ALICE.published
    good.check()
    assert good.signed_by_key()
    s = TWIN - int.from_bytes(good.signature[32:64], "big")
    twin = good.signature[:32] + s.to_bytes(32, "big") + bytes([55 - good.signature[64]])
    others = (
        replace(good, account=BOB.account),
        replace(good, sealing_key=BOB.keys.sealing_key),
        replace(good, signing_key=BOB.keys.signing_key),
        replace(good, created_at=good.created_at + 1),
        replace(good, place=Place(1, HERE.escrow)),
        replace(good, place=Place(HERE.chain_id, BOB.account)),
        replace(good, signature=b""),
        replace(good, signature=BOB.published.signature),
        replace(good, signature=twin),
    )
    assert not any(one.signed_by_key() for one in others)


@pytest.mark.parametrize(
    "sealing",
    [
        bytes(32),
        (1).to_bytes(32, "little"),
        (2**255 - 20).to_bytes(32, "little"),
        bytes([0xE0, 0xEB, 0x7A, 0x7C, 0x3B, 0x41, 0xB8, 0xAE, 0x16, 0x56, 0xE3, 0xFA, 0xF1, 0x9F,
               0xC4, 0x6A, 0xDA, 0x09, 0x8D, 0xEB, 0x9C, 0x32, 0xB1, 0xFD, 0x86, 0x62, 0x05, 0x16,
               0x5F, 0x49, 0xB8, 0x00]),
        b"short",
        b"\xff" * 32,
    ],
)  # fmt: skip
def test_a_sealing_key_that_everybody_could_open_M8(sealing: bytes) -> None:
    with pytest.raises(BadKey):
        replace(ALICE.published, sealing_key=sealing).check()


@pytest.mark.parametrize(
    "signing",
    [bytes(32), (1).to_bytes(32, "little"), b"\xff" * 32, b"short", bytes([2] + [0] * 31)],
)
def test_a_signing_key_for_which_everybody_could_sign_M8(signing: bytes) -> None:
    with pytest.raises(BadKey):
        replace(ALICE.published, signing_key=signing).check()


def test_keys_are_written_in_one_way() -> None:
    found = ALICE.published.to_json()
    assert Publication.of_json(HERE, found) == ALICE.published
    for name in ("sealingKey", "signingKey", "signature"):
        with pytest.raises(BadMessage):
            Publication.of_json(HERE, found | {name: found[name].upper()})


def test_random_keys_are_nobodys_else() -> None:
    assert KeyPair.random().seed != KeyPair.random().seed
    random = publish(ALICE.wallet, KeyPair.random(), NOW)
    random.check()
    assert random.signed_by_key()


def test_only_the_wallet_itself_makes_its_keys() -> None:
    assert derived(ALICE.wallet).seed != derived(BOB.wallet).seed


def token(at: Place = HERE, issued: int = NOW, expires: int = NOW + 600) -> ReadToken:
    plain = ReadToken(at, ALICE.account, issued, expires)
    return replace(plain, signature=bytes(ALICE.wallet.sign_message(plain.message()).signature))


def test_a_token_holds_for_its_account_and_market_only_M10() -> None:
    good = token()
    assert ReadToken.read(HERE, str(good)) == good
    assert good.signed_by_key()
    assert not ReadToken.read(Place(1, HERE.escrow), str(good)).signed_by_key()
    assert not replace(good, account=BOB.account).signed_by_key()
    assert not replace(good, expires_at=good.expires_at + 1).signed_by_key()


def test_a_token_for_longer_than_an_hour_M10() -> None:
    for issued, expires in ((NOW, NOW + LONGEST + 1), (NOW, NOW), (NOW + 1, NOW)):
        with pytest.raises(BadMessage, match="at most"):
            ReadToken.read(HERE, str(token(HERE, issued, expires)))
    ReadToken.read(HERE, str(token(HERE, NOW, NOW + LONGEST)))


@pytest.mark.parametrize("text", ["", ":::", "a:1:2:0x", "0x12:1:2:0x12"])
def test_a_token_that_is_none(text: str) -> None:
    with pytest.raises(BadMessage):
        ReadToken.read(HERE, text)
