"""Readers made from the interfaces tell what eth-abi tells, of every event, and refuse what it
refuses."""

from __future__ import annotations

from typing import Any

import pytest
from eth_abi.abi import decode, encode
from eth_utils.abi import collapse_if_tuple
from eth_utils.address import to_checksum_address
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.events import wire
from tests.backend.test_events import EVENTS

ODD: list[dict[str, Any]] = [
    {"type": "tuple[2][]", "components": [{"type": "string"}, {"type": "uint8[3]"}]},
    {"type": "bytes[][2]"},
    {"type": "tuple", "components": [{"type": "address"}, {"type": "bool[2]"}]},
    {"type": "bytes5"},
]
LARGE = [HealthCheck.data_too_large, HealthCheck.too_slow]
SHAPES = [item["inputs"] for _, item in EVENTS] + [ODD]


def values_of(item: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = item["type"]
    if kind.endswith("]"):
        opening = kind.rindex("[")
        inner = values_of({**item, "type": kind[:opening]})
        fixed = kind[opening + 1 : -1]
        least, most = (int(fixed), int(fixed)) if fixed else (0, 2)
        return st.lists(inner, min_size=least, max_size=most).map(tuple)
    if kind == "tuple":
        return st.tuples(*(values_of(part) for part in item["components"]))
    if kind == "address":
        return st.binary(min_size=20, max_size=20).map(to_checksum_address)
    if kind in ("string", "bytes"):
        return st.binary(max_size=40)
    if kind.startswith("bytes"):
        return st.binary(min_size=int(kind[5:]), max_size=int(kind[5:]))
    return st.booleans() if kind == "bool" else st.integers(0, 2 ** int(kind[4:]) - 1)


def types_of(items: list[dict[str, Any]]) -> list[str]:
    return [str(collapse_if_tuple(item)).replace("string", "bytes") for item in items]


def plain(item: dict[str, Any], value: Any) -> Any:
    """What eth-abi tells, in the values of ours."""
    kind = item["type"]
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return tuple(plain(inner, each) for each in value)
    if kind == "tuple":
        return tuple(plain(*pair) for pair in zip(item["components"], value, strict=True))
    if kind == "address":
        return to_checksum_address(value)
    return "0x" + value.hex() if kind.startswith("bytes") else value


@pytest.mark.parametrize("items", SHAPES, ids=lambda items: ",".join(types_of(items))[:40])
def test_values_are_those_that_eth_abi_tells(items: list[dict[str, Any]]) -> None:
    types, read = types_of(items), wire.read_all(items)

    @settings(max_examples=25, deadline=None, suppress_health_check=LARGE)
    @given(values=st.tuples(*(values_of(item) for item in items)))
    def check(values: tuple[Any, ...]) -> None:
        data = encode(types, values)
        expected = decode(types, data)
        found = read(data)
        assert found == tuple(plain(*pair) for pair in zip(items, expected, strict=True))
        for cut in {0, len(data) // 2, len(data) - 32} - {len(data)}:
            if 0 <= cut < len(data):
                with pytest.raises(wire.Malformed):
                    read(data[:cut])

    check()


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("address", b"\1" + bytes(31)),
        ("bool", bytes(31) + b"\2"),
        ("uint8", bytes(30) + b"\1\0"),
        ("bytes5", bytes(5) + b"\1" + bytes(26)),
        ("string", b"\xff" * 32),
        ("uint256[]", bytes(31) + b"\x20" + b"\xff" * 32),
    ],
)
def test_words_that_no_contract_writes_are_refused(kind: str, word: bytes) -> None:
    with pytest.raises(wire.Malformed):
        wire.read_all([{"type": kind}])(word)


def test_a_type_that_no_event_has_is_not_guessed() -> None:
    with pytest.raises(NotImplementedError, match="int8"):
        wire.reader({"type": "int8"})
