"""What a proposal would change, whatever its description says: old and new, bounds and steps."""

from dataclasses import asdict, replace

import pytest

from backend.db import tables
from backend.queries.fading import index_after
from backend.terms.calldata import calldata
from backend.terms.jury import JuryRules
from backend.terms.offer import ZERO_ADDRESS
from backend.terms.words import duration, points
from tests.backend.api.book import ALICE, BOB, CONTRACTS, JURY, TOKEN, Book, fact, time_of

V1 = "/api/v1"
INDEX = index_after(0)
BOOK, TREASURY = CONTRACTS["RuleBook"], CONTRACTS["MarketTimelock"]
ARBITRATOR = TREASURY  # of the book's first version
BOUNDS = {
    ("RuleBook", "bounds.feeBps"): (0, 500, 50, 86_400),
    ("RuleBook", "bounds.rulingPeriod"): (3_600, 90_000, 7_200, 600),
    ("RuleBook", "bounds.defaultPerformerBps"): (0, 10_000, 2_500, 172_800),
    ("RuleBook", "bounds.jurors"): (1, 31, 2, 300),
    ("RuleBook", "bounds.rate"): (10, 10**12, 5_000, 600),
    ("MarketGovernor", "bounds.votingDelay"): (1, 100, 10, 0),
    ("MarketTimelock", "delayBounds"): (60, 600, 60, 0),
}


@pytest.fixture
def bounded(book: Book) -> Book:
    rows = [
        {"contract": contract, "name": name, "value": [str(value) for value in values]}
        for (contract, name), values in BOUNDS.items()
    ]
    book.write(tables.constants, *rows)
    book.setting(1, "votingDelay", 60)
    book.supply(1, 10**9 * INDEX)
    return book


def told(book: Book, client, *calls: tuple, **changed):
    """The calls of a proposal of these: target, value, calldata."""
    book.proposal(
        2,
        77,
        targets=[target for target, _, _ in calls],
        call_values=[str(value) for _, value, _ in calls],
        calldatas=["0x" + data.hex() for _, _, data in calls],
        description="# Nothing to see here",
        **changed,
    )
    book.at(4)
    answer = client.get(f"{V1}/proposals/77")
    assert answer.status_code == 200, answer.text
    return answer.json()["calls"]


def fees(**changed: int) -> bytes:
    table = [100] * 10
    for place, fee in changed.items():
        table[int(place[1:])] = fee
    return calldata("RuleBook", "setFeeRules", (table,))


def pairs(call):
    return {change["field"]: (change["old"], change["new"]) for change in call["changes"]}


def holds(checks):
    return [check["holds"] for check in checks]


def test_fees_are_told_by_kind_with_bounds_and_step(bounded: Book, client):
    [call] = told(bounded, client, (BOOK, 0, fees(_0=150, _2=600, _9=49)))
    assert pairs(call) == {
        "feeBps.goods": ("100", "150"),
        "feeBps.gig": ("100", "600"),
        "feeBps.other": ("100", "49"),
    }
    goods, gig, other = call["changes"]
    assert goods["unit"] == "basisPoints"
    assert holds(goods["checks"]) == [True, True]
    assert goods["checks"][0]["text"] == "150 is from 0 to 500, the bounds of this value"
    assert goods["checks"][1]["text"] == "it moves by 50, and one vote may move it by 50 at most"
    assert holds(gig["checks"]) == [False, False]
    assert holds(other["checks"]) == [True, False]
    assert call["inForceAfter"] == 86_400
    assert "in force 1 day after it is executed" in call["notes"]
    assert holds(call["checks"]) == [True]


def test_each_call_starts_from_where_the_one_before_leaves_things(bounded: Book, client):
    first, second, third = told(
        bounded,
        client,
        (BOOK, 0, fees(_0=150)),
        (BOOK, 0, fees(_0=190)),
        (BOOK, 0, fees(_0=190)),
    )
    assert pairs(first) == {"feeBps.goods": ("100", "150")}
    assert pairs(second) == {"feeBps.goods": ("150", "190")}
    assert pairs(third) == {}
    assert holds(third["checks"]) == [True, False]


