"""Disputes as the API tells of them: cases of every kind, on a real chain."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from backend.api.app import create_app
from backend.chain import Log
from backend.db import migrate, open_engine
from backend.settings import Settings
from scripts.people import Person
from scripts.toolchain.node import Anvil
from tests.backend import court_play
from tests.backend.api.serving import problem_of, running
from tests.backend.conftest import Saved, restarted
from tests.backend.court import Case, stake_all
from tests.backend.following import catch_up
from tests.backend.market import Market

DISPUTES = "/api/v1/disputes"
ALICE, BOB, CAROL, DAVE, NOOR = Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.NOOR
FEE = 3 * 4 * 10**15  # wei: three jurors' fees
NEEDED = 7 * 4 * 10**15 * 3 // 2  # wei: each side's share of the first appeal
LOCAL_EVIDENCE, LOCAL_COMMIT, LOCAL_APPEAL = 600, 600, 1_200  # seconds


@dataclass
class Docket:
    """The cases that were played, and the service over them."""

    client: httpx.Client
    market: Market
    two_rounds: Case
    one_side: Case
    no_panel: Case
    settled: Case
    unanswered: Case
    under_way: list[Case]

    def get(self, case: Case, *rest: str, **params: Any) -> Any:
        path = "/".join((DISPUTES, case.hex, *rest))
        answer = self.client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ids(self, **params: Any) -> list[str]:
        items = self.client.get(DISPUTES, params=params).json()["items"]
        return [item["id"] for item in items]


@pytest.fixture(scope="module")
def node(deployed: Saved, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anvil]:
    with restarted(deployed, tmp_path_factory.mktemp("court")) as found:
        yield found


@pytest.fixture(scope="module")
def docket(
    deployed: Saved, node: Anvil, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Docket]:
    database = str(tmp_path_factory.mktemp("docket") / "db.sqlite")
    with closing(Market(node.url, deployed.deployment)) as market:
        stake_all(market)
        cases = (
            court_play.play_two_rounds(market),
            court_play.play_one_side(market),
            court_play.play_no_panel(market),
            court_play.play_settled(market),
            court_play.play_unanswered_appeal(market),
            court_play.play_under_way(market),
        )
        engine = open_engine(database)
        migrate(engine)
        catch_up(engine, market.url, market.deployment)
        engine.dispose()
        settings = Settings(rpc_url=node.url, database=database, deployment=str(deployed.record))
        with running(create_app(settings)) as address, httpx.Client(base_url=address) as client:
            yield Docket(client, market, *cases)


def value(amount: dict[str, str]) -> int:
    return int(amount["value"])


def total(items: list[Any], why: str, account: str | None = None) -> int:
    return sum(
        value(item["amount"])
        for item in items
        if item["why"] == why and account in (None, item["account"])
    )


def actions(told: Any) -> dict[str, Any]:
    return {action["function"]: action for action in told["actions"]}


def test_a_case_is_told_from_its_beginning_to_its_end(docket: Docket) -> None:
    case = docket.two_rounds
    told = docket.get(case)
    assert (told["tradeId"], told["tranche"]) == (case.opened.trade_id, 0)
    assert (told["performer"], told["checker"]) == (ALICE.address, DAVE.address)
    assert (told["status"], told["decision"], told["closing"]) == ("closed", "jury", "ruled")
    # Of 2,000, 2,301, 2,602 and 2,903, the mean of the two in the middle, rounded down.
    assert told["performerBps"] == 2_451
    assert (told["openedBy"], told["round"], told["nextStep"]) == ("checker", 1, None)
    assert told["jury"]["jurors"] == 3
    assert told["trancheNow"]["status"] == "ruled"
    assert told["trancheNow"]["payout"]["performerBps"] == 2_451
    assert told["actions"] == []
    periods = [(period["status"], period["round"]) for period in told["periods"]]
    assert periods == [
        ("deposits", 0), ("evidence", 0), ("commit", 0), ("reveal", 0), ("appeal", 0),
        ("evidence", 1), ("commit", 1), ("reveal", 1), ("appeal", 1),
    ]  # fmt: skip
    assert all(period["startedAt"] < period["deadline"] for period in told["periods"])


def test_panels_have_their_seats_with_what_became_of_each(docket: Docket) -> None:
    first, second = docket.get(docket.two_rounds)["panels"]
    assert [(panel["jurors"], panel["needed"]) for panel in (first, second)] == [(3, 2), (7, 4)]
    assert (first["performerBps"], second["performerBps"]) == (6_500, 2_451)
    seats = [(seat["seat"], seat["state"]) for seat in first["seats"]]
    assert seats == [(0, "replaced"), (0, "revealed"), (1, "revealed"), (2, "denounced")]
    struck, shown, _, denounced = first["seats"]
    assert struck["struckBy"] is not None
    assert struck["feePaid"] is None
    assert denounced["denouncedBy"] == Person.RITA.address
    # All of the seat's stake, of which the denouncer got what is not slashed: four fifths.
    assert int(denounced["stakeLost"]) == 4 * 10**16
    assert int(denounced["denouncedReward"]) == 32 * 10**15
    assert (value(shown["feePaid"]), int(shown["stakeLost"])) == (0, 8 * 10**15)

    states = [seat["state"] for seat in second["seats"]]
    assert states == ["revealed"] * 4 + ["committed", "struck", "seated"]
    # Four share seven fees, and what two who said nothing lost.
    assert [value(seat["feePaid"]) for seat in second["seats"][:4]] == [7 * 10**15] * 4
    assert [int(seat["stakeWon"]) for seat in second["seats"][:4]] == [4 * 10**15] * 4
    assert second["settlement"]["slash"] == str(8 * 10**15)


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


def test_one_side_only(docket: Docket) -> None:
    told = docket.get(docket.one_side)
    assert (told["decision"], told["closing"]) == ("missingDeposit", "ruled")
    assert (told["performerBps"], told["joinedAt"], told["panels"]) == (0, None, [])
    assert total(told["money"]["credited"], "depositReturned", Person.ERIN.address) == FEE


def test_two_panels_that_failed(docket: Docket) -> None:
    told = docket.get(docket.no_panel)
    assert (told["decision"], told["closing"], told["redrawn"]) == ("noPanel", "declined", True)
    assert told["performerBps"] is None
    panels = [(panel["round"], panel["attempt"], panel["state"]) for panel in told["panels"]]
    assert panels == [(0, 0, "silent"), (0, 1, "silent")]
    assert told["trancheNow"]["status"] == "defaulted"
    assert told["trancheNow"]["payout"]["performerBps"] == told["defaultPerformerBps"]


def test_settled_by_the_parties(docket: Docket) -> None:
    told = docket.get(docket.settled)
    assert (told["decision"], told["closing"]) == (None, "settled")
    assert told["panels"][0]["state"] == "dismissed"
    credited = told["money"]["credited"]
    # The performer gave up, so that it pays the one juror who had committed.
    assert total(credited, "depositReturned", BOB.address) == FEE
    assert total(credited, "depositReturned", ALICE.address) == FEE - 4 * 10**15
    assert total(credited, "jurorFee") == 4 * 10**15


def test_an_appeal_that_was_not_answered(docket: Docket) -> None:
    told = docket.get(docket.unanswered)
    assert (told["status"], told["decision"], told["performerBps"]) == (
        "decided", "missingAppeal", 10_000,
    )  # fmt: skip
    assert told["nextStep"] == {
        "status": "closed", "at": None, "due": True, "function": "execute",
    }  # fmt: skip
    money = told["money"]
    assert total(money["owed"], "appeal", ALICE.address) == NEEDED
    assert total(money["owed"], "jurorFees") == FEE
    assert value(money["held"]) == NEEDED + FEE
    assert set(actions(told)) == {"execute", "settleRound", "claimAppeal"}


def test_what_can_be_done_and_by_whom(docket: Docket) -> None:
    waiting, drawing, voting, appealed = map(docket.get, docket.under_way)
    join = actions(waiting)["join"]
    assert (join["by"], value(join["value"])) == ([BOB.address], FEE)
    assert join["until"] == waiting["deadline"] == waiting["nextStep"]["at"] - 1

    draw = actions(drawing)["draw"]
    assert (draw["by"], draw["until"]) == (None, drawing["deadline"] + LOCAL_COMMIT)
    assert drawing["nextStep"]["status"] == "evidence"

    commit = actions(voting)["commit"]
    seats = voting["panels"][0]["seats"]
    assert commit["by"] == [seat["juror"] for seat in seats if seat["seat"] != 1]
    assert voting["nextStep"]["status"] == "reveal"

    fund = actions(appealed)["fundAppeal"]
    assert (fund["side"], fund["round"], value(fund["value"])) == ("performer", 0, NEEDED)
    assert fund["until"] == appealed["deadline"]
    for case, told in zip(docket.under_way, (waiting, drawing, voting, appealed), strict=True):
        step = docket.market.view("Court", "nextStep", case.id)
        assert told["nextStep"]["at"] == step[1]


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
