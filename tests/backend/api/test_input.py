"""S1 to S5: what comes in and cannot be read."""

import threading
import time

import pytest

from tests.backend.api.book import ALICE, START, Book, time_of
from tests.backend.api.serving import problem_of

V1 = "/api/v1"


@pytest.mark.parametrize(
    "query",
    [
        "party=0x12",
        "party=" + ALICE.swapcase().replace("0X", "0x"),
        "party=" + ALICE + "%00",
        "party=%FF%FE",
        "party=<script>",
        "party=' OR 1=1 --",
        "status=gone",
        "kind=0",
        "kind=11",
        "kind=1.5",
        "kind=99999999999999999999999999999999",
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=1e9",
        "limit=9007199254740993",
        "offer=0x00",
        "minBlock=-1",
        "minBlock=115792089237316195423570985008687907853269984665640564039457584007913129639936",
        "statsu=open",
        "limit=5&limit=6",
        "cursor=",
        "cursor=" + "A" * 2000,
    ],
    ids=lambda query: query[:40],
)
def test_S1_S3_S4_S5_parameter_that_cannot_be_read(quiet_client, query):
    response = quiet_client.get(f"{V1}/trades?{query}")
    body = response.json()
    assert response.status_code == 422, body
    assert response.headers["content-type"] == "application/problem+json"
    name = body["type"].split(":")[-1]
    assert name == ("bad-cursor" if query.startswith("cursor=A") else "malformed-input")
    if name == "malformed-input":
        assert body["errors"][0]["parameter"] == query.split("=")[0]
    assert "Traceback" not in response.text
    assert "pydantic" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "trades/0x12",
        "trades/" + "g" * 66,
        "proposals/-1",
        "proposals/abc",
        "proposals/" + str(2**256),
        "proposals/01",
        "rules/0",
        "rules/-3",
        "rules/" + str(2**63),
        "accounts/0x0",
        "accounts/%00",
        "members/%FF",
        "offers/0x",
    ],
)
def test_S1_S3_path_that_cannot_be_read(quiet_client, path):
    problem_of(quiet_client.get(f"{V1}/{path}"), 422, "malformed-input")


def test_S4_any_case_is_taken_where_there_is_no_checksum(quiet_client):
    for spelling in (ALICE, ALICE.lower(), "0x" + ALICE[2:].upper()):
        assert quiet_client.get(f"{V1}/accounts/{spelling}").json()["account"] == ALICE


def test_S4_wrong_checksum_is_told(quiet_client):
    letters = [i for i, c in enumerate(ALICE) if i > 1 and c.isalpha()]
    place = letters[-1]
    wrong = ALICE[:place] + ALICE[place].swapcase() + ALICE[place + 1 :]
    problem = problem_of(quiet_client.get(f"{V1}/accounts/{wrong}"), 422, "malformed-input")
    assert "checksum" in problem["detail"]


def test_S3_largest_numbers_are_read(quiet_client):
    problem_of(quiet_client.get(f"{V1}/proposals/{2**256 - 1}"), 404, "unknown-proposal")
    problem_of(quiet_client.get(f"{V1}/rules/{2**63 - 1}"), 404, "unknown-rules-version")


def test_own_write_is_waited_for(book: Book, client):
    book.at(5)
    problem = problem_of(
        client.get(f"{V1}/trades", params={"minBlock": 6}), 409, "block-not-indexed"
    )
    assert (problem["minBlock"], problem["indexedBlock"]) == (6, 5)
    later = threading.Timer(0.1, book.at, [6])
    later.start()
    told = client.get(f"{V1}/trades", params={"minBlock": 6})
    later.join()
    assert told.json()["asOf"]["number"] == 6


def test_waiting_takes_no_longer_than_the_limit(book: Book, client):
    begun = time.monotonic()
    response = client.get(f"{V1}/status", params={"minBlock": 10**9})
    assert time.monotonic() - begun < 3
    assert response.headers["retry-after"] == "1"


def test_status_tells_the_lag(book: Book, client):
    book.at(12)
    told = client.get(f"{V1}/status").json()
    assert told["indexed"] == {"number": 12, "hash": told["asOf"]["hash"], "time": time_of(12)}
    assert (told["head"]["number"], told["lag"], told["chainId"]) == (12, 0, 31337)
    assert told["chainTime"] == START + 120
    for page in ("/health", "/ready", "/status", f"{V1}/health", f"{V1}/ready"):
        assert client.get(page).status_code == 200


def test_page_tells_every_method_it_takes(quiet_client):
    for path, methods in (("offers", "GET, POST"), ("trades", "GET"), (f"rules/{1}", "GET")):
        response = quiet_client.delete(f"{V1}/{path}")
        problem_of(response, 405, "wrong-method")
        assert response.headers["allow"] == methods
