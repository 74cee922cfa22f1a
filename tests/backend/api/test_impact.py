"""What a proposal would have changed, reckoned by hand beside it."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlalchemy import update

from backend.db import tables, writing
from backend.queries.fading import index_after
from backend.terms.calldata import calldata
from backend.terms.jury import JuryRules
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.replay import median
from tests.backend.api.book import (
    ALICE,
    BOB,
    CAROL,
    CONTRACTS,
    JURY,
    TOKEN,
    Book,
    case_id_of,
    offer_by,
    time_of,
)
from tests.backend.api.serving import problem_of

V1 = "/api/v1"
RULES = CONTRACTS["RuleBook"]
DAY_IN_BLOCKS = 8_640  # of the book: ten seconds each


def propose(book: Book, *calls: tuple[str, bytes], number: int = 77, **changed: Any) -> None:
    book.proposal(
        2,
        number,
        targets=[target for target, _ in calls],
        call_values=["0"] * len(calls),
        calldatas=["0x" + data.hex() for _, data in calls],
        **changed,
    )


def goods_at(fee: int) -> tuple[str, bytes]:
    return RULES, calldata("RuleBook", "setFeeRules", ([fee] + [100] * 9,))


def closed(book: Book, block: int, maker: str, amount: int, index: int = 0, **changed: Any) -> str:
    """A trade of the maker that was accepted at this block with the fee of its version: 100."""
    offer = offer_by(maker, amount=amount, salt=block, **changed)
    trade = book.trade(block, offer, index=index)
    fee = amount * 100 // 10_000
    book.close(block, trade, fee, amount - fee)
    return trade


@pytest.fixture
def busy(book: Book) -> Book:
    """Alice sold for 1,999 and 10,000, Carol for 501 and once in tokens; all goods."""
    book.supply(1, 10**9 * index_after(0))
    closed(book, 3, ALICE, 1_999)
    closed(book, 4, ALICE, 10_000, max_fee_bps=120)
    closed(book, 5, CAROL, 501)
    closed(book, 6, CAROL, 70_000, asset=TOKEN)
    closed(book, 7, BOB, 30, parties=(BOB, ZERO_ADDRESS))
    book.trade(8, offer_by(ALICE, salt=8))
    book.at(9)
    return book


def told(client, number: int = 77, **params: Any) -> dict[str, Any]:
    answer = client.get(f"{V1}/proposals/{number}/impact", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_fees_are_reckoned_trade_by_trade(busy: Book, client):
    propose(busy, goods_at(150))
    found = told(client)
    assert (found["trades"], found["unreadCalls"], found["days"]) == (5, 0, 90)
    fees = {asset["asset"]: asset["fees"] for asset in found["assets"]}
    # 1,999 at 1.5 % is 29.985, 10,000 is 150, 501 is 7.515, 30 is 0.45: each rounded down.
    assert fees[ZERO_ADDRESS] == {
        "paid": str(19 + 100 + 5 + 0),
        "current": str(19 + 100 + 5 + 0),
        "proposed": str(29 + 150 + 7 + 0),
    }
    assert fees[TOKEN] == {"paid": "700", "current": "700", "proposed": "1050"}
    [coin] = [asset for asset in found["assets"] if asset["asset"] == ZERO_ADDRESS]
    assert coin["more"] == {
        "accounts": 2,
        "median": str((60 + 2) // 2),
        "largest": "60",
        "whose": ALICE,
    }
    assert coin["less"] == {"accounts": 0, "median": None, "largest": None, "whose": None}
    assert coin["same"] == 1  # Bob's fee is rounded to nothing either way
    assert coin["atRisk"]["value"] == "150"  # signed for 120 basis points at most
    assert found["openTrades"] == [{"version": 1, "trades": 1}]


def test_every_figure_can_be_traced(busy: Book, client):
    propose(busy, goods_at(150))
    whole = told(client)
    assert whole["nextCursor"] is None
    items, cursor = [], {}
    while True:
        page = told(client, limit=2, **cursor)
        assert page["assets"] == whole["assets"]
        items += page["items"]
        if page["nextCursor"] is None:
            break
        cursor = {"cursor": page["nextCursor"]}
    assert items == whole["items"]
    for asset in whole["assets"]:
        mine = [item for item in items if item["asset"] == asset["asset"]]
        for name, value in asset["fees"].items():
            assert int(value) == sum(int(item["fees"][name]) for item in mine)
    alice = told(client, payer=ALICE, change="more")["items"]
    assert {item["id"] for item in alice} == {
        item["id"] for item in items if item["payers"][0]["account"] == ALICE
    }
    gained = [int(item["fees"]["proposed"]) - int(item["fees"]["current"]) for item in alice]
    assert sum(gained) == 60
    assert [item["obstacles"] for item in alice] == [["feeAboveCeiling"], []]
    assert len(told(client, change="obstacle")["items"]) == 1
    assert len(told(client, change="same")["items"]) == 1
    assert told(client, change="less")["items"] == []
    assert len(told(client, asset=TOKEN)["items"]) == 1
    problem_of(
        client.get(
            f"{V1}/proposals/77/impact", params={"cursor": cursor["cursor"], "days": 1, "limit": 2}
        ),
        400,
        "foreign-cursor",
    )


def test_what_earlier_votes_did_is_not_the_proposals(busy: Book, client):
    busy.rules(8, 2, [200] + [100] * 9, "fees", time_of(8))
    propose(busy, goods_at(150))
    [coin] = [asset for asset in told(client)["assets"] if asset["asset"] == ZERO_ADDRESS]
    assert coin["fees"] == {
        "paid": "124",
        "current": str(39 + 200 + 10 + 0),
        "proposed": str(29 + 150 + 7 + 0),
    }
    assert (coin["more"]["accounts"], coin["less"]["accounts"]) == (0, 2)
    assert coin["less"]["largest"] == str((39 + 200) - (29 + 150))
    assert coin["atRisk"]["value"] == "0"  # 200 was above that ceiling already


def test_only_the_last_days_count(busy: Book, client):
    propose(busy, goods_at(150))
    closed(busy, DAY_IN_BLOCKS + 5, ALICE, 1_000)
    busy.at(DAY_IN_BLOCKS + 5)
    # The second the window begins is block 5's: what was closed in it is a day old already.
    assert told(client, days=2)["trades"] == 6
    assert told(client, days=1)["trades"] == 3
    assert told(client, days=1)["since"] == time_of(5)


def test_an_executed_proposal_is_reckoned_from_before_it(busy: Book, client):
    propose(busy, goods_at(150), executed_at=time_of(8))
    busy.rules(8, 2, [150] + [100] * 9, "fees", time_of(9))
    [coin] = [asset for asset in told(client)["assets"] if asset["asset"] == ZERO_ADDRESS]
    assert (coin["fees"]["current"], coin["fees"]["proposed"]) == ("124", "186")


def test_a_forbidden_asset_is_an_obstacle(busy: Book, client):
    propose(busy, (RULES, calldata("RuleBook", "setAssetRule", TOKEN, (False, 10**9))))
    found = told(client)
    obstacles = {item["asset"]: item["obstacles"] for item in found["items"]}
    assert obstacles == {ZERO_ADDRESS: [], TOKEN: ["assetNotAllowed"]}
    [token] = [asset for asset in found["assets"] if asset["asset"] == TOKEN]
    assert (token["atRisk"]["value"], token["same"]) == ("700", 1)


def dispute(book: Book, trade: str, at: int, until: int, status: str, bps: int) -> None:
    """How the only tranche of a closed trade of 10,000 would have been left by a dispute."""
    share = 10_000 * bps // 10_000
    fee = share // 100
    with writing(book.engine) as connection:
        connection.execute(
            update(tables.tranches)
            .where(tables.tranches.c.trade_id == trade)
            .values(
                status=status,
                disputed_at=time_of(at),
                closed_at=time_of(until),
                performer_bps=bps,
                to_performer=share - fee,
                to_checker=10_000 - share,
                fee=fee,
            )
        )


def test_disputes_under_other_dispute_rules(busy: Book, client):
    late, silent = (closed(busy, 8, ALICE, 10_000, kind, kind=kind) for kind in (2, 3))
    dispute(busy, late, 3, 9, "ruled", 2_000)
    dispute(busy, silent, 4, 9, "defaulted", 5_000)
    data = calldata("RuleBook", "setDisputeRules", (BOB, 59, 7_500))
    propose(busy, (RULES, data))
    found = told(client, change="disputed")
    assert found["disputes"] == {
        "all": 2,
        "juryDiffers": 2,
        "deadlineDiffers": 2,
        "splitDiffers": 1,
        "pastDeadline": 1,
        "heard": 0,
        "currentJurorFees": "0",
        "proposedJurorFees": "0",
    }
    by_trade = {item["id"]: item["disputes"][0] for item in found["items"]}
    assert set(by_trade) == {late, silent}
    ruled = by_trade[late]
    assert ruled["current"] == {
        "rulingDue": time_of(3) + 86_400,
        "jurors": JURY["jurors"],
        "arbitrationFee": str(JURY["jurors"] * JURY["juror_fee"]),
        "toPerformer": "1980",
        "toChecker": "8000",
        "fee": "20",
    }
    assert ruled["proposed"] == ruled["current"] | {"rulingDue": time_of(3) + 59}
    assert (ruled["pastDeadline"], by_trade[silent]["pastDeadline"]) == (True, False)
    shares = by_trade[silent]["proposed"]
    assert (shares["toPerformer"], shares["toChecker"], shares["fee"]) == ("7425", "2500", "75")
    [coin] = [asset for asset in found["assets"] if asset["asset"] == ZERO_ADDRESS]
    assert int(coin["fees"]["proposed"]) - int(coin["fees"]["current"]) == 25


def test_disputes_under_another_jury(busy: Book, client):
    trade = closed(busy, 8, ALICE, 10_000, 1)
    dispute(busy, trade, 3, 9, "ruled", 2_000)
    busy.case(5, trade, ruled_rounds=2)
    jury = JuryRules(*JURY.values())
    wider = replace(jury, jurors=jury.jurors + 2)
    propose(busy, (RULES, calldata("RuleBook", "setJuryRules", tuple(asdict(wider).values()))))
    found = told(client, change="disputed")
    counts = found["disputes"]
    assert (counts["juryDiffers"], counts["deadlineDiffers"], counts["splitDiffers"]) == (1, 0, 0)
    [item] = found["items"]
    [told_dispute] = item["disputes"]
    assert told_dispute["juryDiffers"] is True
    assert told_dispute["proposed"] == told_dispute["current"] | {
        "jurors": jury.jurors + 2,
        "arbitrationFee": str((jury.jurors + 2) * jury.juror_fee),
    }
    # Two panels ruled: of 3 and 7 jurors, or of 5 and 11.
    fees = (str(10 * jury.juror_fee), str(16 * jury.juror_fee))
    assert (told_dispute["caseId"], told_dispute["ruledRounds"]) == (case_id_of(trade), 2)
    assert (told_dispute["currentJurorFees"], told_dispute["proposedJurorFees"]) == fees
    assert (counts["heard"], counts["currentJurorFees"], counts["proposedJurorFees"]) == (1, *fees)


def test_calls_nobody_can_read_are_counted(busy: Book, client):
    propose(busy, (BOB, b"\x12\x34\x56\x78"), goods_at(150))
    assert told(client)["unreadCalls"] == 1


def test_bad_questions(busy: Book, client):
    propose(busy, goods_at(150))
    problem_of(client.get(f"{V1}/proposals/5/impact"), 404, "unknown-proposal")
    for params in ({"days": 0}, {"days": 3_661}, {"change": "worse"}, {"payer": "me"}):
        page = client.get(f"{V1}/proposals/77/impact", params=params)
        problem_of(page, 422, "malformed-input")


def test_too_many_trades_at_once(busy: Book, client, monkeypatch, served):
    propose(busy, goods_at(150))
    context = served[0].state.context
    few = replace(context, limits=replace(context.limits, replayed_trades=4))
    monkeypatch.setattr(served[0].state, "context", few)
    page = problem_of(client.get(f"{V1}/proposals/77/impact"), 409, "too-many-trades")
    assert (page["trades"], page["limit"]) == (5, 4)


@pytest.mark.parametrize(
    ("values", "middle"), [([5], 5), ([1, 9, 2], 2), ([1, 2], 1), ([-3, -2], -3), ([4, 1, 8, 6], 5)]
)
def test_median(values, middle):
    assert median(values) == middle
