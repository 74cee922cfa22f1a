"""Profiles: what an account did in its trades, against the trades themselves."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx
import pytest
from eth_account.messages import encode_typed_data
from sqlalchemy import update

from backend.db import tables, writing
from backend.queries import profile
from backend.queries.offers import find_offer, signed_offer
from backend.queries.snapshot import snapshot
from backend.terms.offer import ZERO_ADDRESS, Offer, Tranche
from scripts.people import Person
from tests.backend.api.book import (
    ALICE,
    BOB,
    CAROL,
    CHAIN,
    CONTRACTS,
    TOKEN,
    Book,
    address,
    key,
    offer_by,
    time_of,
)
from tests.backend.api.docket import Docket
from tests.backend.api.serving import problem_of

V1 = "/api/v1"


def profile_of(client: httpx.Client, account: str) -> Any:
    answer = client.get(f"{V1}/members/{account}/profile")
    assert answer.status_code == 200, answer.text
    return answer.json()


def end(book: Book, trade: str, block: int, tranche: int = 0, **values: Any) -> None:
    """Closes a tranche in some way, and the trade with it."""
    of_tranche = (tables.tranches.c.trade_id == trade, tables.tranches.c.tranche == tranche)
    closed = {"closed_at": time_of(block), "since": time_of(block)} | values
    with writing(book.engine) as connection:
        connection.execute(update(tables.tranches).where(*of_tranche).values(closed))
        of_trade = tables.trades.c.trade_id == trade
        ended = {"open_tranches": 0, "closed_at": time_of(block)}
        connection.execute(update(tables.trades).where(of_trade).values(ended))


def paid(performer: int, checker: int = 0, fee: int = 0, **more: Any) -> dict[str, Any]:
    return {"to_performer": performer, "to_checker": checker, "fee": fee, **more}


def test_of_nobody(client: httpx.Client) -> None:
    told = profile_of(client, address(77))
    assert told["trades"] == told["labels"] == []
    assert (told["tradesCounted"], told["tradesInAll"], told["counterparties"]) == (0, 0, 0)
    assert (told["rating"], told["member"]) == (None, None)
    assert told["punctuality"] == {"onTime": 0, "late": 0, "onTimeBps": None}
    assert set(told["disputes"].values()) == {0}
    problem_of(client.get(f"{V1}/members/nobody/profile"), 422, "malformed-input")


def test_sides_and_volume(book: Book, client: httpx.Client) -> None:
    """What reached performers and the treasury; what went back was no business."""
    sold = book.trade(2, offer_by(salt=1))
    book.close(5, sold, fee=10, to_performer=990)
    halved = book.trade(2, offer_by(salt=2), taker=CAROL, index=1)
    end(book, halved, 5, status="split", performer_bps=5_000, **paid(495, 500, 5))
    gold = book.trade(2, offer_by(salt=3, asset=TOKEN), index=2)
    end(book, gold, 5, status="refunded", performer_bps=0, **paid(0, 1_000))
    book.trade(2, offer_by(salt=4, kind=3), index=3)
    bought = book.trade(2, offer_by(BOB, salt=5), taker=ALICE, index=4)
    book.close(5, bought, fee=0, to_performer=1_000)
    book.at(6)
    told = profile_of(client, ALICE)
    lines = {(each["kindName"], each["side"]): each for each in told["trades"]}
    assert set(lines) == {("goods", "performs"), ("goods", "pays"), ("gig", "performs")}
    sales = lines["goods", "performs"]
    assert (sales["open"], sales["closed"], sales["template"]) == (0, 3, None)
    volumes = {each["asset"]: each["value"] for each in sales["volume"]}
    assert volumes == {ZERO_ADDRESS: "1500", TOKEN: "0"}
    assert [each["value"] for each in lines["goods", "pays"]["volume"]] == ["1000"]
    assert (lines["gig", "performs"]["open"], lines["gig", "performs"]["volume"]) == (1, [])
    assert (told["tradesCounted"], told["tradesInAll"]) == (5, 5)
    assert told["counterparties"] == 2


def test_own_money_is_no_volume(book: Book, client: httpx.Client) -> None:
    """A bond: funder and performer are the same."""
    bond = Tranche(0, 0, 1, 700, 3_600, 600)
    trade = book.trade(2, offer_by(tranches=(bond,)))
    book.close(5, trade, fee=0, to_performer=700)
    book.at(6)
    for account, side in ((ALICE, "neither"), (BOB, "neither")):
        [line] = profile_of(client, account)["trades"]
        assert (line["side"], line["volume"]) == (side, [])


@pytest.mark.parametrize(
    ("ending", "on_time", "late"),
    [
        ({"status": "accepted", "performed_at": None}, 1, 0),
        ({"status": "lapsed", "performed_at": 1_000_030}, 1, 0),
        ({"status": "missed", "performed_at": None}, 0, 1),
        ({"status": "refunded", "performed_at": None}, 0, 0),
        ({"status": "refunded", "performed_at": 1_000_030}, 1, 0),
        ({"status": "split", "performed_at": None}, 0, 0),
    ],
    ids=["accepted", "lapsed", "missed", "given up", "given up later", "agreed before"],
)
def test_in_time(
    book: Book, client: httpx.Client, ending: dict[str, Any], on_time: int, late: int
) -> None:
    trade = book.trade(2, offer_by())
    end(book, trade, 5, performer_bps=0, **ending, **paid(0, 1_000))
    book.at(6)
    told = profile_of(client, ALICE)["punctuality"]
    assert (told["onTime"], told["late"]) == (on_time, late)
    assert profile_of(client, BOB)["punctuality"]["onTimeBps"] is None


def test_share_in_time_is_rounded_down(book: Book, client: httpx.Client) -> None:
    for salt, status in enumerate(("accepted", "accepted", "missed")):
        trade = book.trade(2, offer_by(salt=salt), index=salt)
        end(book, trade, 5, status=status, performer_bps=0, **paid(0, 1_000))
    book.at(6)
    assert profile_of(client, ALICE)["punctuality"]["onTimeBps"] == 6_666


@pytest.mark.parametrize(
    ("status", "bps", "seller", "buyer"),
    [
        ("ruled", 5_001, "won", "lost"),
        ("ruled", 4_999, "lost", "won"),
        ("ruled", 5_000, "even", "even"),
        ("defaulted", 9_000, "defaulted", "defaulted"),
        ("split", 9_000, "settled", "settled"),
    ],
)
def test_disputes_and_how_they_ended(
    book: Book, client: httpx.Client, status: str, bps: int, seller: str, buyer: str
) -> None:
    trade = book.trade(2, offer_by())
    end(book, trade, 9, status=status, performer_bps=bps, disputed_at=time_of(4), **paid(1, 999))
    book.at(9)
    for account, outcome in ((ALICE, seller), (BOB, buyer)):
        told = {name: n for name, n in profile_of(client, account)["disputes"].items() if n}
        assert told == {outcome: 1}


def posted_gig(book: Book, client: httpx.Client) -> Offer:
    """Made by its template, signed by Alice and posted with its text."""
    given = {"title": "A logo", "milestones": [{"title": "a draft", "pay": "400", "dueIn": 86_400}]}
    deal = {"asset": ZERO_ADDRESS, "parties": {"worker": ALICE, "client": None}}
    made = client.post(f"{V1}/templates/gig/terms", json={"input": given, "deal": deal}).json()
    signature = key(1).sign_message(encode_typed_data(full_message=made["typedData"])).signature
    body = {
        "chainId": CHAIN,
        "escrow": CONTRACTS["Escrow"],
        "offer": made["offer"],
        "signatures": [{"party": ALICE, "signature": "0x" + signature.hex()}],
        "text": made["text"],
    }
    assert client.post(f"{V1}/offers", json=body).status_code == 201
    with snapshot(book.engine) as at:
        row = find_offer(at, made["offerHash"])
        assert row is not None
        return signed_offer(row._asdict())


def test_template_is_recognised_and_not_believed_R6(book: Book, client: httpx.Client) -> None:
    """A text may say any name; only terms that the template makes are of it."""
    book.at(2)
    book.trade(2, posted_gig(book, client))
    told = profile_of(client, ALICE)["trades"]
    assert [(each["template"], each["kindName"]) for each in told] == [("gig", "gig")]
    with writing(book.engine) as connection:
        connection.execute(update(tables.offers).values(text="template: ride"))
    [line] = profile_of(client, ALICE)["trades"]
    assert line["template"] is None


def test_no_more_than_the_newest_are_counted(
    book: Book, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "MOST_TRADES", 2)
    for block, kind in enumerate((1, 2, 3), start=2):
        book.trade(block, offer_by(kind=kind))
    book.at(9)
    told = profile_of(client, ALICE)
    assert (told["tradesCounted"], told["tradesInAll"]) == (2, 3)
    assert [each["kindName"] for each in told["trades"]] == ["digital", "gig"]


@pytest.mark.parametrize("who", [Person.ALICE, Person.BOB], ids=["alice", "bob"])
def test_profile_of_real_disputes_is_what_their_trades_tell(docket: Docket, who: Person) -> None:
    """Counted again from the trades as the API gives them one by one."""
    get = docket.client.get
    listed = get(f"{V1}/trades", params={"party": who.address, "limit": 100}).json()
    assert listed["nextCursor"] is None
    trades = [get(f"{V1}/trades/{each['id']}").json() for each in listed["items"]]
    told = profile_of(docket.client, who.address)
    assert told["tradesCounted"] == told["tradesInAll"] == len(trades) > 2
    found: Counter[str] = Counter()
    for trade in trades:
        for tranche in trade["tranches"]:
            if tranche["disputedAt"] is None:
                continue
            assert who.address in (tranche["performer"], tranche["checker"])
            found["open" if tranche["payout"] is None else tranche["status"]] += 1
    told_of = told["disputes"]
    assert told_of["open"] == found["open"]
    assert told_of["defaulted"] == found["defaulted"]
    assert sum(told_of[how] for how in ("won", "lost", "even")) == found["ruled"]
    assert found["ruled"] > 0 or who is Person.BOB
    closed = [trade for trade in trades if trade["status"] == "closed"]
    others = {party for trade in closed for party in trade["parties"]} - {who.address}
    assert told["counterparties"] == len(others)
    volume = sum(
        int(tranche["payout"]["toPerformer"]["value"]) + int(tranche["payout"]["fee"]["value"])
        for trade in trades
        for tranche in trade["tranches"]
        if tranche["payout"] is not None
        and tranche["funder"] != tranche["performer"]
        and who.address in (tranche["funder"], tranche["performer"])
    )
    assert sum(int(a["value"]) for line in told["trades"] for a in line["volume"]) == volume
