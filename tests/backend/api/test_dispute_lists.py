"""Lists of disputes, their timelines and evidence, and what else names them."""

import json
from collections.abc import Callable
from typing import Any

from backend import abi
from backend.queries.case_words import WORDS
from scripts.people import Person
from tests.backend.api.docket import DISPUTES, Docket
from tests.backend.api.serving import problem_of

ALICE, DAVE = Person.ALICE, Person.DAVE


def test_the_timeline_is_in_order_and_in_words(docket: Docket) -> None:
    items = docket.get(docket.two_rounds, "timeline", limit=100)["items"]
    places = [(item["fact"]["blockNumber"], item["fact"]["logIndex"]) for item in items]
    assert places == sorted(places)
    assert [item["name"] for item in items[:3]] == [
        "TranchePerformed", "TrancheDisputed", "CaseOpened",
    ]  # fmt: skip
    opened = items[2]
    assert (opened["who"], opened["words"]) == (
        DAVE.address, "opened the case as the checker, and deposited 0.012 coin",
    )  # fmt: skip
    names = [item["name"] for item in items]
    assert names.index("CaseClosed") < names.index("TrancheRuled")
    assert "Evidence" not in names
    words = " / ".join(item["words"] for item in items)
    assert "the panel of round 0 ruled: 65 % to the performer" in words
    assert "denounced the vote of" in words

    seen: list[str] = []
    params: dict[str, Any] = {"limit": 7}
    while True:
        page = docket.get(docket.two_rounds, "timeline", **params)
        seen += [item["words"] for item in page["items"]]
        if page["nextCursor"] is None:
            break
        params["cursor"] = page["nextCursor"]
    assert seen == [item["words"] for item in items]


def test_evidence(docket: Docket) -> None:
    items = docket.get(docket.two_rounds, "evidence")["items"]
    assert [item["side"] for item in items] == ["performer", "performer", "checker"]
    assert items[0]["uri"] == "ipfs://more"
    assert items[2]["uri"] == "https://evidence.example/1��"
    assert docket.get(docket.two_rounds)["evidence"] == items


def test_filters(docket: Docket) -> None:
    every = docket.ids()
    cases = [docket.two_rounds, docket.one_side, docket.no_panel, docket.settled]
    assert every[-4:] == [case.hex for case in reversed(cases)]
    assert docket.ids(party=DAVE.address) == [docket.two_rounds.hex]
    assert docket.ids(party=ALICE.address) == every
    assert docket.ids(trade=docket.settled.opened.trade_id) == [docket.settled.hex]
    assert docket.ids(status="decided") == [docket.unanswered.hex]
    assert set(docket.ids(status="open")) == set(every) - {case.hex for case in cases}
    for juror in Person:
        sat = [
            case
            for case in every
            if any(
                seat["juror"] == juror.address
                for panel in docket.client.get(f"{DISPUTES}/{case}").json()["panels"]
                for seat in panel["seats"]
            )
        ]
        assert docket.ids(juror=juror.address) == sat
    first = docket.client.get(DISPUTES, params={"limit": 2}).json()
    rest = docket.ids(limit=100, cursor=first["nextCursor"])
    assert [item["id"] for item in first["items"]] + rest == every


def test_a_trade_names_its_disputes(docket: Docket) -> None:
    trade = docket.two_rounds.opened.trade_id
    told = docket.client.get(f"/api/v1/trades/{trade}").json()
    [link] = told["disputes"]
    assert link == {
        "id": docket.two_rounds.hex,
        "tranche": 0,
        "status": "closed",
        "decision": "jury",
        "performerBps": 2_451,
    }


def test_a_dispute_that_is_not_there(docket: Docket) -> None:
    unknown = "0x" + "ab" * 32
    get: Callable[..., Any] = docket.client.get
    for path in (unknown, f"{unknown}/timeline", f"{unknown}/evidence"):
        problem = problem_of(get(f"{DISPUTES}/{path}"), 404, "unknown-dispute")
        assert problem["caseId"] == unknown
    problem_of(get(f"{DISPUTES}/0x12"), 422, "malformed-input")
    problem_of(get(DISPUTES, params={"status": "lost"}), 422, "malformed-input")


def test_every_event_of_a_case_has_words() -> None:
    of_case = {
        item["name"]
        for item in abi.load("Court")
        if item["type"] == "event" and any(part["name"] == "caseId" for part in item["inputs"])
    }
    of_tranche = {
        item["name"]
        for item in abi.load("Escrow")
        if item["type"] == "event" and item["name"].startswith("Tranche")
    }
    assert set(WORDS) == of_case | of_tranche


def test_the_stream_says_which_dispute_to_read_again(docket: Docket) -> None:
    case = docket.two_rounds.hex
    items = docket.get(docket.two_rounds, "timeline")["items"]
    fact = next(item["fact"] for item in items if item["name"] == "AppealFunded")
    before = fact["blockNumber"] - 1
    headers = {"Last-Event-ID": f"{before}-0-{docket.market.hash_of(before)}"}
    with docket.client.stream("GET", "/api/v1/stream", headers=headers) as stream:
        lines = stream.iter_lines()
        data = next(line for line in lines if line.startswith("data: "))
    changes = json.loads(data.removeprefix("data: "))["changes"]
    assert (changes[0]["name"], changes[0]["caseId"]) == ("AppealFunded", case)
