"""Sealed messages and the keys for them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row

from backend.api.fields import AddressIn, Bytes32In, SignatureIn
from backend.api.schemas.base import BlockOut, Shape
from backend.messages.envelope import MOST_READERS, Envelope, Header, Reader, box_hash
from backend.messages.keys import Publication
from backend.messages.octets import octets, text_of
from backend.messages.threads import Place, Thread

Moment = Annotated[int, Field(ge=0, lt=2**53, description="Unix seconds.")]
Sequence = Annotated[int, Field(ge=1, lt=2**31)]
Box = Annotated[str, Field(pattern="^0x([0-9a-f]{2})*$", max_length=33_000)]
Sealed = Annotated[str, Field(pattern="^0x[0-9a-f]{160}$")]
Signature64 = Annotated[str, Field(pattern="^0x[0-9a-f]{128}$")]
ChainId = Annotated[int, Field(ge=1, lt=2**53)]


class PublishedKeys(Shape):
    """The EIP-712 message `MessagingKey` as the wallet signed it, without its `purpose`."""

    chain_id: ChainId
    escrow: AddressIn
    account: AddressIn
    sealing_key: Annotated[Bytes32In, Field(description="X25519.")]
    signing_key: Annotated[Bytes32In, Field(description="Ed25519.")]
    created_at: Moment
    signature: SignatureIn

    def publication(self) -> Publication:
        return Publication(
            Place(self.chain_id, self.escrow),
            self.account,
            octets(self.sealing_key),
            octets(self.signing_key),
            self.created_at,
            octets(self.signature),
        )


class KeysOut(Shape):
    """Keys of an account; `keyId` is the EIP-712 digest that its wallet signed, and what messages
    name them by. `postedAt` is when they came here (wall clock, unix seconds)."""

    key_id: str
    account: str
    sealing_key: str
    signing_key: str
    created_at: int
    signature: str
    posted_at: int

    @classmethod
    def of(cls, row: Row[Any]) -> KeysOut:
        return cls(
            key_id=row.key_id,
            account=row.account,
            sealing_key=row.sealing_key,
            signing_key=row.signing_key,
            created_at=row.created_at,
            signature=row.signature,
            posted_at=row.posted_at,
        )


class KeyHistoryOut(Shape):
    """All keys that an account ever published, the newest first; `current` is in use, and null
    where there are none: then nobody can write to it."""

    account: str
    current: KeysOut | None
    history: list[KeysOut]
    as_of: BlockOut


class ReaderShape(Shape):
    """Whom a message is sealed to, and to which of its keys."""

    account: AddressIn
    key_id: Bytes32In
    sealed: Sealed


class PostedMessage(Shape):
    """A message as its sender sealed and signed it: see docs/messages.md for every octet."""

    chain_id: ChainId
    escrow: AddressIn
    sender: AddressIn
    key_id: Bytes32In
    sequence: Sequence
    previous: Bytes32In
    sent_at: Moment
    commitment: Bytes32In
    signature: Signature64
    box: Box
    readers: Annotated[list[ReaderShape], Field(min_length=1, max_length=MOST_READERS)]

    def envelope(self, thread: Thread) -> Envelope:
        place = Place(self.chain_id, self.escrow)
        readers = tuple(
            Reader(one.account, octets(one.key_id), octets(one.sealed)) for one in self.readers
        )
        box = octets(self.box)
        header = Header(
            place,
            thread.id(place),
            self.sender,
            octets(self.key_id),
            self.sequence,
            octets(self.previous),
            self.sent_at,
            octets(self.commitment),
            box_hash(box, readers),
        )
        return Envelope(header, octets(self.signature), box, readers)

    @classmethod
    def of(cls, envelope: Envelope) -> PostedMessage:
        header = envelope.header
        return cls(
            chain_id=header.place.chain_id,
            escrow=header.place.escrow,
            sender=header.sender,
            key_id=text_of(header.key_id),
            sequence=header.sequence,
            previous=text_of(header.previous),
            sent_at=header.sent_at,
            commitment=text_of(header.commitment),
            signature=text_of(envelope.signature),
            box=text_of(envelope.box),
            readers=[
                ReaderShape(
                    account=one.account, key_id=text_of(one.key_id), sealed=text_of(one.sealed)
                )
                for one in envelope.readers
            ],
        )


class MessageOut(Shape):
    """A sealed message; `postedAt` is when it came here (wall clock, unix seconds)."""

    hash: str
    sender: str
    key_id: str
    sequence: int
    previous: str
    sent_at: int
    commitment: str
    signature: str
    box: str
    readers: list[ReaderShape]
    posted_at: int

    @classmethod
    def of(cls, row: Row[Any]) -> MessageOut:
        return cls(
            hash=row.hash,
            sender=row.sender,
            key_id=row.key_id,
            sequence=row.sequence,
            previous=row.previous,
            sent_at=row.sent_at,
            commitment=row.commitment,
            signature=row.signature,
            box=row.box,
            readers=[ReaderShape.model_validate(one) for one in row.readers],
            posted_at=row.posted_at,
        )


class TakenInOut(Shape):
    """A message that was taken in; `unreachable` are parties without keys, who cannot read it."""

    thread: str
    hash: str
    sequence: int
    posted_at: int
    unreachable: list[str]


class PartyOut(Shape):
    """Who reads and writes there; without keys it can do neither."""

    account: str
    keys: KeysOut | None


class ConversationOut(Shape):
    """Part of a conversation, in its order. `previous` is what the next message names as the one
    before it, `readUpTo` what the asking account said it has read."""

    thread: str
    thread_id: str
    parties: list[PartyOut]
    last_sequence: int
    previous: str
    read_up_to: int
    unread: int
    items: list[MessageOut]
    next_cursor: str | None
    as_of: BlockOut


class ThreadOut(Shape):
    """A conversation in short; `lastPostedAt` is wall clock, unix seconds."""

    thread: str
    thread_id: str
    last_sequence: int
    last_posted_at: int
    read_up_to: int
    unread: int


class ReadUpTo(Shape):
    """The number of the last message that was read."""

    sequence: Sequence


class UnreadOut(Shape):
    """How many messages of others are left."""

    thread: str
    read_up_to: int
    unread: int


class DisclosureFile(Shape):
    """The text of a disclosure, to the octet."""

    file: Annotated[str, Field(max_length=250_000)]


class ProvenOut(Shape):
    """A message that was proven. `byContract`: its key was published by a wallet contract, which
    was asked now (ERC-1271), and may have answered otherwise before."""

    sender: str
    sequence: int
    sent_at: int
    content: dict[str, Any]
    by_contract: bool


class VerdictOut(Shape):
    """Whether a disclosure holds; if not, `reason` says why, and nothing in it is proven."""

    holds: bool
    reason: str | None
    chain_id: int | None
    escrow: str | None
    thread: str | None
    messages: list[ProvenOut]
