"""Jurors, the pool and the seeds as the service tells of them, held against the contracts."""

from __future__ import annotations

from typing import Any

from backend.terms.court import CaseStatus
from backend.terms.jurors import Pool, Tier
from backend.terms.offer import ZERO_ADDRESS
from scripts.people import JURORS, Person
from tests.backend.api.docket import Docket, value
from tests.backend.api.serving import problem_of
from tests.backend.court import COIN

API = "/api/v1"
RITA = Person.RITA


def get(docket: Docket, path: str, **params: Any) -> Any:
    answer = docket.client.get(f"{API}{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_jurors_are_as_the_pool_has_them(docket: Docket) -> None:
    items = get(docket, "/jurors", limit=100)["items"]
    assert {item["juror"] for item in items} == {one.address for one in JURORS}
    weights = [(item["weight"], value(item["stake"])) for item in items]
    assert weights == sorted(weights, reverse=True)
    view = docket.market.view
    for item in items:
        stake, locked, leaving, _ = view("JurorPool", "stakeOf", item["juror"])
        told = [value(item[name]) for name in ("stake", "locked", "leaving")]
        assert told == [stake, locked, leaving]
        assert item["weight"] == view("JurorPool", "weightOf", item["juror"])
        assert get(docket, f"/accounts/{item['juror']}")["juror"] == item
        whole = get(docket, f"/jurors/{item['juror']}")
        assert {name: whole[name] for name in item} == item
        assert whole["position"] == view("JurorPool", "positionOf", item["juror"])
        assert whole["points"] == str(view("Reputation", "pointsOf", item["juror"]))
        assert value(whole["courtCredit"]) == view("Court", "creditOf", item["juror"])
        assert value(whole["poolCredit"]) == view("JurorPool", "creditOf", item["juror"])
        assert value(whole["awarded"]) - value(whole["slashed"]) == stake - COIN
        assert value(whole["slashed"]) == value(whole["record"]["stakeLost"])
    first = get(docket, "/jurors", limit=4)
    rest = get(docket, "/jurors", limit=100, cursor=first["nextCursor"])["items"]
    assert first["items"] + rest == items


def test_a_fresh_weight_is_what_refresh_makes_of_it(docket: Docket) -> None:
    """In a block that is not kept: the docket stays as it is."""
    market = docket.market
    told = {one: get(docket, f"/jurors/{one.address}") for one in JURORS}
    kept = market.rpc("evm_snapshot")
    now = {}
    for juror in JURORS:
        market.send(RITA, "JurorPool", "refresh", juror.address)
        now[juror] = market.view("JurorPool", "weightOf", juror.address)
    assert market.rpc("evm_revert", kept)
    assert {one: found["freshWeight"] for one, found in told.items()} == now


def test_records_add_up_to_the_seats_of_all_panels(docket: Docket) -> None:
    """Every seat there is, told once by its dispute and once by its juror."""
    cases = [get(docket, f"/disputes/{case}") for case in docket.ids(limit=100)]
    seats = [(panel, seat) for case in cases for panel in case["panels"] for seat in panel["seats"]]
    for juror in JURORS:
        mine = [(panel, seat) for panel, seat in seats if seat["juror"] == juror.address]
        states = [seat["state"] for _, seat in mine]
        voted = [seat["state"] for panel, seat in mine if panel["state"] in ("ruled", "silent")]
        record = get(docket, f"/jurors/{juror.address}")["record"]
        assert record["drawn"] == len(mine)
        assert record["revealed"] == states.count("revealed")
        assert record["missed"] == voted.count("seated") + voted.count("committed")
        assert record["struck"] == states.count("struck") + states.count("replaced")
        assert record["denounced"] == states.count("denounced")
        fees = [value(seat["feePaid"]) for _, seat in mine if seat["feePaid"] is not None]
        assert value(record["feesEarned"]) == sum(fees)
        judged = [
            seat
            for panel, seat in mine
            if panel["state"] == "ruled" and panel["settledAt"] and seat["state"] == "revealed"
        ]
        assert record["coherent"] == sum(value(seat["feePaid"]) > 0 for seat in judged)
        assert record["coherent"] + record["incoherent"] == len(judged)
    records = [get(docket, f"/jurors/{one.address}")["record"] for one in JURORS]
    for name in ("missed", "coherent", "incoherent", "struck", "denounced", "seedsGiven"):
        assert sum(record[name] for record in records) > 0, name


def test_duties_of_all_cases_under_way(docket: Docket) -> None:
    """Who sits and has not voted has a duty, and nobody else; locked stake waits for somebody."""
    owing = set()
    for juror in JURORS:
        found = get(docket, f"/jurors/{juror.address}/duties")
        owing |= {
            (juror.address, duty["vote"]["caseId"], duty["function"])
            for duty in found["duties"]
            if duty["vote"] is not None
        }
        ready = {one["caseId"] for one in found["waiting"] if one["function"] == "settleRound"}
        assert ready <= {docket.unanswered.hex}
    voting = next(case for case in docket.under_way if case.status == CaseStatus.COMMIT)
    panel = [juror.address for juror in voting.jurors() if isinstance(juror, Person)]
    functions = ("commit", "reveal", "commit")  # the one in the middle has committed
    assert owing == {
        (juror, voting.hex, function) for juror, function in zip(panel, functions, strict=True)
    }


def test_the_pool_is_as_it_was_deployed(docket: Docket) -> None:
    found, view = get(docket, "/pool"), docket.market.view
    assert found["asset"] == view("JurorPool", "asset") == ZERO_ADDRESS
    assert value(found["stakeUnit"]) == view("JurorPool", "stakeUnit")
    for name in ("cap", "start", "epochLength", "leaveDelay"):
        assert found[name] == view("JurorPool", name)
    tiers = view("JurorPool", "tiers")
    assert [(int(one["minPoints"]), one["multiplier"]) for one in found["tiers"]] == list(tiers)
    assert found["epoch"] == view("JurorPool", "currentEpoch")
    assert found["asOf"]["time"] < found["epochEndsAt"]
    assert found["jurors"] == len(JURORS)
    weights = [view("JurorPool", "weightOf", one.address) for one in JURORS]
    assert found["weight"] == sum(weights)
    assert {one["contract"] for one in found["callers"]} == {
        docket.market.addresses[name] for name in ("Court", "BondedSeed")
    }
    assert value(found["seeds"]["bond"]) == view("BondedSeed", "bond")
    assert found["seeds"]["depth"] == view("BondedSeed", "depth")


def test_seeds_and_the_panels_they_drew(docket: Docket) -> None:
    items = get(docket, "/seeds", limit=100)["items"]
    newest = docket.market.view("BondedSeed", "currentRound")
    assert [item["id"] for item in items] == [str(one) for one in range(newest, 0, -1)]
    drawn = set()
    for item in items:
        seed = docket.market.view("BondedSeed", "seedOf", int(item["id"]))
        assert (int(item["seed"], 16) if item["seed"] else 0) == seed
        givers = docket.market.view("BondedSeed", "roundOf", int(item["id"]))[-1]
        assert [one["giver"] for one in item["givers"]] == list(givers)
        assert {one["by"] for one in item["requests"]} == {docket.market.addresses["Court"]}
        drawn |= {(one["caseId"], one["round"], one["attempt"]) for one in item["panels"]}
    panels = [
        (case, panel["round"], panel["attempt"])
        for case in docket.ids(limit=100)
        for panel in get(docket, f"/disputes/{case}")["panels"]
    ]
    assert drawn == set(panels)
    whole = get(docket, "/seeds/1")
    assert whole == items[-1] | {"asOf": whole["asOf"]}
    assert [one["state"] for one in whole["givers"]] == ["revealed"] * 3
    page = get(docket, "/seeds", limit=1)
    assert get(docket, "/seeds", limit=1, cursor=page["nextCursor"])["items"] == items[1:2]


def test_what_is_not_there(docket: Docket) -> None:
    problem_of(docket.client.get(f"{API}/jurors/{RITA.address}"), 404, "unknown-juror")
    assert get(docket, f"/accounts/{RITA.address}")["juror"] is None
    problem_of(docket.client.get(f"{API}/seeds/9000"), 404, "unknown-seed")
    problem_of(docket.client.get(f"{API}/seeds/0"), 422, "malformed-input")
    problem_of(docket.client.get(f"{API}/jurors/nobody/duties"), 422, "malformed-input")


def test_tiers() -> None:
    """By hand: 25 points reach the second of three tiers."""
    tiers = [Tier(10, 1), Tier(20, 2), Tier(50, 4)]
    pool = Pool(ZERO_ADDRESS, 100, 5, tiers, start=1_000, epoch_length=60, leave_delay=100)
    assert [pool.tier_for(points) for points in (9, 10, 19, 20, 49, 50)] == [None, 0, 0, 1, 1, 2]
    assert pool.weight(399, 100, drawable=True, points=25) == 2 * 2
    assert pool.weight(10_000, 0, drawable=True, points=50) == 5 * 4
    assert pool.weight(10_000, 0, drawable=False, points=50) == 0
    assert pool.weight(10_000, 0, drawable=True, points=9) == 0
    assert [pool.epoch_at(time) for time in (1_000, 1_059, 1_060)] == [1, 1, 2]
