"""Accounts with messaging keys, and messages between them, without any service."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from backend.messages.content import Content, Text, encode
from backend.messages.envelope import FIRST, Envelope, seal
from backend.messages.keys import KeyPair, Publication, secret_message
from backend.messages.threads import Place, Thread
from backend.terms.signed_secret import sign_secret
from tests.backend.api.book import CHAIN, CONTRACTS, key

HERE = Place(CHAIN, CONTRACTS["Escrow"])
TRADE = Thread("0x" + "5a" * 32)
NOW = int(time.time())


def now() -> int:
    return int(time.time())


HELLO = Text(text="Hello")


@dataclass(frozen=True)
class Writer:
    """A key of a wallet, with the messaging keys that it makes and publishes."""

    wallet: Any
    keys: KeyPair
    published: Publication

    @property
    def account(self) -> str:
        return str(self.wallet.address)

    @property
    def key_id(self) -> bytes:
        return self.published.id()


def publish(wallet: Any, keys: KeyPair, created_at: int, place: Place = HERE) -> Publication:
    """Signed by the wallet."""
    plain = Publication(place, wallet.address, keys.sealing_key, keys.signing_key, created_at)
    return replace(plain, signature=bytes(wallet.sign_message(plain.message()).signature))


def derived(wallet: Any, place: Place = HERE, number: int = 0) -> KeyPair:
    message = secret_message(place, wallet.address, number)
    return KeyPair.of_secret(sign_secret(message, wallet.address, wallet))


def writer(number: int, at: int = NOW - 60, place: Place = HERE, rotation: int = 0) -> Writer:
    wallet = key(number)
    keys = derived(wallet, place, rotation)
    return Writer(wallet, keys, publish(wallet, keys, at, place))


def write(
    sender: Writer,
    *others: Writer,
    content: Content | bytes = HELLO,
    thread: Thread = TRADE,
    after: Envelope | None = None,
    sent_at: int | None = None,
) -> Envelope:
    """Sealed to the others and to the sender itself."""
    place = (0, FIRST) if after is None else (after.header.sequence, after.header.hash())
    data = content if isinstance(content, bytes) else encode(content)
    readers = [one.published for one in (sender, *others)]
    return seal(
        sender.keys,
        sender.published,
        thread.id(sender.published.place),
        place,
        now() if sent_at is None else sent_at,
        data,
        readers,
    )
