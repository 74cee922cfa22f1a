"""Trades as the API tells of them."""

from backend.terms.offer import Pin, Tranche
from tests.backend.api import book as facts
from tests.backend.api.book import ALICE, BOB, CAROL, START, TOKEN, Book, offer_by, time_of
from tests.backend.api.serving import problem_of

TRADES = "/api/v1/trades"


def test_trade_tells_all_a_wallet_needs(book: Book, client):
    offer = offer_by()
    trade = book.trade(5, offer)
    book.at(7)
    told = client.get(f"{TRADES}/{trade}").json()

    assert told["status"] == "open"
    assert told["kindName"] == "goods"
    assert told["parties"] == [ALICE, BOB]
    assert told["amount"] == {
        "asset": facts.ZERO_ADDRESS, "value": "1000", "decimals": 18, "symbol": "ETH",
    }  # fmt: skip
    assert told["asOf"] == {"number": 7, "hash": facts.hash_of(7), "time": time_of(7)}
    assert told["fact"] == {
        "transactionHash": facts.hash_of(5000),
        "logIndex": 0,
        "blockNumber": 5,
        "blockHash": facts.hash_of(5),
        "time": time_of(5),
    }

    [tranche] = told["tranches"]
    assert (tranche["performer"], tranche["checker"], tranche["funder"]) == (ALICE, BOB, BOB)
    assert (told["openedAt"], told["startsAt"]) == (time_of(5), time_of(5))
    assert tranche["performBy"] == time_of(5) + 3600
    assert tranche["payout"] is None
    default = tranche["nextDefault"]
    assert (default["outcome"], default["dueAt"], default["due"]) == (
        "missed", time_of(5) + 3600, False,
    )  # fmt: skip
    assert default["toChecker"]["value"] == "1000"

    call = told["trade"]
    assert list(call) == ["asset", "parties", "tranches", "listingHash", "pin"]
    assert Tranche.unpack(int(call["tranches"][0])) == offer.terms.tranches[0]
    assert Pin.unpack(int(call["pin"])).opened_at == time_of(5)
    assert [event["name"] for event in told["timeline"]] == ["TradeOpened"]


def test_default_is_due_a_second_after_its_time(book: Book, client):
    trade = book.trade(5, offer_by())
    book.at(365)
    assert time_of(365) == time_of(5) + 3600
    assert client.get(f"{TRADES}/{trade}").json()["nextDefault"]["due"] is False
    assert client.get(TRADES, params={"status": "due"}).json()["items"] == []
    book.at(366)
    assert client.get(f"{TRADES}/{trade}").json()["nextDefault"]["due"] is True
    [due] = client.get(TRADES, params={"status": "due"}).json()["items"]
    assert due["id"] == trade


def test_closed_trade_tells_who_got_what(book: Book, client):
    trade = book.trade(5, offer_by())
    book.close(9, trade, fee=10, to_performer=990)
    book.at(9)
    told = client.get(f"{TRADES}/{trade}").json()
    assert told["status"] == "closed"
    assert told["closedAt"] == time_of(9)
    assert told["nextDefault"] is None
    payout = told["tranches"][0]["payout"]
    assert [payout[name]["value"] for name in ("toPerformer", "toChecker", "fee")] == [
        "990", "0", "10",
    ]  # fmt: skip


def test_filters(book: Book, client):
    goods = book.trade(5, offer_by())
    gig = book.trade(6, offer_by(kind=3, asset=TOKEN), taker=CAROL)
    book.close(7, gig, fee=0, to_performer=1000)
    book.at(8)

    def ids(**params):
        return [item["id"] for item in client.get(TRADES, params=params).json()["items"]]

    assert ids() == [gig, goods]
    assert ids(party=BOB) == [goods]
    assert ids(party=BOB.lower()) == [goods]
    assert ids(party=ALICE) == [gig, goods]
    assert ids(status="open") == [goods]
    assert ids(status="closed") == [gig]
    assert ids(status="disputed") == []
    assert ids(kind=3) == [gig]
    assert ids(asset=TOKEN, party=CAROL, status="closed") == [gig]
    assert ids(offer="0x" + facts.offer_hash(offer_by()).hex()) == [goods]


def test_pages_neither_repeat_nor_skip(book: Book, client):
    offer = offer_by(fills=100)
    opened = [book.trade(5 + fill // 3, offer, fill=fill, index=fill % 3) for fill in range(10)]
    book.at(20)
    seen: list[str] = []
    params = {"limit": 4}
    for size in (4, 4, 2):
        page = client.get(TRADES, params=params).json()
        assert len(page["items"]) == size
        seen += [item["id"] for item in page["items"]]
        params["cursor"] = page["nextCursor"]
        newer = 50 + len(seen)
        book.trade(21, offer, fill=newer, index=newer)
    assert page["nextCursor"] is None
    assert seen == opened[::-1]


def test_S2_cursor_of_other_filters_is_refused(book: Book, client):
    for fill in range(3):
        book.trade(5 + fill, offer_by(), fill=fill)
    book.at(9)
    cursor = client.get(TRADES, params={"limit": 1}).json()["nextCursor"]
    params = {"limit": 1, "cursor": cursor}
    problem_of(client.get(TRADES, params=params | {"party": BOB}), 400, "foreign-cursor")
    problem_of(client.get("/api/v1/proposals", params=params), 400, "foreign-cursor")
    problem_of(client.get(TRADES, params={"cursor": cursor[:-2]}), 422, "bad-cursor")


def test_unknown_trade(client):
    problem = problem_of(client.get(f"{TRADES}/0x{'ab' * 32}"), 404, "unknown-trade")
    assert problem["tradeId"] == "0x" + "ab" * 32


def test_S3_amounts_above_2_53_are_exact(book: Book, client):
    tranche = Tranche(1, 0, 1, 2**128 - 1, 3600, 600)
    trade = book.trade(5, offer_by(tranches=(tranche, tranche)))
    book.at(5)
    assert client.get(f"{TRADES}/{trade}").json()["amount"]["value"] == str(2**129 - 2)


def test_answer_changes_its_tag_with_the_block(book: Book, client):
    book.trade(5, offer_by())
    book.at(5)
    first = client.get(TRADES)
    again = client.get(TRADES, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    book.at(6)
    later = client.get(TRADES, headers={"If-None-Match": first.headers["etag"]})
    assert later.status_code == 200
    assert later.json()["asOf"]["number"] == 6
    assert later.json()["asOf"]["time"] > START
