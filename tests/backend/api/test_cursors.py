"""S2: forged, foreign and ancient cursors."""

import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.api import cursors
from backend.api.cursors import CursorScope
from backend.api.errors import Problem

DEPLOYMENT = (31337, "0x" + "ab" * 20)
SHAPE = ("int", "uint", "address", "hash")
LIST = CursorScope.of(DEPLOYMENT, "trades", {"status": "open", "party": None}, SHAPE)
keys = st.tuples(
    st.integers(0, 2**63 - 1),
    st.integers(0, 2**256 - 1),
    st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex()),
    st.binary(min_size=32, max_size=32).map(lambda raw: "0x" + raw.hex()),
)
KEY = (1, 2, "0x" + "Ab" * 20, "0x" + "cd" * 32)


def name_of(scope: CursorScope, cursor: str) -> str:
    with pytest.raises(Problem) as caught:
        scope.decode(cursor)
    return caught.value.kind.name


@given(keys)
def test_every_key_comes_back(key):
    cursor = LIST.encode(key)
    assert LIST.decode(cursor) == key
    assert cursor.isascii()
    assert "=" not in cursor


@given(st.text(max_size=200))
def test_S2_made_up_cursor_is_refused(text):
    assert name_of(LIST, text) == "bad-cursor"


@given(keys, st.data())
def test_S2_one_changed_character_is_noticed(key, data):
    cursor = LIST.encode(key)
    place = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.sampled_from("ABCxyz019-_ \x00é").filter(lambda c: c != cursor[place]))
    assert name_of(LIST, cursor[:place] + other + cursor[place + 1 :]) == "bad-cursor"


@pytest.mark.parametrize(
    "other",
    [
        CursorScope.of((1, DEPLOYMENT[1]), "trades", {"status": "open"}, LIST.shape),
        CursorScope.of(DEPLOYMENT, "offers", {"status": "open"}, LIST.shape),
        CursorScope.of(DEPLOYMENT, "trades", {"status": "closed"}, LIST.shape),
        CursorScope.of(DEPLOYMENT, "trades", {}, LIST.shape),
    ],
    ids=["another chain", "another list", "other filters", "no filters"],
)
def test_S2_cursor_of_another_list_is_refused(other):
    assert name_of(LIST, other.encode(KEY)) == "foreign-cursor"


def test_a_filter_that_is_not_set_makes_no_difference():
    assert CursorScope.of(DEPLOYMENT, "trades", {"status": "open"}, SHAPE) == LIST


def forged(*content: object) -> str:
    """A cursor with a right checksum around whatever content."""
    raw = json.dumps(content).encode()
    return urlsafe_b64encode(cursors._checksum(raw) + raw).rstrip(b"=").decode()


def test_S2_cursor_of_another_version_is_refused():
    assert name_of(LIST, forged(0, "whatever", {"a": 1})) == "outdated-cursor"


@pytest.mark.parametrize(
    "key",
    [
        [],
        ["1"],
        ["1", "2", KEY[2], KEY[3], "5"],
        [str(2**63), "2", KEY[2], KEY[3]],
        ["1", str(2**256), KEY[2], KEY[3]],
        ["-1", "2", KEY[2], KEY[3]],
        ["01", "2", KEY[2], KEY[3]],
        ["1", "2", "' OR 1=1 --", KEY[3]],
        ["1", "2", KEY[2], KEY[2]],
        [1, 2, KEY[2], KEY[3]],
        [None, {}, [], True],
        ["", "", "", ""],
    ],
)
def test_S2_forged_key_is_refused(key):
    assert name_of(LIST, forged(cursors.VERSION, LIST.digest, *key)) == "bad-cursor"


def test_S2_huge_cursor_is_refused_unread():
    assert name_of(LIST, "A" * 10_000_000) == "bad-cursor"
