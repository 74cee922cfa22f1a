"""S8, S9: blocks that are replaced, taken away, or come back, at every depth."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from backend.db import reading, tables
from backend.indexer import ChainReplaced, DeepReorg, Pace
from backend.indexer.state import read_point
from scripts.people import Person
from scripts.toolchain.node import Anvil
from tests.backend.following import (
    audit,
    catch_up,
    digest_of,
    follower,
    fresh_digest,
    rows,
)
from tests.backend.market import Market
from tests.backend.saved import Saved

ALICE, BOB, CAROL = Person.ALICE, Person.BOB, Person.CAROL
DEPTHS = range(1, 21)
DEEPEST = 64  # of what is not final yet
REBUILT = (1, 2, 3, 5, 8, 13, 20, DEEPEST)  # a rebuild takes long
FAST = Pace(finality=1, range_blocks=10_000, poll_seconds=0.02)


def lively(market: Market) -> Iterator[None]:
    """Acts without end, each in a block of its own: trades opened, performed, disputed, closed."""
    while True:
        first, second = market.open(), market.open()
        yield
        yield
        for who, act, opened in (
            (ALICE, "perform", first),
            (ALICE, "perform", second),
            (BOB, "dispute", second),
            (BOB, "accept", first),
            (ALICE, "refund", second),
        ):
            market.act(who, act, opened, 0)
            yield
        market.send(CAROL, "Escrow", "cancelAllOffers")
        yield


def trade_a_lot(market: Market) -> None:
    """Twenty blocks of that."""
    acts = lively(market)
    for _ in range(20):
        next(acts)


def reorged(market: Market, depth: int) -> None:
    """The same number of other blocks, empty: nothing says so but their hashes."""
    market.rpc("anvil_reorg", depth, [])


def rolled_back(market: Market, depth: int) -> None:
    """Only taken away: the head is lower than before."""
    market.rpc("anvil_rollback", depth)


def rolled_back_and_on(market: Market, depth: int) -> None:
    """Taken away, and the chain has gone on in another way, beyond where it was."""
    market.rpc("anvil_rollback", depth)
    market.mine()
    market.open()
    market.mine(depth + 2)


WAYS: dict[str, Callable[[Market, int], None]] = {
    "reorged": reorged,
    "rolled back": rolled_back,
    "rolled back and on": rolled_back_and_on,
}


@pytest.mark.parametrize("way", WAYS)
def test_S8_a_reorg_of_any_depth_leaves_what_a_rebuild_would(
    market: Market, engine: Engine, tmp_path: Path, way: str
) -> None:
    catch_up(engine, market.url, market.deployment)
    acts = lively(market)
    for depth in (*DEPTHS, DEEPEST):
        for _ in range(depth + 2):
            next(acts)
        before = catch_up(engine, market.url, market.deployment)
        WAYS[way](market, depth)
        after = catch_up(engine, market.url, market.deployment)
        assert after != before
        if depth in REBUILT:
            assert after == fresh_digest(tmp_path, market.url, market.deployment, FAST)
        acts = lively(market)
    assert audit(engine, market.url, market.deployment) == []


def test_S8_a_snapshot_of_any_depth_that_is_gone_back_to(
    market: Market, engine: Engine, tmp_path: Path
) -> None:
    """The head goes down, time goes back, and no new head is announced."""
    opened = market.open()
    first = catch_up(engine, market.url, market.deployment)
    for depth in DEPTHS:
        snapshot = market.rpc("evm_snapshot")
        market.wait_until(market.now + 3_600)
        market.act(ALICE, "refund", opened, 0)
        market.mine(depth)
        catch_up(engine, market.url, market.deployment)
        assert rows(engine, tables.tranches)[0]["status"] == "refunded"
        assert market.rpc("evm_revert", snapshot)
        assert catch_up(engine, market.url, market.deployment) == first
        assert rows(engine, tables.tranches)[0]["status"] == "open"
    market.act(BOB, "accept", opened, 0)
    found = catch_up(engine, market.url, market.deployment)
    assert found == fresh_digest(tmp_path, market.url, market.deployment)
    assert rows(engine, tables.tranches)[0]["status"] == "accepted"
    assert audit(engine, market.url, market.deployment) == []


def test_S8_a_transaction_that_comes_back_in_another_block(
    market: Market, engine: Engine, tmp_path: Path
) -> None:
    offer = market.offer()
    opened = market.open(offer)
    catch_up(engine, market.url, market.deployment)
    (before,) = rows(engine, tables.trades)
    market.rpc("anvil_rollback", 1)
    market.mine(2)
    market.open(offer)
    catch_up(engine, market.url, market.deployment)
    (after,) = rows(engine, tables.trades)
    assert before["trade_id"] == after["trade_id"] == opened.trade_id
    assert after["block_number"] == before["block_number"] + 2
    assert digest_of(engine) == fresh_digest(tmp_path, market.url, market.deployment)


def test_S8_nothing_is_left_to_undo_of_what_was_undone(market: Market, engine: Engine) -> None:
    catch_up(engine, market.url, market.deployment)
    with reading(engine) as connection:
        before = connection.scalar(select(func.count()).select_from(tables.undo))
    trade_a_lot(market)
    catch_up(engine, market.url, market.deployment)
    rolled_back(market, 20)
    catch_up(engine, market.url, market.deployment)
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.undo)) == before


def test_S8_reorgs_while_it_follows(market: Market, engine: Engine, tmp_path: Path) -> None:
    """The chain changes under an indexer at work, in every way, thirty times."""
    ended = threading.Event()
    failures: list[BaseException] = []

    def follow() -> None:
        try:
            with follower(engine, market.url, market.deployment) as found:
                while not ended.is_set():
                    found.run(once=True)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        for index in range(30):
            opened = market.open()
            market.act(ALICE, "perform", opened, 0)
            depth = 1 + index % 3
            list(WAYS.values())[index % 3](market, depth)
            market.mine()
    finally:
        ended.set()
        thread.join(60)
    assert failures == []
    found = catch_up(engine, market.url, market.deployment)
    assert found == fresh_digest(tmp_path, market.url, market.deployment)
    assert audit(engine, market.url, market.deployment) == []


def test_S8_a_reorg_during_the_backfill(market: Market, engine: Engine, tmp_path: Path) -> None:
    trade_a_lot(market)
    pace = Pace(finality=15, range_blocks=4, poll_seconds=0.02)
    with follower(engine, market.url, market.deployment, pace) as found:
        while found.step() is False:
            with reading(engine) as connection:
                point = read_point(connection)
            assert point is not None
            if point.number == market.head - 5:
                reorged(market, 10)
                break
        found.run(once=True)
    assert digest_of(engine) == fresh_digest(tmp_path, market.url, market.deployment, pace)


def test_S9_deeper_than_finality_stops_and_serves_what_was_final(
    market: Market, engine: Engine, tmp_path: Path
) -> None:
    pace = Pace(finality=5, range_blocks=100, poll_seconds=0.02)
    opened = market.open()
    market.mine(10)
    catch_up(engine, market.url, market.deployment, pace)
    market.act(BOB, "accept", opened, 0)
    catch_up(engine, market.url, market.deployment, pace)
    final = market.head - 5
    reorged(market, 9)
    for _ in range(2):  # it does not go away by starting again
        with pytest.raises(DeepReorg, match=r"was final.*commonhold index --rebuild"):
            catch_up(engine, market.url, market.deployment, pace)
        (row,) = rows(engine, tables.checkpoint)
        assert row["number"] == final
        assert rows(engine, tables.tranches)[0]["status"] == "open"
        (progress,) = rows(engine, tables.progress)
        assert "was final" in progress["halted"]


def test_S12_a_chain_that_was_started_anew_is_refused(
    market: Market, engine: Engine, deployed: Saved, node: Anvil
) -> None:
    catch_up(engine, market.url, market.deployment)
    before = digest_of(engine)
    market.rpc("anvil_reset")
    for refused in (0, 1):
        if refused:
            market.mine(market.deployment.start_block + 50)
        with pytest.raises(ChainReplaced, match=r"deploy again.*commonhold index --rebuild"):
            catch_up(engine, market.url, market.deployment)
    assert digest_of(engine) == before


def test_S12_a_chain_that_is_started_anew_under_a_follower_is_refused(
    market: Market, engine: Engine
) -> None:
    market.mine(10)
    with follower(engine, market.url, market.deployment) as found:
        found.run(once=True)
        before = digest_of(engine)
        market.rpc("anvil_reset")
        market.mine(30)
        with pytest.raises(ChainReplaced, match="not on the chain that was deployed to"):
            found.run(once=True)
    assert digest_of(engine) == before
    (progress,) = rows(engine, tables.progress)
    assert "not on the chain" in progress["halted"]


def test_S8_every_answer_is_of_one_block_while_the_chain_changes(
    market: Market, engine: Engine
) -> None:
    """A reader never sees an event of a block that is not there."""
    ended = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not ended.is_set():
            with reading(engine) as connection:
                point = read_point(connection)
                hashes = set(connection.scalars(select(tables.blocks.c.hash)))
                told = set(connection.scalars(select(tables.events.c.block_hash)))
            assert point is None or (told <= hashes and point.hash in hashes)
            seen.append(len(told))

    thread = threading.Thread(target=read)
    thread.start()
    try:
        with follower(engine, market.url, market.deployment) as found:
            for depth in (1, 2, 3, 2, 1):
                market.open()
                market.open()
                market.open()
                found.run(once=True)
                rolled_back(market, depth)
                found.run(once=True)
    finally:
        ended.set()
        thread.join(20)
    assert seen
