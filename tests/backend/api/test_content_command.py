"""`commonhold content`, against the service."""

from pathlib import Path

import pytest

from backend.terms.cid import cid_of, content_hash
from tests.backend.api.book import Book
from tests.backend.commands import invoke
from tests.backend.content.pictures import with_a_place, zip_of_names

WORDS = "A bicycle, as new."
CID = cid_of(content_hash(WORDS))


@pytest.fixture
def add(client, book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Sends a file as Alice; what was printed."""
    settings = book.settings
    monkeypatch.setenv("COMMONHOLD_DATABASE", settings.database)
    monkeypatch.setenv("COMMONHOLD_DEPLOYMENT", settings.deployment)

    def send(data: bytes, *arguments: str) -> tuple[int, str]:
        file = tmp_path / "a file"
        file.write_bytes(data)
        options = arguments or ("--as", "alice")
        return invoke("content", "add", file, "--api-url", str(client.base_url), *options)

    return send


def test_words_go_in_and_come_out(add) -> None:
    code, told = add(WORDS.encode())
    assert code == 0, told
    assert CID in told
    assert "0x" + content_hash(WORDS).hex() in told
    for name in (CID, "0x" + content_hash(WORDS).hex()):
        assert invoke("content", "get", name) == (0, WORDS + "\n")


def test_a_picture_is_written_to_a_file(add, tmp_path: Path) -> None:
    code, told = add(with_a_place())
    assert code == 0, told
    (cid,) = [word for word in told.split() if word.startswith("bafkrei")]
    out = tmp_path / "out.jpg"
    code, told = invoke("content", "get", cid, "--out", out)
    assert (code, cid_of(content_hash(out.read_bytes()))) == (0, cid), told


@pytest.mark.parametrize(
    ("data", "arguments", "said"),
    [
        (zip_of_names()[:999], (), "is not taken in"),
        (b"", (), "nothing in it"),
        (WORDS.encode(), ("--as", "nobody"), "Nobody here is called nobody"),
    ],
    ids=["not taken in", "empty", "nobody"],
)
def test_what_is_not_sent(add, data: bytes, arguments: tuple[str, ...], said: str) -> None:
    code, told = add(data, *arguments)
    assert code == 1
    assert said in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "/nowhere/at/all"), "cannot be read"),
        (("get", "x"), "names no content"),
        (("get", "0x" + "zz" * 32), "names no content"),
        (("get", CID), "Nothing is kept"),
    ],
)
def test_bad_input_is_told_of(add, arguments: tuple[str, ...], said: str) -> None:
    code, told = invoke("content", *arguments)
    assert code == 1
    assert said in " ".join(told.split())
    assert invoke("content", arguments[0], "--help")[0] == 0
