"""What votes weigh at a moment, how they fade, and the trades to claim reputation for."""

from itertools import pairwise

import pytest

from backend.db import tables
from backend.queries.fading import WEEK, index_after
from tests.backend.api.book import ALICE, BOB, CAROL, CONTRACTS, Book, fact, offer_by, time_of
from tests.backend.api.serving import problem_of

V1 = "/api/v1"
POINT = 10**6 * index_after(0)  # units


def test_votes_are_told_at_a_moment_and_for_the_weeks_to_come(book: Book, client):
    book.member(2, ALICE, 64 * POINT)
    book.supply(1, 0)
    book.supply(2, 256 * POINT)
    book.at(4)
    path = f"{V1}/members/{ALICE}/power"
    told = client.get(path, params={"weeks": 13}).json()
    assert (told["time"], told["votes"]["points"], told["shareBps"]) == (
        time_of(4),
        "64000000",
        2500,
    )
    moments = [one["time"] for one in told["fading"]]
    assert moments[0] == time_of(4)
    assert {later - sooner for sooner, later in pairwise(moments[1:])} == {WEEK}
    points = [int(one["votes"]["points"]) for one in told["fading"]]
    assert points == sorted(points, reverse=True)
    assert (points[0], points[-1]) == (64 * 10**6, 32 * 10**6)
    before = client.get(path, params={"time": time_of(1), "weeks": 0}).json()
    assert (before["votes"]["units"], before["shareBps"]) == ("0", 0)
    assert [one["votes"]["points"] for one in before["fading"]] == ["64000000"]
    nobody = client.get(f"{V1}/members/{CAROL}/power").json()
    assert {one["votes"]["units"] for one in nobody["fading"]} == {"0"}


def test_votes_of_a_moment_to_come_are_not_told(book: Book, client):
    book.at(4)
    asked = client.get(f"{V1}/members/{ALICE}/power", params={"time": time_of(4) + 1})
    problem = problem_of(asked, 422, "malformed-input")
    assert problem["errors"][0]["parameter"] == "time"


@pytest.mark.parametrize("listed", [True, False])
def test_closed_trades_are_told_until_they_are_claimed(book: Book, client, listed: bool):
    row = {"escrow": CONTRACTS["Escrow"], "listed": listed}
    book.write(tables.listed_escrows, row | fact(1))
    done, other, left = (book.trade(2, offer_by(salt=n), index=n) for n in (1, 2, 3))
    book.close(4, other, 1, 99)
    book.close(3, done, 1, 99)
    book.at(5)
    told = client.get(f"{V1}/members/{BOB}/claimable").json()
    wanted = [done, other] if listed else []
    assert ([one["id"] for one in told["items"]], told["inAll"]) == (wanted, len(wanted))
    assert left not in wanted
    if listed:
        whole = client.get(f"{V1}/trades/{done}").json()
        assert told["items"][0]["trade"] == whole["trade"]
        claimed = {"escrow": CONTRACTS["Escrow"], "trade_id": done}
        book.write(tables.claims, claimed | fact(5))
        told = client.get(f"{V1}/members/{BOB}/claimable").json()
        assert [one["id"] for one in told["items"]] == [other]
    assert client.get(f"{V1}/members/{CAROL}/claimable").json()["items"] == []
