"""What is kept, and how: told by the bytes alone."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from backend.content import Kind, Refused, accept
from backend.content.kinds import KEPT_SIDE, MAX_UPLOAD, MAX_WORDS
from tests.backend.content.pictures import (
    PLACE,
    bomb,
    picture,
    picture_and_program,
    with_a_place,
    zip_of_names,
)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_what_it_is(kind: str) -> None:
    found = accept(picture(kind))
    assert found.kind is Kind(f"image/{kind.lower()}")
    with Image.open(io.BytesIO(found.data)) as shown:
        assert (shown.format, shown.size) == (kind, (40, 30))


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright_C1() -> None:
    sent = with_a_place()
    assert sent.count(PLACE) == 2
    found = accept(sent)
    assert PLACE not in found.data
    with Image.open(io.BytesIO(found.data)) as shown:
        assert shown.size == (30, 40)
        assert not shown.getexif()


def test_what_is_a_program_as_well_is_only_a_picture_afterwards_C1() -> None:
    found = accept(picture_and_program())
    assert found.kind is Kind.JPEG
    assert b"script" not in found.data
    assert b"PK" not in found.data


def test_large_pictures_are_made_smaller() -> None:
    with Image.open(io.BytesIO(accept(picture("PNG", (4_000, 1_000))).data)) as shown:
        assert shown.size == (KEPT_SIDE, KEPT_SIDE // 4)


def test_a_picture_that_was_kept_once_is_a_picture_still() -> None:
    once = accept(with_a_place())
    assert accept(once.data).kind is once.kind


@pytest.mark.parametrize("side", [10_001, 30_000, 65_000])
def test_a_bomb_is_not_even_decoded_C2(side: int) -> None:
    with pytest.raises(Refused, match="pixels"):
        accept(bomb(side))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "nothing in it"),
        (b"   \n", "no words"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "neither text|cannot stand"),
        (b"MZ\x90\x00", "neither text|cannot stand"),
        (b"GIF89a" + bytes(20), "neither text|cannot stand"),
        (b"%PDF-1.7\n\x00", "cannot stand"),
        (zip_of_names()[:50_000], "neither text|cannot stand"),
        (zip_of_names(), "at most"),
        (b"\xff\xd8\xff and no more", "cannot be decoded"),
        (picture()[:200], "cannot be decoded"),
        (b"\x89PNG\r\n\x1a\n" + b"<svg onload=alert(1)>", "cannot be decoded"),
        ("a\u202eb".encode(), r"U\+202E"),
        (b"a\x00b", r"U\+0000"),
        (b"a\x1b[2Jb", r"U\+001B"),
        ("e\u0301".encode(), "normal form C"),
        (b"\xc3\x28", "neither text"),
        (b"a" * (MAX_WORDS + 1), "at most"),
        (b"a" * (MAX_UPLOAD + 1), "at most"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:8].hex(),
)
def test_what_is_refused_is_told_why_C3(data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        accept(data)


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda some: picture()[:150] + some))
def test_any_bytes_are_kept_or_refused_C3(data: bytes) -> None:
    try:
        found = accept(data)
    except Refused:
        return
    assert found.kind is not Kind.WORDS or found.data == data
