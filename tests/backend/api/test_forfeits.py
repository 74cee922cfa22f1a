"""What rulings cost a member, by tranche, and what it still owes."""

from backend.db import tables
from tests.backend.api.book import ALICE, BOB, CONTRACTS, Book, fact, hash_of
from tests.backend.api.serving import problem_of

V1 = "/api/v1"
UNIT = 2**32  # units of a base unit of points in the first week


def forfeit(book: Book, block: int, trade: int, points: int, index: int = 0) -> None:
    row = {
        "escrow": CONTRACTS["Escrow"],
        "trade_id": hash_of(trade),
        "tranche": 1,
        "account": BOB,
        "counterparty": ALICE,
        "points": points,
        "units": points * UNIT,
    }
    book.write(tables.forfeits, row | fact(block, index))


def test_forfeits_name_their_trade(book: Book, client):
    forfeit(book, 3, 71, 5_000_000)
    forfeit(book, 4, 72, 7, index=2)
    book.at(5)
    told = client.get(f"{V1}/members/{BOB}/forfeits").json()["items"]
    assert [(item["tradeId"], item["tranche"], item["points"]) for item in told] == [
        (hash_of(72), 1, "7"),
        (hash_of(71), 1, "5000000"),
    ]
    assert told[0]["counterparty"] == ALICE
    assert told[0]["units"] == str(7 * UNIT)
    assert (told[0]["fact"]["blockNumber"], told[0]["fact"]["logIndex"]) == (4, 2)
    assert client.get(f"{V1}/members/{ALICE}/forfeits").json()["items"] == []


def test_forfeits_page_by_page(book: Book, client):
    for block in (2, 3, 4):
        forfeit(book, block, 70 + block, block)
    book.at(5)
    path = f"{V1}/members/{BOB}/forfeits"
    first = client.get(path, params={"limit": 2}).json()
    assert [item["points"] for item in first["items"]] == ["4", "3"]
    rest = client.get(path, params={"cursor": first["nextCursor"]}).json()
    assert [item["points"] for item in rest["items"]] == ["2"]
    assert rest["nextCursor"] is None
    foreign = client.get(f"{V1}/members/{BOB}/earnings", params={"cursor": first["nextCursor"]})
    problem_of(foreign, 400, "foreign-cursor")


def test_a_member_tells_what_it_owes(book: Book, client):
    book.member(1, BOB, 0, owed=12 * UNIT)
    book.at(2)
    told = client.get(f"{V1}/members/{BOB}").json()
    assert told["owed"] == {"units": str(12 * UNIT), "points": "12"}
    assert told["held"]["units"] == told["balance"]["units"] == "0"
