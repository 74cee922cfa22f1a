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
LIST = CursorScope.of(DEPLOYMENT, "trades", {"status": "open", "party": None}, (int, int, str))
keys = st.tuples(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1), st.text(max_size=80))


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
    assert name_of(LIST, other.encode((1, 2, "x"))) == "foreign-cursor"


def test_a_filter_that_is_not_set_makes_no_difference():
    assert CursorScope.of(DEPLOYMENT, "trades", {"status": "open"}, (int, int, str)) == LIST


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
        ["0x1"],
        ["0x1", "0x2", "0x3"],
        ["0x1", "0x2", "=x", "=y"],
        ["-0x1", "0x2", "=x"],
        ["0x8000000000000000", "0x2", "=x"],
        [1, 2, 3],
        [None, {}, []],
        ["", "", ""],
    ],
)
def test_S2_forged_key_is_refused(key):
    assert name_of(LIST, forged(cursors.VERSION, LIST.digest, *key)) == "bad-cursor"


def test_S2_huge_cursor_is_refused_unread():
    assert name_of(LIST, "A" * 10_000_000) == "bad-cursor"