def test_a_fifth_pending_version_is_refused(bounded: Book, client):
    for version in (2, 3, 4, 5):
        bounded.rules(2, version, [100 + version] * 10, "fees", time_of(50))
    [call] = told(bounded, client, (BOOK, 0, fees(_0=150)))
    assert pairs(call)["feeBps.goods"] == ("105", "150")  # from the newest, in force or not
    assert holds(call["checks"]) == [False]


def test_dispute_rules(bounded: Book, client):
    data = calldata("RuleBook", "setDisputeRules", (BOB, 90_000, 2_400))
    [call] = told(bounded, client, (BOOK, 0, data))
    assert pairs(call) == {
        "arbitrator": (ARBITRATOR, BOB),
        "rulingPeriod": ("86400", "90000"),
        "defaultPerformerBps": ("5000", "2400"),
    }
    assert [holds(change["checks"]) for change in call["changes"]] == [
        [True],
        [True, True],
        [True, False],
    ]
    assert call["inForceAfter"] == 172_800  # the longer one of the two


def test_jury_rules_must_fit_into_the_ruling_period(bounded: Book, client):
    jury = JuryRules(*JURY.values())
    wider = replace(jury, jurors=jury.jurors + 2, juror_fee=jury.juror_fee + 1)
    longer = replace(jury, jurors=4, evidence_period=jury.evidence_period + 86_400)
    many = replace(jury, jurors=15, max_appeals=2)
    calls = [
        (BOOK, 0, calldata("RuleBook", "setJuryRules", tuple(asdict(rules).values())))
        for rules in (wider, longer, many)
    ]
    first, second, third = told(bounded, client, *calls)
    assert pairs(first) == {
        "jurors": (str(jury.jurors), str(jury.jurors + 2)),
        "jurorFee": (str(jury.juror_fee), str(jury.juror_fee + 1)),
    }
    units = {change["field"]: change["unit"] for change in first["changes"]}
    assert units == {"jurors": "count", "jurorFee": "asset"}
    [bounds, step] = first["changes"][1]["checks"]
    assert (first["changes"][1]["field"], bounds["holds"], step["holds"]) == ("jurors", True, True)
    assert holds(first["checks"]) == [True, True, True, True]
    assert holds(second["checks"]) == [True, False, True, False]  # even, and too long
    assert holds(third["checks"])[2] is False  # 15, 31, 63 jurors
    assert "63 jurors" in third["checks"][2]["text"]


def test_a_ruling_period_must_fit_the_jury(bounded: Book, client):
    longest = JuryRules(*JURY.values()).longest_case()
    data = [
        calldata("RuleBook", "setDisputeRules", (TREASURY, period, 5_000))
        for period in (longest, longest - 1)
    ]
    fits, short = told(bounded, client, *((BOOK, 0, each) for each in data))
    assert (holds(fits["checks"])[1], holds(short["checks"])[1]) == (True, False)


