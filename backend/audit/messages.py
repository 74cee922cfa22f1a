"""Sealed messages and the keys for them: each must be what its sender signed."""

from __future__ import annotations

from collections.abc import Iterator

from backend.audit.book import Book, Row, compare
from backend.audit.difference import Difference
from backend.audit.signatures import ERC1271, VALID
from backend.chain import Contract
from backend.db.tables import message_threads, messages, messaging_keys
from backend.messages.envelope import FIRST, Envelope, Header, Reader, box_hash
from backend.messages.errors import MessageError
from backend.messages.keys import Publication
from backend.messages.octets import octets, text_of
from backend.messages.threads import Place, Thread

UNSIGNED = "no valid signature"


def audit_messaging_keys(book: Book) -> Iterator[Difference]:
    """Those of this market. When one was posted, only the database knows."""
    for row in book.rows(messaging_keys, **_market(book)):
        keys = _keys_of(row)
        yield from compare(messaging_keys, row, "what was signed", key_id=text_of(keys.id()))
        if not _is_signed(book, keys):
            told_by = f"the signature of {keys.account}"
            yield from compare(messaging_keys, row, told_by, signature=UNSIGNED)


def audit_messages(book: Book) -> Iterator[Difference]:
    """Every message of this market's conversations, in order and without a gap."""
    place = _place(book)
    keys = {row["key_id"]: _keys_of(row) for row in book.rows(messaging_keys, **_market(book))}
    for thread in book.rows(message_threads, **_market(book)):
        thread_id = text_of(Thread.read(thread["name"]).id(place))
        yield from compare(message_threads, thread, "its name", thread_id=thread_id)
        last, previous = 0, text_of(FIRST)
        for row in book.rows(messages, thread_id=thread["thread_id"]):
            envelope = _envelope(place, row)
            last, expected = last + 1, previous
            previous = text_of(envelope.header.hash())
            yield from compare(messages, row, "the message before", previous=expected)
            yield from compare(messages, row, "what was signed", sequence=last, hash=previous)
            if not _holds(envelope, keys.get(row["key_id"])):
                told_by = f"the signature of {row['sender']}"
                yield from compare(messages, row, told_by, signature=UNSIGNED)
        told_by = "the last message"
        yield from compare(message_threads, thread, told_by, last_sequence=last, last_hash=previous)


def _place(book: Book) -> Place:
    return Place(book.deployment.chain_id, book.deployment.address("Escrow"))


def _market(book: Book) -> dict[str, object]:
    return {"chain_id": book.deployment.chain_id, "escrow": book.deployment.address("Escrow")}


def _keys_of(row: Row) -> Publication:
    return Publication(
        Place(row["chain_id"], row["escrow"]),
        row["account"],
        octets(row["sealing_key"], 32),
        octets(row["signing_key"], 32),
        row["created_at"],
        octets(row["signature"]),
    )


def _is_signed(book: Book, keys: Publication) -> bool:
    """By a key, or as the account's wallet contract says."""
    if keys.signed_by_key():
        return True
    if not book.node.has_code(keys.account):
        return False
    wallet = Contract(book.node, "wallet", keys.account, ERC1271)
    return bool(book.ask_at(wallet, "isValidSignature", keys.id(), keys.signature) == VALID)


def _envelope(place: Place, row: Row) -> Envelope:
    readers = tuple(
        Reader(one["account"], octets(one["keyId"], 32), octets(one["sealed"]))
        for one in row["readers"]
    )
    box = octets(row["box"])
    header = Header(
        place,
        octets(row["thread_id"], 32),
        row["sender"],
        octets(row["key_id"], 32),
        row["sequence"],
        octets(row["previous"], 32),
        row["sent_at"],
        octets(row["commitment"], 32),
        box_hash(box, readers),
    )
    return Envelope(header, octets(row["signature"]), box, readers)


def _holds(envelope: Envelope, sender: Publication | None) -> bool:
    if sender is None:
        return False
    try:
        envelope.check(sender)
    except MessageError:
        return False
    return True
