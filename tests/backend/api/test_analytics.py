"""What happened in the market, in sums: against the chain's own logs, and by hand."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from sqlalchemy import update

from backend.api.app import create_app
from backend.api.limits import Limits
from backend.chain import Node, Rpc
from backend.db import tables, writing
from backend.events import Decoder
from backend.events.escrow import Withdrawn
from backend.queries.concentration import spread
from backend.settings import Deployment
from scripts.toolchain.node import Anvil
from tests.backend.api.book import ALICE, BOB, TOKEN, Book, fact, offer_by, time_of
from tests.backend.api.chain import serving
from tests.backend.api.serving import problem_of, running
from tests.backend.commands import invoke
from tests.backend.saved import Saved

V1 = "/api/v1"
DAY = 86_400
COIN = "0x" + "00" * 20
ENDS = ("Accepted", "Refunded", "Lapsed", "Missed", "Split", "Ruled", "Defaulted")
ALL = {"since": 0}


def analytics(client: httpx.Client, **query: Any) -> Any:
    answer = client.get(f"{V1}/analytics", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def records(url: str, deployment: Deployment) -> Iterator[tuple[int, Any]]:
    """Every event of our contracts with the time of its block, straight from the node."""
    with Rpc(url) as rpc:
        node, decoder = Node(rpc), Decoder(deployment.contracts)
        head = node.head().number
        _, logs, _ = node.stretch(0, head, set(deployment.contracts.values()))
        for log in logs:
            block = node.block(log.block_number)
            assert block is not None
            yield block.time, decoder.decode(log, block.time).event


@pytest.fixture(scope="module")
def story(played: Saved, played_node: Anvil, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The market in which everything has happened: its logs, and what the API tells of it."""
    folder = tmp_path_factory.mktemp("analytics")
    with serving(played_node, played.record, folder) as chain:
        chain.index()
        yield chain, list(records(played_node.url, played.deployment))


def test_days_are_as_the_logs_tell(story: Any) -> None:
    chain, logs = story
    opened: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for time, event in logs:
        name, day = type(event).__name__, time - time % DAY
        if name == "TradeOpened":
            opened[day]["trades"] += 1
            terms = event.offer.terms
            opened[day][f"of {terms.asset}"] += sum(one.amount for one in terms.tranches)
        elif name.startswith("Tranche") and name.removeprefix("Tranche") in ENDS:
            opened[day][name.removeprefix("Tranche").lower()] += 1
        elif name == "TrancheDisputed":
            opened[day]["disputed"] += 1
    found = chain.client.get("/analytics", params=ALL).json()
    told: dict[int, Counter[str]] = {}
    for one in found["items"]:
        counted = Counter({"trades": one["opened"], "disputed": one["disputed"]})
        counted.update({each["name"]: each["count"] for each in one["outcomes"]})
        counted.update({f"of {each['asset']}": int(each["opened"]) for each in one["money"]})
        told[one["time"]] = +counted
    assert {day: count for day, count in told.items() if count} == dict(opened)
    assert len({asset for one in opened.values() for asset in one if asset.startswith("of")}) > 1


def test_money_is_conserved_to_the_unit(story: Any) -> None:
    chain, logs = story
    found = chain.client.get("/analytics", params=ALL).json()
    for money in [each for one in found["items"] for each in one["money"]]:
        parts = sum(int(money[name]) for name in ("paid", "returned", "fees"))
        assert parts == int(money["volume"])
    earned = {each["asset"]: int(each["value"]) for each in found["treasury"]["earned"]}
    by_day: Counter[str] = Counter()
    for one in found["items"]:
        by_day.update({each["asset"]: int(each["fees"]) for each in one["money"]})
    assert +by_day == earned
    treasury = chain.deployment.address("MarketTimelock")
    assert found["treasury"]["account"] == treasury
    escrow = chain.contract("Escrow")
    owed = {each["asset"]: int(each["value"]) for each in found["treasury"]["owed"]}
    for asset, fees in earned.items():
        there = escrow.call("creditOf", treasury, asset)
        assert owed.get(asset, 0) == there
        drawn = sum(
            event.amount
            for _, event in logs
            if isinstance(event, Withdrawn) and (event.account, event.asset) == (treasury, asset)
        )
        assert fees == there + drawn


