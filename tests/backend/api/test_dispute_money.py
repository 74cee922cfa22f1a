"""The money of disputes."""

from typing import Any

import pytest

from backend.chain import Log
from scripts.people import Person
from tests.backend.api.docket import DISPUTES, FEE, NEEDED, Docket, total, value
from tests.backend.court import Case

BOB, DAVE, NOOR = Person.BOB, Person.DAVE, Person.NOOR
V1 = "/api/v1"


def test_the_money_of_a_case_adds_up(docket: Docket) -> None:
    told = docket.get(docket.two_rounds)
    money = told["money"]
    assert total(money["paidIn"], "deposit") == 2 * FEE
    assert total(money["paidIn"], "appeal") == 2 * NEEDED + 77
    assert value(money["held"]) == 0
    assert money["owed"] == []
    # The checker's contributors won the appeal, and share what is not the jurors'.
    shared = 2 * NEEDED - 7 * 4 * 10**15
    won = [total(money["credited"], "appealReturned", who.address) for who in (DAVE, NOOR)]
    assert sum(won) == shared
    assert won[0] == shared * 10**16 // NEEDED
    assert total(money["credited"], "appealReturned", BOB.address) == 77
    assert [appeal["winner"] for appeal in told["appeals"]] == ["checker", None]
    assert [appeal["appellant"] for appeal in told["appeals"]] == ["checker", None]


def hash_of(item: Any) -> str:
    return str(item["fact"]["transactionHash"])


@pytest.mark.parametrize("name", ["two_rounds", "one_side", "no_panel", "settled", "unanswered"])
def test_what_was_credited_is_what_the_court_credited(docket: Docket, name: str) -> None:
    """By its logs, which name no case: every credit of a transaction of this case, but for what
    somebody sent too much for an appeal and was owed at once."""
    case: Case = getattr(docket, name)
    happened = docket.get(case, "timeline", limit=100)["items"]
    funded = {hash_of(item) for item in happened if item["name"] == "AppealFunded"}
    ours = {hash_of(item) for item in happened} - funded
    logs = docket.market.rpc(
        "eth_getLogs", {"fromBlock": "0x0", "address": docket.market.addresses["Court"]}
    )
    credited = 0
    for raw in logs:
        if raw["transactionHash"] in ours and len(raw["topics"]) == 2:
            record = docket.market.decoder.decode(Log.read(raw), 0)
            credited += int(record.args["amount"]) if record.name == "Credited" else 0
    assert value(docket.get(case)["money"]["totalCredited"]) == credited
    assert credited > 0


def test_credits_of_the_court_are_among_all_credits(docket: Docket) -> None:
    """With who owes them; each is what the contract says."""
    items, cursor = [], {}
    while True:
        page = docket.client.get(f"{V1}/credits", params={"limit": 3} | cursor).json()
        items += page["items"]
        if page["nextCursor"] is None:
            break
        cursor = {"cursor": page["nextCursor"]}
    places = [(item["account"], item["amount"]["asset"], item["contract"]) for item in items]
    assert places == sorted(set(places))
    court = docket.market.addresses["Court"]
    owed = {item["account"]: value(item["amount"]) for item in items if item["contract"] == court}
    assert len(owed) > 5
    for account, amount in owed.items():
        assert docket.market.view("Court", "creditOf", account) == amount
    assert NOOR.address not in owed  # it was paid out
    told = docket.client.get(f"{V1}/accounts/{DAVE.address}").json()
    assert [(one["contract"], value(one["amount"])) for one in told["credits"]] == [
        (court, owed[DAVE.address])
    ]
    assert told["openDisputes"] == 0
    assert docket.client.get(f"{V1}/accounts/{BOB.address}").json()["openDisputes"] == 2


def test_the_court_holds_what_it_owes_and_what_its_cases_hold(docket: Docket) -> None:
    """To the unit, over cases in every status."""
    court = docket.market.addresses["Court"]
    coin = int(docket.market.rpc("eth_getBalance", court, "latest"), 16)
    cases = [docket.client.get(f"{DISPUTES}/{case}").json() for case in docket.ids(limit=100)]
    held = sum(value(case["money"]["held"]) for case in cases)
    credits = docket.client.get(f"{V1}/credits", params={"limit": 100}).json()["items"]
    owed = sum(value(item["amount"]) for item in credits if item["contract"] == court)
    assert coin == owed + held
    assert held > 0
