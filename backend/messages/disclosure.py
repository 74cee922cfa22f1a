"""Chosen messages of a thread, shown to others with what proves them; the rest stays sealed.

A disclosure is the content and opening of each message, its signed header, and the publication of
the key it was signed with. Nothing secret is needed to verify it, and nothing in it opens another
message. In a file it is JSON in one form only: who changes a bit of it has nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from backend.messages.content import Content, decode
from backend.messages.envelope import Envelope, Header, Opened, commitment_to
from backend.messages.errors import BadDisclosure, MessageError
from backend.messages.keys import Publication
from backend.messages.octets import octets, text_of
from backend.messages.threads import Place, Thread

FORMAT = "commonhold disclosure 1"
MOST = 100  # messages in one disclosure

# Whether the account of these keys is a wallet contract that takes their signature (ERC-1271).
Asked = Callable[[Publication], bool]


def nobody(keys: Publication) -> bool:
    """Where no node can be asked: no wallet contract has signed anything."""
    return False


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that was proven: `sender` wrote `content` in the thread at this place."""

    sender: str
    sequence: int
    sent_at: int
    content: Content
    by_contract: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a disclosure proves."""

    place: Place
    thread: Thread
    messages: tuple[Shown, ...]


def disclose(
    thread: Thread, chosen: Sequence[tuple[Envelope, Opened, Publication]]
) -> dict[str, Any]:
    """The disclosure of these messages, each with its sender's key. BadDisclosure: not of one
    thread, too many, or none."""
    if not 0 < len(chosen) <= MOST:
        raise BadDisclosure(f"a disclosure shows 1 to {MOST} messages")
    place = chosen[0][0].header.place
    if any(one.header.thread != thread.id(place) for one, _, _ in chosen):
        raise BadDisclosure("a disclosure is of one thread")
    found = {
        "format": FORMAT,
        "chainId": place.chain_id,
        "escrow": place.escrow,
        "thread": str(thread),
        "keys": [
            key.to_json()
            for _, key in sorted({sender.id(): sender for _, _, sender in chosen}.items())
        ],
        "messages": [
            _message(envelope, opened)
            for envelope, opened, _ in sorted(chosen, key=lambda one: one[0].header.sequence)
        ],
    }
    return found


def to_text(disclosure: dict[str, Any]) -> str:
    """The one text of a disclosure, for a file."""
    return json.dumps(disclosure, sort_keys=True, separators=(",", ":")) + "\n"


def verify_text(text: str, asked: Asked = nobody) -> Evidence:
    """What a file proves. BadDisclosure: nothing."""
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or to_text(found) != text:
            raise BadDisclosure("it is not in the one form that a disclosure has")
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadDisclosure):
            raise
        raise BadDisclosure("it is no JSON") from None
    return verify(found, asked)


def verify(found: dict[str, Any], asked: Asked = nobody) -> Evidence:
    """What a disclosure proves. BadDisclosure: nothing, for this reason."""
    try:
        return _verify(found, asked)
    except BadDisclosure:
        raise
    except MessageError as error:
        raise BadDisclosure(str(error)) from None
    except (KeyError, TypeError, AttributeError, OverflowError, ValueError):
        raise BadDisclosure("a part of it is missing, or is not what it must be") from None


_PARTS = {"format", "chainId", "escrow", "thread", "keys", "messages"}
_KEY_PARTS = {"account", "sealingKey", "signingKey", "createdAt", "signature"}
_MESSAGE_PARTS = {
    *("sender", "keyId", "sequence", "previous", "sentAt", "boxHash"),
    *("signature", "opening", "content"),
}


def _verify(found: dict[str, Any], asked: Asked) -> Evidence:
    _only(found, _PARTS)
    if found["format"] != FORMAT:
        raise BadDisclosure(f"its format is not {FORMAT!r}")
    place = Place(_number(found["chainId"]), found["escrow"])
    place.octets()  # refuses what is no address
    thread = Thread.read(found["thread"])
    keys = {}
    for one in found["keys"]:
        _only(one, _KEY_PARTS)
        _number(one["createdAt"])
        key = Publication.of_json(place, one)
        key.check()
        keys[key.id()] = key
    messages = found["messages"]
    if list(keys) != sorted(keys) or len(keys) != len(found["keys"]):
        raise BadDisclosure("its keys are not in order, or one is there twice")
    if not 0 < len(messages) <= MOST:
        raise BadDisclosure(f"a disclosure shows 1 to {MOST} messages")
    by_contract = {key_id: _check_wallet(key, asked) for key_id, key in keys.items()}
    proven = [_check(place, thread, keys, one) for one in messages]
    if {header.key_id for header, _ in proven} != set(keys):
        raise BadDisclosure("it has a key that none of its messages is signed with")
    for (one, _), (other, _) in pairwise(proven):
        if other.sequence <= one.sequence:
            raise BadDisclosure("its messages are not in order, or two have one number")
        if other.sequence == one.sequence + 1 and other.previous != one.hash():
            raise BadDisclosure(
                f"messages {one.sequence} and {other.sequence} do not follow on each other"
            )
    return Evidence(
        place,
        thread,
        tuple(
            Shown(
                header.sender,
                header.sequence,
                header.sent_at,
                content,
                by_contract[header.key_id],
            )
            for header, content in proven
        ),
    )


def _check_wallet(key: Publication, asked: Asked) -> bool:
    """Whether it was a wallet contract that published this key."""
    if key.signed_by_key():
        return False
    if asked(key):
        return True
    raise BadDisclosure(
        f"{key.account} did not publish this key: no key of it signed that, nor is it known that a"
        " contract there would take it"
    )


def _check(
    place: Place, thread: Thread, keys: dict[bytes, Publication], one: dict[str, Any]
) -> tuple[Header, Content]:
    _only(one, _MESSAGE_PARTS)
    content, opening = octets(one["content"]), octets(one["opening"], 32)
    thread_id = thread.id(place)
    header = Header(
        place,
        thread_id,
        one["sender"],
        octets(one["keyId"], 32),
        _number(one["sequence"]),
        octets(one["previous"], 32),
        _number(one["sentAt"]),
        commitment_to(thread_id, one["sender"], opening, content),
        octets(one["boxHash"], 32),
    )
    key = keys.get(header.key_id)
    if key is None or key.account != header.sender:
        raise BadDisclosure(
            f"the key of message {header.sequence} is not there, or not its sender's"
        )
    if header.sent_at < key.created_at:
        raise BadDisclosure(f"message {header.sequence} is from before its key")
    header.check_signature(key.signing_key, octets(one["signature"]))
    return header, decode(content)


def _message(envelope: Envelope, opened: Opened) -> dict[str, Any]:
    header = envelope.header
    return {
        "sender": header.sender,
        "keyId": text_of(header.key_id),
        "sequence": header.sequence,
        "previous": text_of(header.previous),
        "sentAt": header.sent_at,
        "boxHash": text_of(header.box_hash),
        "signature": text_of(envelope.signature),
        "opening": text_of(opened.opening),
        "content": text_of(opened.content),
    }


def _only(found: dict[str, Any], names: set[str]) -> None:
    if set(found) != names:
        raise BadDisclosure(f"it must have {', '.join(sorted(names))}, and nothing else")


def _number(found: Any) -> int:
    if type(found) is not int or not 0 <= found < 1 << 53:
        raise BadDisclosure("a number is whole, from 0 to 2^53 - 1")
    return found