def test_versions_have_all_that_days_have_but_votes_and_spending(story: Any) -> None:
    chain, _ = story
    days = chain.client.get("/analytics", params=ALL).json()["items"]
    versions = chain.client.get("/analytics", params=ALL | {"by": "version"}).json()["items"]
    assert len(versions) > 1
    for name in ("opened", "closed", "disputed"):
        assert sum(one[name] for one in days) == sum(one[name] for one in versions)
    for name in ("volume", "fees"):
        sums = [
            sum(int(m[name]) for one in some for m in one["money"]) for some in (days, versions)
        ]
        assert sums[0] == sums[1] > 0
    assert all(one["turnoutBps"] is None and one["time"] is None for one in versions)
    assert any(one["turnoutBps"] for one in days)


def test_the_command_writes_what_the_api_tells(story: Any, played: Saved, tmp_path: Path) -> None:
    chain, _ = story
    address = str(chain.client.base_url).removesuffix("/api/v1/")
    where = ["--api-url", address, "--deployment", played.record, "--from", "2000-01-01"]
    code, told = invoke("analytics", *where)
    assert code == 0, told
    found = chain.client.get("/analytics", params=ALL).json()
    assert found["items"][0]["period"] in told
    assert f"{found['concentration']['voters']} voters" in told
    files = tmp_path / "a.csv", tmp_path / "a.parquet"
    code, told = invoke("analytics", *where, "--csv", files[0], "--parquet", files[1])
    assert code == 0, told
    with files[0].open() as file:
        header, *lines = csv.reader(file)
    assert header == ["period", "measure", "name", "asset", "value"]
    assert [list(row.values()) for row in parquet.read_table(files[1]).to_pylist()] == lines
    fees = Counter()
    for _, measure, name, asset, value in lines:
        if (measure, name) == ("money", "fees"):
            fees[asset] += int(value)
    assert +fees == {each["asset"]: int(each["value"]) for each in found["treasury"]["earned"]}
    code, told = invoke("analytics", *where, "--csv", tmp_path / "no" / "such" / "folder.csv")
    assert (code, "cannot be written: No such file or directory" in told) == (1, True)
    code, told = invoke("analytics", *where, "--to", "yesterday")
    assert (code, "is no date" in told) == (2, True)


def test_of_nothing(client: httpx.Client) -> None:
    found = analytics(client)
    assert found["items"] == []
    assert found["treasury"] | {"account": ""} == {
        "account": "",
        "earned": [],
        "owed": [],
        "spent": [],
    }


@pytest.mark.parametrize(
    "query", [{"by": "week"}, {"since": -1}, {"until": "soon"}, {"since": 2**63}]
)
def test_S1_bad_questions(client: httpx.Client, query: dict[str, Any]) -> None:
    problem_of(client.get(f"{V1}/analytics", params=query), 422, "malformed-input")


def test_a_while_ends_before_its_end(book: Book, client: httpx.Client) -> None:
    for block in (2, 3, 4):
        book.trade(block, offer_by(), fill=block)
    book.at(9)
    for since, until, count in ((2, 4, 2), (3, 9, 2), (4, 4, 0), (5, 9, 0)):
        found = analytics(client, since=time_of(since), until=time_of(until))
        assert sum(one["opened"] for one in found["items"]) == count


def test_S5_more_trades_than_can_be_reckoned_at_once(book: Book) -> None:
    for block in (2, 3, 4):
        book.trade(block, offer_by(), fill=block)
    book.at(9)
    limits = Limits(replayed_trades=2)
    app = create_app(book.settings, limits)
    with running(app, limits) as address, httpx.Client(base_url=address) as client:
        told = problem_of(client.get(f"{V1}/analytics", params=ALL), 409, "too-many-trades")
        assert (told["trades"], told["limit"]) == (3, 2)
        assert analytics(client, since=time_of(3))["items"][0]["opened"] == 2
    app.state.context.engine.dispose()


