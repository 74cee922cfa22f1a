"""Words and pictures through the service, signed by who sends them."""

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.people import Person
from backend.terms.cid import cid_of, content_hash
from backend.terms.upload import Upload
from tests.backend.api.book import Book
from tests.backend.content.pictures import PLACE, bomb, picture, with_a_place, zip_of_names

WORDS = b"A bicycle, as new.\n\n# <script>alert(1)</script>"


def signed(
    book: Book, data: bytes, who: Person = Person.ALICE, seconds: int = 600, **other: Any
) -> dict[str, str]:
    deployment = book.settings.read_deployment()
    values = {
        "chain_id": deployment.chain_id,
        "escrow": deployment.address("Escrow"),
        "content_hash": content_hash(data),
        "uploader": who.address,
        "expires_at": int(time.time()) + seconds,
    } | other
    upload = Upload(**values)
    signature = who.account.sign_message(upload.message()).signature
    return {
        "Commonhold-Uploader": who.address,
        "Commonhold-Expires": str(upload.expires_at),
        "Commonhold-Signature": "0x" + bytes(signature).hex(),
        "Content-Type": "application/octet-stream",
    }


def post(client: httpx.Client, book: Book, data: bytes, **options: Any) -> httpx.Response:
    headers = signed(book, data, **options)
    return client.post("/api/v1/content", content=data, headers=headers)


def problem(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition(":")[2]


def test_words_are_kept_under_their_hash_and_given_to_anybody(client: httpx.Client, book: Book):
    answer = post(client, book, WORDS)
    assert answer.status_code == 201
    told = answer.json()
    assert told["hash"] == "0x" + content_hash(WORDS).hex()
    assert told["cid"] == cid_of(content_hash(WORDS))
    assert (told["kind"], told["size"]) == ("text/plain", len(WORDS))
    assert answer.headers["location"] == told["href"]
    assert post(client, book, WORDS).status_code == 200

    found = client.get(told["href"])
    assert found.content == WORDS
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in found.headers["content-security-policy"]
    assert "immutable" in found.headers["cache-control"]
    again = client.get(told["href"], headers={"If-None-Match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    by_hash = client.get(f"/api/v1/content/by-hash/{told['hash']}")
    assert by_hash.content == WORDS
    shown = client.get(told["href"] + "/shown")
    assert "<h1>&lt;script&gt;" in shown.text
    assert "<script" not in shown.text


def test_a_picture_comes_back_without_the_place_it_was_taken_C1(client: httpx.Client, book: Book):
    sent = with_a_place()
    told = post(client, book, sent).json()
    assert told["hash"] != "0x" + content_hash(sent).hex()
    found = client.get(told["href"])
    assert found.headers["content-type"] == "image/jpeg"
    assert PLACE not in found.content
    assert content_hash(found.content).hex() == told["hash"][2:]
    assert client.get(told["href"] + "/shown").status_code == 422


@pytest.mark.parametrize(
    "data",
    [bomb(), zip_of_names(), b"\x7fELF\x02", b"", picture()[:100], "\u202e".encode()],
    ids=["bomb", "zip", "program", "nothing", "half a picture", "turned words"],
)
def test_hostile_content_is_refused_with_a_reason_C3(client: httpx.Client, book: Book, data: bytes):
    answer = post(client, book, data)
    assert (answer.status_code, problem(answer)) == (400, "content-refused")
    assert answer.json()["detail"]
    missing = client.get(f"/api/v1/content/{cid_of(content_hash(data))}")
    assert (missing.status_code, problem(missing)) == (404, "content-missing")


def test_huge_content_is_not_read_to_its_end_C4(client: httpx.Client, book: Book):
    answer = post(client, book, bytes(12_000_001))
    assert (answer.status_code, problem(answer)) == (413, "body-too-large")


@pytest.mark.parametrize(
    "forged",
    [
        {"chain_id": 1},
        {"escrow": Person.RITA.address},
        {"content_hash": content_hash(b"other words")},
        {"uploader": Person.BOB.address},
    ],
    ids=["chain", "market", "words", "uploader"],
)
def test_a_signature_for_something_else_is_refused_C6(
    client: httpx.Client, book: Book, forged: dict[str, Any]
):
    headers = signed(book, WORDS, **forged)
    answer = client.post("/api/v1/content", content=WORDS, headers=headers)
    # An account that has no such key may be a contract: then the node is asked, which is away here.
    assert problem(answer) in ("upload-not-signed", "node-unreachable")
    assert client.get(f"/api/v1/content/{cid_of(content_hash(WORDS))}").status_code == 404


@pytest.mark.parametrize("seconds", [-1, 0, 3_700])
def test_a_signature_holds_for_an_hour_at_most_C6(client: httpx.Client, book: Book, seconds: int):
    answer = post(client, book, WORDS, seconds=seconds)
    assert (answer.status_code, problem(answer)) == (400, "upload-expired")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Commonhold-Uploader", "alice"),
        ("Commonhold-Uploader", "0x" + "00" * 19),
        ("Commonhold-Expires", "soon"),
        ("Commonhold-Expires", str(2**64)),
        ("Commonhold-Signature", "0x0"),
        ("Commonhold-Signature", None),
    ],
)
def test_bad_headers_are_named(client: httpx.Client, book: Book, name: str, value: str | None):
    headers = signed(book, WORDS)
    del headers[name]
    if value is not None:
        headers[name] = value
    answer = client.post("/api/v1/content", content=WORDS, headers=headers)
    assert answer.status_code == 422
    assert name.lower() in str(answer.json()["errors"]).lower()


@pytest.mark.parametrize("cid", ["x", "../../etc/passwd", "bafybei" + "a" * 52, "b" * 59])
def test_other_names_are_refused_C7(client: httpx.Client, cid: str):
    assert client.get(f"/api/v1/content/{cid}").status_code in (404, 422)


def test_what_was_altered_is_not_given_out_and_can_be_brought_again_C7(
    client: httpx.Client, book: Book
):
    told = post(client, book, WORDS).json()
    place = Path(book.settings.content_place)
    (file,) = [path for path in place.rglob("*") if path.is_file()]
    file.write_bytes(b"other words")
    answer = client.get(told["href"])
    assert (answer.status_code, problem(answer)) == (502, "content-altered")
    assert post(client, book, WORDS).status_code == 200
    assert client.get(told["href"]).content == WORDS


def test_an_uploader_may_send_so_much_a_day_C4(
    client: httpx.Client, book: Book, served: tuple[Any, str]
):
    limit = served[0].state.context.limits.uploads_per_day
    sent = [f"{number} ".encode() * 16_000 for number in range(10, 30)]
    answers = [post(client, book, data) for data in sent]
    statuses = [answer.status_code for answer in answers]
    fitting = limit // len(sent[0])
    assert statuses == [201] * fitting + [429] * (len(sent) - fitting)
    assert problem(answers[-1]) == "too-much-content"
    assert post(client, book, sent[-1], who=Person.BOB).status_code == 201