def test_asset_rules_move_by_a_share_of_the_old_rate(bounded: Book, client):
    rate = 10**9  # of the book's assets
    known = calldata("RuleBook", "setAssetRule", TOKEN, (False, rate * 3 // 2 + 1))
    new = calldata("RuleBook", "setAssetRule", BOB, (True, 10**13))
    first, second, again = told(bounded, client, (BOOK, 0, known), (BOOK, 0, new), (BOOK, 0, new))
    assert pairs(first) == {
        f"asset.{TOKEN}.allowed": ("true", "false"),
        f"asset.{TOKEN}.rate": (str(rate), str(rate * 3 // 2 + 1)),
    }
    assert holds(first["changes"][1]["checks"]) == [True, False]
    assert pairs(second) == {
        f"asset.{BOB}.allowed": (None, "true"),
        f"asset.{BOB}.rate": (None, str(10**13)),
    }
    assert holds(second["changes"][1]["checks"]) == [False]  # no step from nothing
    assert pairs(again) == {}
    assert holds(again["checks"]) == [False, False]


def test_settings_escrows_and_the_guardian(bounded: Book, client):
    governor = CONTRACTS["MarketGovernor"]
    delay, unknown, escrow, guardian = told(
        bounded,
        client,
        (governor, 0, calldata("MarketGovernor", "setVotingDelay", 71)),
        (TREASURY, 0, calldata("MarketTimelock", "updateDelay", 61)),
        (CONTRACTS["Reputation"], 0, calldata("Reputation", "setEscrow", BOB, True)),
        (governor, 0, calldata("MarketGovernor", "dismissGuardian")),
    )
    assert pairs(delay) == {"votingDelay": ("60", "71")}
    assert holds(delay["changes"][0]["checks"]) == [True, False]
    assert pairs(unknown) == {"timelockDelay": (None, "61")}
    assert pairs(escrow) == {f"reputation.{BOB}": ("false", "true")}
    assert pairs(guardian) == {"guardianDismissed": ("false", "true")}


def test_money_that_leaves_the_treasury(bounded: Book, client):
    bounded.credit(1, TREASURY, ZERO_ADDRESS, 30)
    escrow = CONTRACTS["Escrow"]
    out = calldata("Escrow", "withdraw", TREASURY, ZERO_ADDRESS, BOB)
    home = calldata("Escrow", "withdraw", TREASURY, TOKEN, TREASURY)
    coin, tokens, credit, nothing = told(
        bounded,
        client,
        (ALICE, 5, b""),
        (TOKEN, 0, calldata("Token", "transfer", BOB, 7)),
        (escrow, 0, out),
        (escrow, 0, home),
    )
    paid = [
        (payment["amount"]["asset"], payment["amount"]["value"], payment["to"])
        for call in (coin, tokens, credit)
        for payment in call["payments"]
    ]
    assert paid == [(ZERO_ADDRESS, "5", ALICE), (TOKEN, "7", BOB), (ZERO_ADDRESS, "30", BOB)]
    assert (tokens["contract"], tokens["function"], tokens["warning"]) == (
        "Token",
        "transfer",
        None,
    )
    assert pairs(credit) == {f"credit.{ZERO_ADDRESS}": ("30", "0")}
    assert nothing["payments"] == []
    assert holds(nothing["checks"]) == [False]


ROLE = b"\x01" * 32


@pytest.mark.parametrize(
    ("contract", "data"),
    [
        ("MarketTimelock", calldata("MarketTimelock", "grantRole", ROLE, BOB)),
        ("MarketTimelock", calldata("MarketTimelock", "revokeRole", ROLE, BOB)),
        ("MarketTimelock", calldata("MarketTimelock", "renounceRole", ROLE, BOB)),
        ("MarketGovernor", calldata("MarketGovernor", "relay", BOB, 0, b"\x01")),
        ("Token", calldata("Token", "approve", BOB, 2**256 - 1)),
    ],
)
def test_D9_what_no_difference_shows_is_flagged(bounded: Book, client, contract, data):
    target = CONTRACTS.get(contract, TOKEN)
    [call] = told(bounded, client, (target, 0, data))
    assert call["function"] is not None
    assert call["warning"]
    assert call["changes"] == []


def test_D9_a_token_nobody_voted_on_is_shown_raw(bounded: Book, client):
    [call] = told(bounded, client, (BOB, 0, calldata("Token", "transfer", ALICE, 7)))
    assert (call["contract"], call["function"]) == (None, None)
    assert call["warning"] == "not a contract of this market"
    assert call["payments"] == []


def test_an_executed_proposal_is_told_from_before_it(bounded: Book, client):
    bounded.rules(3, 2, [150] + [100] * 9, "fees", time_of(9))
    listing = {"escrow": BOB, "listed": True}
    bounded.write(tables.listed_escrows, listing | fact(3, 4))
    book, reputation = told(
        bounded,
        client,
        (BOOK, 0, fees(_0=150)),
        (CONTRACTS["Reputation"], 0, calldata("Reputation", "setEscrow", BOB, True)),
        executed_at=time_of(3),
    )
    assert pairs(book) == {"feeBps.goods": ("100", "150")}
    assert pairs(reputation) == {f"reputation.{BOB}": ("false", "true")}


def test_words():
    assert duration(0) == "0 seconds"
    assert duration(86_400 + 3_601) == "1 day 1 hour 1 second"
    assert duration(2 * 604_800) == "14 days"
    assert [points(value) for value in (10**6, 1_500_000, 1)] == ["1", "1.5", "0.000001"]
