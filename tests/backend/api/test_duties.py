"""What a juror is told to do, period by period, on a real chain; and what a seed-giver is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.api.app import create_app
from backend.db import migrate, open_engine
from backend.settings import Settings
from scripts.people import JURORS, Person
from scripts.toolchain.node import Anvil
from tests.backend import pool_play
from tests.backend.api.docket import value
from tests.backend.api.serving import running
from tests.backend.court import COIN, SALT, Case, give_seed, stake_all, trades_with_jurors
from tests.backend.following import catch_up
from tests.backend.market import Market
from tests.backend.saved import Saved

ALICE, BOB, RITA = Person.ALICE, Person.BOB, Person.RITA
Ask = Callable[[Person | str], Any]
JUROR_FEE, SEAT_STAKE, SLASH = 4 * 10**15, 4 * 10**16, 8 * 10**15


@pytest.fixture
def told(deployed: Saved, node: Anvil, market: Market, tmp_path: Path) -> Iterator[Ask]:
    """Asks for somebody's duties as of now."""
    database = str(tmp_path / "db.sqlite")
    engine = open_engine(database)
    migrate(engine)
    catch_up(engine, node.url, deployed.deployment)
    settings = Settings(rpc_url=node.url, database=database, deployment=str(deployed.record))
    with running(create_app(settings)) as address, httpx.Client(base_url=address) as client:

        def ask(who: Person | str) -> Any:
            """Of a person the duties, else any page."""
            catch_up(engine, node.url, deployed.deployment)
            path = f"/jurors/{who.address}/duties" if isinstance(who, Person) else who
            answer = client.get(f"/api/v1{path}")
            assert answer.status_code == 200, answer.text
            return answer.json()

        yield ask
    engine.dispose()


def votes(found: Any) -> list[tuple[str, bool, int]]:
    """Function, whether it is due, and the deadline."""
    return [
        (one["function"], one["due"], one["until"])
        for one in found["duties"]
        if one["vote"] is not None
    ]


def calls(found: Any) -> list[str]:
    return [one["function"] for one in found["waiting"]]


def juror_at(case: Case, seat: int) -> Person:
    found = case.jurors()[seat]
    assert isinstance(found, Person)
    return found


