"""Disputes as the API tells of them: cases of every kind, on a real chain."""

from scripts.people import Person
from tests.backend.api.docket import FEE, NEEDED, Docket, actions, total, value

ALICE, BOB, DAVE = Person.ALICE, Person.BOB, Person.DAVE
LOCAL_COMMIT = 600  # seconds


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