def test_turnout_is_of_all_votes_at_the_snapshot(book: Book, client: httpx.Client) -> None:
    book.supply(2, 1_000)
    past = {"snapshot": time_of(3), "deadline": time_of(4), "vote_end": time_of(4)}
    book.proposal(2, 1, for_votes=300, against_votes=33, abstain_votes=0, **past)
    book.proposal(2, 2, for_votes=100, **past)
    book.proposal(2, 3, for_votes=900, canceled_at=time_of(3), **past)
    book.proposal(2, 4, for_votes=900, **(past | {"deadline": time_of(99)}))
    book.supply(5, 10)
    book.at(9)
    (day,) = analytics(client, **ALL)["items"]
    assert (day["proposals"], day["turnoutBps"]) == (2, (3_330 + 1_000) // 2)


def test_cases_by_decision_and_length(book: Book, client: httpx.Client) -> None:
    lengths = [10, 20, 30, 40, 50, 60, 70, 80, 90, 1_000]
    for place, length in enumerate(lengths):
        trade = book.trade(2, offer_by(), fill=place, index=place)
        book.case(3, trade, 1)
        with writing(book.engine) as connection:
            mine = tables.disputes.c.trade_id == trade
            closed = {"closed_at": time_of(3) + length, "closing": "ruled"}
            if place == 0:
                closed |= {"decision": None, "closing": "settled"}
            connection.execute(update(tables.disputes).where(mine).values(closed))
    book.at(9_999)
    found = analytics(client, **ALL)["items"]
    cases = found[0]["cases"]
    assert (cases["opened"], cases["closed"]) == (10, 10)
    assert (cases["median"], cases["ninetieth"]) == (55, 90)
    assert cases["decisions"] == [{"name": "jury", "count": 9}, {"name": "settled", "count": 1}]


def test_what_the_treasury_paid_out(book: Book, client: httpx.Client) -> None:
    transfer = "0xa9059cbb" + bytes(12).hex() + BOB[2:].lower() + (77).to_bytes(32, "big").hex()
    calls = [
        {"target": ALICE, "value": 5, "data": "0x"},
        {"target": TOKEN, "value": 0, "data": transfer},
        {"target": TOKEN, "value": 0, "data": transfer[:-2]},  # cut: pays nothing
        {"target": TOKEN, "value": 0, "data": "0x095ea7b3" + transfer[10:]},  # approve
    ]
    for place, call in enumerate(calls):
        row = {
            "operation_id": "0x" + "ab" * 32,
            "call_index": place,
            "predecessor": "0x" + "00" * 32,
            "salt": None,
            "delay": 1,
            "ready_at": time_of(3),
            "executed_at": time_of(4),
            "cancelled_at": None,
        }
        book.write(tables.timelock_calls, row | call | fact(4))
    waits = {"operation_id": "0x" + "cd" * 32, "executed_at": None, "call_index": 0}
    book.write(tables.timelock_calls, row | calls[0] | waits | fact(4))
    book.at(9)
    found = analytics(client, **ALL)
    spent = {each["asset"]: each["value"] for each in found["treasury"]["spent"]}
    assert spent == {COIN: "5", TOKEN: "77"}
    (day,) = found["items"]
    assert {each["asset"]: each["spent"] for each in day["money"]} == spent


@given(st.lists(st.integers(1, 10**30), min_size=1, max_size=12))
def test_concentration_by_its_definitions(votes: list[int]) -> None:
    votes.sort(reverse=True)
    found = spread(votes)
    total = sum(votes)
    apart = sum(abs(one - other) for one, other in product(votes, votes))
    gini = Fraction(apart, 2 * len(votes) * total)
    assert found.gini_bps == int(gini * 10_000)
    assert sum(votes[: found.nakamoto]) * 2 > total
    assert sum(votes[: found.nakamoto - 1]) * 2 <= total
    assert found.largest_bps == max(votes) * 10_000 // total
    assert found.voters == len(votes)
