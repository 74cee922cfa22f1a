"""One message: encrypted once, its key sealed to each reader, its header signed by the sender.

The header commits to the content (BLAKE2b with a random opening), to the ciphertext with all its
readers, and to the message before it. `docs/decisions` says why this cannot be denied or forged.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_sign,
    crypto_sign_BYTES,
    crypto_sign_open,
)
from nacl.exceptions import CryptoError

from backend.messages.errors import BadMessage, LostKey
from backend.messages.keys import KeyPair, Publication
from backend.messages.octets import account_octets, digest, word
from backend.messages.padding import BUCKETS, pad, unpad
from backend.messages.threads import Place

NONCE, TAG, OPENING, KEY, SEALED = 24, 16, 32, 32, 80
BOX_SIZES = tuple(NONCE + TAG + OPENING + bucket for bucket in BUCKETS)
MOST_READERS = 8
FIRST = bytes(32)  # what comes before the first message of a thread


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom the message's key is sealed to, and to which of the account's keys."""

    account: str
    key_id: bytes
    sealed: bytes

    def octets(self) -> bytes:
        return account_octets(self.account) + self.key_id + self.sealed


@dataclass(frozen=True, slots=True)
class Header:
    """What the sender signs. `sequence` counts from 1 in the thread, `previous` is the hash of the
    message before; `sent_at` is unix seconds by the sender's clock."""

    place: Place
    thread: bytes
    sender: str
    key_id: bytes
    sequence: int
    previous: bytes
    sent_at: int
    commitment: bytes
    box_hash: bytes

    def octets(self) -> bytes:
        fixed = (self.thread, self.key_id, self.previous, self.commitment, self.box_hash)
        if any(len(part) != 32 for part in fixed):
            raise BadMessage("a hash is 32 octets")
        return b"".join(
            (
                b"commonhold message header 1".ljust(32, b"\0"),
                self.place.octets(),
                self.thread,
                account_octets(self.sender),
                self.key_id,
                word(self.sequence),
                self.previous,
                word(self.sent_at),
                self.commitment,
                self.box_hash,
            )
        )

    def hash(self) -> bytes:
        """What the next message names as the one before it."""
        return digest("commonhold message 1", self.octets())

    def check_signature(self, signing_key: bytes, signature: bytes) -> None:
        """BadMessage: this key did not sign it."""
        if len(signature) != crypto_sign_BYTES:
            raise BadMessage("a signature of a message is 64 octets")
        try:
            crypto_sign_open(signature + self.octets(), signing_key)
        except CryptoError:
            raise BadMessage("the sender's key did not sign this message") from None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message as it is sent and kept."""

    header: Header
    signature: bytes
    box: bytes
    readers: tuple[Reader, ...]

    def check(self, sender: Publication) -> None:
        """All that can be told without any secret. BadMessage says what is wrong."""
        header = self.header
        if header.place != sender.place:
            raise BadMessage("it is of another market")
        if (header.sender, header.key_id) != (sender.account, sender.id()):
            raise BadMessage("it is not signed with this key of this sender")
        if header.sent_at < sender.created_at:
            raise BadMessage("it is from before the key it is signed with")
        if len(self.box) not in BOX_SIZES:
            raise BadMessage("its ciphertext is of no size that a message has")
        names = [reader.account for reader in self.readers]
        if not 0 < len(names) <= MOST_READERS or len(set(names)) != len(names):
            raise BadMessage(f"a message has 1 to {MOST_READERS} readers, each once")
        if any(len(one.sealed) != SEALED or len(one.key_id) != 32 for one in self.readers):
            raise BadMessage(f"a sealed key is {SEALED} octets")
        if header.box_hash != box_hash(self.box, self.readers):
            raise BadMessage("its ciphertext or its readers are not those that were signed")
        header.check_signature(sender.signing_key, self.signature)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a reader finds, and what it takes to prove it to others."""

    content: bytes
    opening: bytes


def box_hash(box: bytes, readers: Sequence[Reader]) -> bytes:
    return digest(
        "commonhold box 1",
        word(len(readers)),
        *(reader.octets() for reader in readers),
        box,
    )


def commitment_to(thread: bytes, sender: str, opening: bytes, content: bytes) -> bytes:
    """Hides the content while the opening is secret, and binds the sender to it."""
    if len(opening) != OPENING or len(thread) != 32:
        raise BadMessage("an opening is 32 octets")
    return digest("commonhold content 1", thread, account_octets(sender), opening, content)


def seal(
    keys: KeyPair,
    sender: Publication,
    thread: bytes,
    after: tuple[int, bytes],
    sent_at: int,
    content: bytes,
    readers: Sequence[Publication],
) -> Envelope:
    """A message to these readers, who follow on message `after` (its sequence and hash; 0 and
    FIRST at the beginning). BadMessage: too large, or not with these keys."""
    if (keys.sealing_key, keys.signing_key) != (sender.sealing_key, sender.signing_key):
        raise BadMessage("these are not the keys that the sender published")
    key, opening = secrets.token_bytes(KEY), secrets.token_bytes(OPENING)
    nonce = secrets.token_bytes(NONCE)
    bound = thread + account_octets(sender.account)
    box = nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(
        opening + pad(content), bound, nonce, key
    )
    sealed = tuple(
        Reader(one.account, one.id(), crypto_box_seal(key, one.sealing_key)) for one in readers
    )
    header = Header(
        sender.place,
        thread,
        sender.account,
        sender.id(),
        after[0] + 1,
        after[1],
        sent_at,
        commitment_to(thread, sender.account, opening, content),
        box_hash(box, sealed),
    )
    signature = crypto_sign(header.octets(), keys.signing_secret)[:crypto_sign_BYTES]
    made = Envelope(header, signature, box, sealed)
    made.check(sender)
    return made


def open_envelope(
    envelope: Envelope, sender: Publication, account: str, keys: KeyPair, key_id: bytes
) -> Opened:
    """The content, checked against what the sender signed.

    `keys` are the reader's under the published `key_id`. Raises LostKey where the message is sealed
    to another one, BadMessage where it is not what it claims, or cannot be opened by this reader.
    """
    envelope.check(sender)
    mine = [one for one in envelope.readers if one.account == account]
    if not mine:
        raise LostKey(f"it was not sealed to {account}")
    if mine[0].key_id != key_id:
        raise LostKey("it was sealed to another of your keys: with that one lost, it is lost too")
    header = envelope.header
    try:
        key = crypto_box_seal_open(mine[0].sealed, keys.sealing_key, keys.sealing_secret)
        bound = header.thread + account_octets(header.sender)
        nonce, rest = envelope.box[:NONCE], envelope.box[NONCE:]
        inside = crypto_aead_xchacha20poly1305_ietf_decrypt(rest, bound, nonce, key)
    except (CryptoError, ValueError, TypeError):
        raise BadMessage("the sender sealed something else than the key of this message") from None
    opening, content = inside[:OPENING], unpad(inside[OPENING:])
    if commitment_to(header.thread, header.sender, opening, content) != header.commitment:
        raise BadMessage("the sender signed another content than this one")
    return Opened(content, opening)
