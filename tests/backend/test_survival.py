"""What an indexer survives, and what it refuses with a way out."""

import multiprocessing
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.chain import Node, Rpc
from backend.db import migrate, open_engine, tables
from backend.indexer import AnotherIndexer, OtherMarket, WrongChain, only_indexer
from backend.indexer.lock import is_at_work
from scripts.people import Person
from scripts.toolchain import ROOT
from scripts.toolchain.network import start_anvil
from scripts.toolchain.node import Anvil
from tests.backend import proxy as faults
from tests.backend.following import audit, catch_up, digest_of, follower, fresh_digest, rows
from tests.backend.market import Market
from tests.backend.proxy import proxy
from tests.backend.saved import Saved
from tests.backend.test_reorg import WAYS, lively

SEED = 20_260
FORK = multiprocessing.get_context("fork")


def until(reached: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


def indexer(saved: Saved, url: str, database: Path, *more: str) -> subprocess.Popen[str]:
    """`commonhold index` as a user starts it."""
    options = ["--rpc-url", url, "--database", str(database), "--deployment", str(saved.record)]
    return subprocess.Popen(
        [sys.executable, "-m", "backend.cli.main", "index", *options, *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def following(engine: Engine, url: str, saved: Saved) -> Iterator[list[str]]:
    """An indexer at work in a thread; what it says."""
    said: list[str] = []
    ended = threading.Event()
    failures: list[BaseException] = []

    def follow() -> None:
        try:
            with follower(engine, url, saved.deployment, said=said) as found:
                while not ended.is_set():
                    found.run(once=True)
                    time.sleep(0.01)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield said
    finally:
        ended.set()
        thread.join(60)
    assert failures == []


def follow_until_killed(url: str, saved: Saved, database: Path) -> None:
    engine = open_engine(str(database))
    with only_indexer(engine), follower(engine, url, saved.deployment) as found:
        found.run()


def test_S10_killed_at_any_moment(
    market: Market, deployed: Saved, engine: Engine, tmp_path: Path
) -> None:
    """Again and again, while the chain goes on and is reorganised."""
    chance = random.Random(SEED)
    database = tmp_path / "commonhold.sqlite"
    acts = lively(market)
    for index in range(30):
        process = FORK.Process(target=follow_until_killed, args=(market.url, deployed, database))
        process.start()
        if index % 3:
            until(lambda: is_at_work(engine))
        for _ in range(chance.randrange(1, 12)):
            next(acts)
        if index % 2:
            list(WAYS.values())[index % 3](market, chance.randrange(1, 6))
            acts = lively(market)
        time.sleep(chance.random() * 0.3)
        assert process.is_alive()
        process.kill()
        process.join()
        process.close()
    found = catch_up(engine, market.url, market.deployment)
    assert found == fresh_digest(tmp_path, market.url, market.deployment)
    assert audit(engine, market.url, market.deployment) == []


def test_S7_a_node_that_is_away_is_waited_for(
    market: Market, deployed: Saved, engine: Engine, tmp_path: Path
) -> None:
    with proxy(market.url) as between, following(engine, between.url, deployed) as said:
        until(lambda: bool(rows(engine, tables.checkpoint)))
        between.fault = faults.cut
        until(lambda: any("Waiting" in line for line in said))
        market.open()
        market.open()
        market.rpc("anvil_rollback", 1)
        between.fault = faults.honest
        until(lambda: len(rows(engine, tables.trades)) == 1)
        until(lambda: any("Going on after" in line for line in said))
    assert digest_of(engine) == fresh_digest(tmp_path, market.url, market.deployment)


def test_S7_a_node_that_is_down_at_the_start_is_waited_for(
    deployed: Saved, node: Anvil, engine: Engine
) -> None:
    with proxy("http://127.0.0.1:1") as between, following(engine, between.url, deployed) as said:
        until(lambda: any("Waiting" in line for line in said))
        assert rows(engine, tables.checkpoint) == []
        between.target = node.url
        until(lambda: bool(rows(engine, tables.checkpoint)))


def test_S7_a_node_that_comes_back_as_another_chain_is_refused(
    market: Market, deployed: Saved, engine: Engine
) -> None:
    with (
        start_anvil(chain_id=4242) as other,
        proxy(market.url) as between,
        follower(engine, between.url, deployed.deployment) as found,
    ):
        found.run(once=True)
        before = digest_of(engine)

        def come_back(_request: object, _reply: object) -> faults.Reply:
            between.target = other.url
            if len(between.requests) > away + 12:
                between.fault = faults.honest
            return faults.Reply(200, None)

        away = len(between.requests)
        between.fault = come_back
        with pytest.raises(WrongChain, match="is on chain 4242; the deployment is on chain 31337"):
            found.run()
    assert digest_of(engine) == before


def test_S4_S7_a_node_on_another_chain_is_refused(deployed: Saved, engine: Engine) -> None:
    with (
        start_anvil(chain_id=4242) as other,
        pytest.raises(WrongChain, match=r"is on chain 4242.*--rpc-url"),
    ):
        catch_up(engine, other.url, deployed.deployment)
    assert rows(engine, tables.market) == []


def test_S4_a_database_of_another_deployment_is_refused(
    market: Market, deployed: Saved, engine: Engine
) -> None:
    catch_up(engine, market.url, market.deployment)
    before = digest_of(engine)
    contracts = {**market.deployment.contracts, "Escrow": market.deployment.address("RuleBook")}
    other = replace(market.deployment, contracts=contracts)
    with pytest.raises(OtherMarket, match=r"of another deployment.*commonhold index --rebuild"):
        catch_up(engine, market.url, other)
    assert digest_of(engine) == before


def test_S11_a_second_indexer_is_refused(tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "other").mkdir()
    link = tmp_path / "other" / "link.sqlite"
    link.symlink_to(tmp_path / "commonhold.sqlite")
    same = open_engine(str(link))
    with only_indexer(engine):
        assert is_at_work(engine)
        for again in (engine, same):
            with pytest.raises(AnotherIndexer, match="is at work on"), only_indexer(again):
                pass
    assert not is_at_work(engine)
    with only_indexer(same):
        assert is_at_work(engine)
    same.dispose()


def test_S11_a_second_indexer_is_told_which_is_the_first(
    market: Market, deployed: Saved, engine: Engine, tmp_path: Path
) -> None:
    database = tmp_path / "commonhold.sqlite"
    first = indexer(deployed, market.url, database)
    try:
        until(lambda: is_at_work(engine))
        second = indexer(deployed, market.url, database)
        told, _ = second.communicate(timeout=60)
        assert second.returncode == 1
        assert f"Another indexer (process {first.pid}) is at work" in told
        assert "Traceback" not in told
    finally:
        first.terminate()
        told, _ = first.communicate(timeout=30)
    assert told.endswith("Stopped.\n")


def test_S13_a_database_that_is_held_is_waited_for(
    market: Market, deployed: Saved, tmp_path: Path
) -> None:
    path = tmp_path / "held.sqlite"
    engine = open_engine(str(path), busy_seconds=0.05)
    migrate(engine)
    with following(engine, market.url, deployed) as said:
        until(lambda: bool(rows(engine, tables.checkpoint)))
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        market.send(Person.ALICE, "Escrow", "cancelAllOffers")
        until(lambda: any("Another program holds the database" in line for line in said))
        assert rows(engine, tables.cancelled_until) == []
        holder.execute("ROLLBACK")
        holder.close()
        until(lambda: bool(rows(engine, tables.cancelled_until)))
    engine.dispose()


def test_S6_events_of_the_same_shape_from_another_contract_are_ignored(
    market: Market, engine: Engine
) -> None:
    """The escrow's own code at another address, which its caller owns."""
    twin = "0x" + "77" * 20
    code = market.rpc("eth_getCode", market.deployment.address("Escrow"), "latest")
    market.rpc("anvil_setCode", twin, code)
    before = catch_up(engine, market.url, market.deployment)
    from tests.backend.market import calldata

    sent = market.rpc(
        "eth_sendTransaction",
        {
            "from": Person.ALICE.address,
            "to": twin,
            "data": "0x" + calldata("Escrow", "cancelAllOffers").hex(),
            "gas": hex(10**6),
        },
    )
    receipt = market.receipt(sent)
    assert [log["address"] for log in receipt["logs"]] == [twin]
    after = catch_up(engine, market.url, market.deployment)
    assert after != before  # the checkpoint
    assert rows(engine, tables.cancelled_until) == []
    with Rpc(market.url) as connection:
        node = Node(connection)
        addresses = set(market.deployment.contracts.values())
        assert node.logs_of(node.head(), addresses) == []
        assert len(node.logs_of(node.head(), {*addresses, twin})) == 1


def test_S10_a_rebuild_after_anything_is_the_same_to_the_byte(
    played: Saved, played_node: Anvil, engine: Engine, tmp_path: Path
) -> None:
    first = catch_up(engine, played_node.url, played.deployment)
    database = tmp_path / "commonhold.sqlite"
    process = indexer(played, played_node.url, database, "--rebuild", "--once")
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0, told
    assert f"Digest of all facts: {first}" in told
    assert digest_of(engine) == first