def test_a_vote_period_by_period(market: Market, told: Ask) -> None:
    jury = market.view("RuleBook", "juryRules", 1)
    commit_period, reveal_period = jury[4], jury[5]
    assert (jury[0], jury[1], jury[1] * jury[11] // 10_000) == (JUROR_FEE, SEAT_STAKE, SLASH)
    stake_all(market)
    case = Case.of(market, BOB)
    case.to_evidence()
    case.seat_panel()
    first, second, third = (juror_at(case, seat) for seat in range(3))
    deadline = case.deadline
    found = told(first)
    assert votes(found) == [("commit", False, deadline + commit_period)]
    (duty,) = found["duties"]
    assert duty["beginsAt"] == deadline + 1
    assert duty["vote"]["caseId"] == case.hex
    assert (duty["vote"]["seat"], duty["vote"]["round"], duty["vote"]["attempt"]) == (0, 0, 0)
    amounts = [value(duty[name]) for name in ("earns", "earnsAtMost", "loses", "locked")]
    assert amounts == [JUROR_FEE, 3 * JUROR_FEE, SLASH, SEAT_STAKE]
    assert found["waiting"] == []

    # Nobody has moved the case on, but the period is over.
    market.wait_until(deadline + 1)
    found = told(first)
    assert votes(found) == [("commit", True, deadline + commit_period)]
    assert calls(found) == ["advance"]
    case.commit(0, 5_000)
    assert case.deadline == deadline + commit_period
    deadline = case.deadline
    assert votes(told(first)) == [("reveal", False, deadline + reveal_period)]
    assert votes(told(second)) == [("commit", True, deadline)]
    case.commit(1, 5_000)
    market.wait_until(deadline + 1)
    assert votes(told(first)) == [("reveal", True, deadline + reveal_period)]
    assert votes(told(third)) == []  # it committed to nothing, and has nothing to reveal
    case.reveal(0, 5_000)
    assert case.deadline == deadline + reveal_period
    assert votes(told(first)) == []
    case.reveal(1, 5_000)

    market.wait_until(case.deadline + 1)
    assert calls(told(first)) == ["advance"]
    case.send(RITA, "advance")
    assert calls(told(first)) == ["settleRound"]
    assert calls(told(third)) == ["settleRound"]
    case.settle(0)
    found = told(first)
    withdraw = found["waiting"][0]
    assert (withdraw["function"], withdraw["contract"]) == ("withdraw", market.addresses["Court"])
    assert value(withdraw["amount"]) == 3 * JUROR_FEE // 2
    assert calls(told(third)) == []
    market.send(RITA, "Court", "withdraw", first.address, first.address)
    assert "withdraw" not in calls(told(first))


def test_a_case_that_was_settled_without_its_panel(market: Market, told: Ask) -> None:
    stake_all(market)
    case = Case.of(market, BOB)
    case.to_commit()
    case.commit(0, 1)
    market.act(ALICE, "refund", case.opened, 0)
    second = juror_at(case, 1)
    assert calls(told(second)) == ["execute"]
    assert [name for name, *_ in votes(told(second))] == ["commit"]  # until it is closed
    case.execute()
    found = told(second)
    assert (votes(found), calls(found)) == ([], ["settleRound"])


def test_a_panel_that_is_never_full_and_is_drawn_again(market: Market, told: Ask) -> None:
    """Two jurors for three seats: they wait, and are let go."""
    stake_all(market, JURORS[:2])
    period = market.view("RuleBook", "juryRules", 1)[4]
    case = Case.of(market, BOB)
    case.to_evidence()
    give_seed(market)
    case.draw()
    deadline, juror = case.deadline, JURORS[0]
    assert votes(told(juror)) == [("commit", False, deadline + period)]
    market.wait_until(deadline + 1)
    found = told(juror)
    assert votes(found) == [("commit", False, deadline + period)]
    assert (found["duties"][0]["beginsAt"], found["waiting"]) == (None, [])
    market.wait_until(deadline + period + 1)
    found = told(juror)
    assert (votes(found), calls(found)) == ([], ["advance"])
    case.send(RITA, "advance")
    (waiting,) = told(juror)["waiting"]
    assert (waiting["function"], waiting["round"], waiting["attempt"]) == ("settleRound", 0, 0)
    assert waiting["caseId"] == case.hex
    case.settle(0, 0)
    (duty,) = told(juror)["duties"]  # the case has asked for another seed
    assert (duty["function"], duty["secret"]["seedId"]) == ("commit", "2")
    give_seed(market)
    assert told(juror)["duties"] == told(juror)["waiting"] == []
    case.draw()
    duty = next(one for one in told(juror)["duties"] if one["vote"] is not None)
    assert (duty["vote"]["attempt"], duty["due"]) == (1, False)


def test_who_is_denounced_or_struck_has_nothing_more_to_do(market: Market, told: Ask) -> None:
    stake_all(market)
    shown = trades_with_jurors(market, BOB)
    case = Case.of(market, BOB)
    case.to_commit()
    first, second, third = (juror_at(case, seat) for seat in range(3))
    case.commit(0, 100)
    case.send(RITA, "denounce", 0, 100, SALT)
    case.strike(1, shown[second])
    for juror in (first, second):
        assert votes(told(juror)) == []
    assert [name for name, *_ in votes(told(third))] == ["commit"]
    first_now, second_now = (told(f"/jurors/{one.address}") for one in (first, second))
    assert value(first_now["locked"]) == value(second_now["locked"]) == 0
    assert value(first_now["record"]["stakeLost"]) == SEAT_STAKE
    assert (first_now["record"]["denounced"], second_now["record"]["struck"]) == (1, 1)
    assert first_now["record"]["missed"] == second_now["record"]["missed"] == 0


def test_a_secret_and_the_stake_that_leaves(market: Market, told: Ask) -> None:
    stake_all(market)
    bond = market.view("BondedSeed", "bond")
    number = pool_play.request_seed(market)
    first, _, third = pool_play.givers_of(market, number)
    assert isinstance(first, Person)
    assert isinstance(third, Person)
    (duty,) = told(first)["duties"]
    assert (duty["function"], duty["due"], duty["secret"]) == (
        "commit", True, {"seedId": str(number), "seat": 0},
    )  # fmt: skip
    assert duty["until"] == pool_play.deadline_of(market, number)
    assert (value(duty["loses"]), value(duty["winsAtLeast"])) == (bond, 0)
    pool_play.commit_secrets(market, number, [0, 1])
    assert told(first)["duties"] == []
    pool_play.wait_past_deadline(market, number)
    found = told(third)
    assert (found["duties"], calls(found)) == ([], ["close"])
    market.send(RITA, "BondedSeed", "close", number)
    (duty,) = told(first)["duties"]
    target = market.view("BondedSeed", "roundOf", number)[2]
    assert (duty["function"], duty["due"]) == ("reveal", True)
    assert duty["fromBlock"] == target + market.view("BondedSeed", "depth")
    assert value(duty["winsAtLeast"]) == bond // 2  # what the third lost
    pool_play.wait_for_target(market)
    assert told(first)["duties"][0]["fromBlock"] is None
    pool_play.reveal_secrets(market, number, [0])
    assert told(first)["duties"] == []
    pool_play.wait_past_deadline(market, number)
    assert calls(told(first)) == ["finish"]
    market.send(RITA, "BondedSeed", "finish", number)
    assert calls(told(first)) == ["refresh"]  # the third's bond is its stake now
    market.send(RITA, "JurorPool", "refresh", first.address)
    assert calls(told(first)) == []
    treasury = market.addresses["MarketTimelock"]
    (credit,) = told(f"/credits?account={treasury}")["items"]  # of who kept its secret back
    assert (credit["contract"], value(credit["amount"])) == (market.addresses["JurorPool"], bond)
    (due,) = told(f"/jurors/{treasury}/duties")["waiting"]
    assert (due["function"], value(due["amount"])) == ("withdrawCredit", bond)
    assert told(f"/seeds/{number}")["due"] is None

    market.send(third, "JurorPool", "requestLeave", COIN // 2)
    (leave,) = (one for one in told(third)["waiting"] if one["function"] == "withdraw")
    available = market.view("JurorPool", "stakeOf", third.address)[3]
    assert (leave["at"], value(leave["amount"])) == (available, COIN // 2)
    market.wait_until(available)
    (leave,) = (one for one in told(third)["waiting"] if one["function"] == "withdraw")
    assert leave["at"] is None
    market.send(third, "JurorPool", "withdraw")
    assert "withdraw" not in calls(told(third))


def test_somebody_who_is_no_juror(told: Ask) -> None:
    found = told(RITA)
    assert (found["duties"], found["waiting"]) == ([], [])
