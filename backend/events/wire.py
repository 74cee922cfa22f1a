"""Reading values as contracts encode them (the ABI), by readers made once for each type.

A reader is given the data and two places in it, in bytes: where the head of its value is, and
where the offsets in that head count from. Values are ints, bools, checksummed addresses, byte
strings as 0x hex, tuples; text stays bytes, for it may be no text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from eth_utils.address import to_checksum_address

Item = Mapping[str, Any]  # a parameter, or a member, in the ABI's JSON
Reader = Callable[[bytes, int, int], Any]

WORD = 32
MOST_ADDRESSES = 65_536  # whose checksum is kept


class Malformed(ValueError):
    """Data that no contract would encode so."""


def read_all(items: Sequence[Item]) -> Callable[[bytes], tuple[Any, ...]]:
    """Reads the values of a whole list of parameters. Raises Malformed."""
    read, size, _ = _tuple(items)

    def whole(data: bytes) -> tuple[Any, ...]:
        if len(data) < size:
            raise Malformed(f"{len(data)} bytes where {size} are the least")
        return read(data, 0, 0)  # type: ignore[no-any-return]

    return whole


@lru_cache(MOST_ADDRESSES)
def checksummed(word: bytes) -> str:
    """The address in a word's last 20 bytes."""
    if any(word[:12]):
        raise Malformed(f"{word.hex()} is no address")
    return to_checksum_address(word[12:])


def reader(item: Item) -> tuple[Reader, int, bool]:
    """How a type is read, the size of its head in bytes, and whether that is an offset."""
    kind = str(item["type"])
    if kind.endswith("]"):
        return _array(item, kind)
    if kind == "tuple":
        read, size, dynamic = _tuple(item["components"])
        return (_behind(read), WORD, True) if dynamic else (_inside(read), size, False)
    if kind == "string":
        return _behind(_text), WORD, True
    if kind == "bytes":
        return _behind(lambda data, at, base: "0x" + _text(data, at, base).hex()), WORD, True
    return _word(kind), WORD, False


def _word(kind: str) -> Reader:
    if kind == "address":
        return lambda data, at, _: checksummed(data[at : at + WORD])
    if kind == "bool":
        return _bool
    if kind.startswith("bytes"):
        return _fixed(int(kind.removeprefix("bytes")))
    if kind.startswith("uint"):
        bits = int(kind.removeprefix("uint"))
        return _number if bits == 256 else _narrow(bits)
    raise NotImplementedError(f"no event of ours has a value of type {kind}")


def _number(data: bytes, at: int, _base: int) -> int:
    return int.from_bytes(data[at : at + WORD], "big")


def _narrow(bits: int) -> Reader:
    def read(data: bytes, at: int, _base: int) -> int:
        value = int.from_bytes(data[at : at + WORD], "big")
        if value >> bits:
            raise Malformed(f"{value} does not fit into {bits} bits")
        return value

    return read


def _bool(data: bytes, at: int, _base: int) -> bool:
    value = int.from_bytes(data[at : at + WORD], "big")
    if value > 1:
        raise Malformed(f"{value} is neither true nor false")
    return value == 1


def _fixed(size: int) -> Reader:
    def read(data: bytes, at: int, _base: int) -> str:
        if any(data[at + size : at + WORD]):
            raise Malformed(f"more than {size} bytes")
        return "0x" + data[at : at + size].hex()

    return read


def _text(data: bytes, at: int, _base: int) -> bytes:
    size, start = _length(data, at), at + WORD
    if start + size > len(data):
        raise Malformed("a text that goes on behind the end")
    return data[start : start + size]


def _length(data: bytes, at: int) -> int:
    if at + WORD > len(data):
        raise Malformed("a length behind the end")
    return int.from_bytes(data[at : at + WORD], "big")


def _behind(read: Reader) -> Reader:
    """A value that the head has the offset of."""

    def follow(data: bytes, at: int, base: int) -> Any:
        place = base + int.from_bytes(data[at : at + WORD], "big")
        if place > len(data):
            raise Malformed("an offset behind the end")
        return read(data, place, place)

    return follow


def _inside(read: Reader) -> Reader:
    return lambda data, at, _base: read(data, at, at)


def _tuple(items: Sequence[Item]) -> tuple[Reader, int, bool]:
    """Its members one after the other; its size is that of their heads."""
    members: list[tuple[Reader, int]] = []
    size, any_dynamic = 0, False
    for item in items:
        read, head, dynamic = reader(item)
        members.append((read, size))
        size += head
        any_dynamic |= dynamic

    def whole(data: bytes, at: int, base: int) -> tuple[Any, ...]:
        if at + size > len(data):
            raise Malformed("members behind the end")
        return tuple([read(data, at + place, base) for read, place in members])

    return whole, size, any_dynamic


def _array(item: Item, kind: str) -> tuple[Reader, int, bool]:
    opening = kind.rindex("[")
    one, size, dynamic = reader({**item, "type": kind[:opening]})
    fixed = kind[opening + 1 : -1]

    def elements(data: bytes, at: int, count: int) -> tuple[Any, ...]:
        if at + count * size > len(data):
            raise Malformed("a list that goes on behind the end")
        return tuple([one(data, place, at) for place in range(at, at + count * size, size)])

    if not fixed:
        return _behind(lambda data, at, _: elements(data, at + WORD, _length(data, at))), WORD, True
    count = int(fixed)
    if dynamic:
        return _behind(lambda data, at, _: elements(data, at, count)), WORD, True
    return (lambda data, at, _: elements(data, at, count)), size * count, False
