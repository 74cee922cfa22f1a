"""Rounds of reorganisations, kills and faults at once; after each, a fresh sync decides."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from backend.db import migrate, open_engine, reading
from backend.indexer import Pace
from backend.indexer.digest import table_digests
from backend.indexer.state import read_point
from scripts.toolchain.network import start_anvil
from tests.backend.chaos.acts import Crowd
from tests.backend.chaos.reorgs import Upheaval
from tests.backend.chaos.victim import Broke, Victim
from tests.backend.chaos.weather import Weather
from tests.backend.following import catch_up, follower
from tests.backend.market import Market
from tests.backend.proxy import proxy
from tests.backend.saved import Saved

A_CHAIN = 50  # rounds on one chain; then it is started anew, as short as it was
LONGEST = 90.0  # seconds to be in step again
AT_ONCE = Pace(finality=1, range_blocks=10_000, poll_seconds=0.02)


@dataclass
class Tally:
    """What there was. `differences` names round, table and what had happened."""

    rounds: int = 0
    reorgs: int = 0
    kills: int = 0
    faults: int = 0
    differences: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds, {self.reorgs} reorgs, {self.kills} kills, {self.faults} faults,"
            f" {len(self.differences)} differences"
        )


class Chaos:
    """Plays rounds on copies of a chain. A seed gives the same acts, not the same moments."""

    def __init__(
        self,
        saved: Saved,
        folder: Path,
        seed: int,
        tell: Callable[[Tally], None] = lambda _: None,
        sabotage: str | None = None,
    ) -> None:
        self.tally = Tally()
        self._saved = saved
        self._folder = folder
        self._chance = random.Random(seed)
        self._tell = tell
        self._sabotage = sabotage

    def play(self, rounds: int, *, stop_at_first: bool = False) -> Tally:
        """So many rounds, or up to the first difference."""
        empty = self._folder / "empty.sqlite"
        engine = open_engine(str(empty))
        migrate(engine)
        engine.dispose()
        left = rounds
        while left > 0 and not (stop_at_first and self.tally.differences):
            left -= self._chain(min(left, A_CHAIN))
        return self.tally

    def _chain(self, rounds: int) -> int:
        """Rounds on one chain; how many were played."""
        state, database = self._folder / "state", self._folder / "followed.sqlite"
        shutil.copy(self._saved.state, state)
        engine = self._database(database)
        with ExitStack() as stack:
            stack.callback(engine.dispose)
            node = stack.enter_context(start_anvil(state=state))
            market = stack.enter_context(closing(Market(node.url, self._saved.deployment)))
            between = stack.enter_context(proxy(node.url))
            self._begin(market)
            victim = Victim(between.url, self._saved.record, database, self._sabotage)
            stack.callback(victim.end)
            weather = Weather(self._chance)
            between.fault = weather
            crowd = Crowd(market, self._chance)
            upheaval = Upheaval(market, self._chance)
            for played in range(1, rounds + 1):
                before = (upheaval.count, victim.kills, weather.struck)
                history = self._round(crowd, upheaval, weather, victim)
                weather.clear()
                others = self._difference(engine, market, victim)
                after = (upheaval.count, victim.kills, weather.struck)
                self._count(*(now - then for now, then in zip(after, before, strict=True)))
                if others:
                    told = f"round {self.tally.rounds}: {others}, after {'; '.join(history)}"
                    self.tally.differences += (told,)
                    return played  # the rest of this chain would tell the same again
            return rounds

    def _round(
        self, crowd: Crowd, upheaval: Upheaval, weather: Weather, victim: Victim
    ) -> list[str]:
        """Some acts with trouble in between, in any order; what the trouble was."""
        chance, history = self._chance, []
        victim.ensure()
        timer = None
        if chance.random() < 0.5:
            seconds = chance.random() * 0.5
            timer = victim.kill_after(seconds)
            history.append(f"kill after {seconds:.3f} s")
        for _ in range(chance.randrange(1, 5)):
            for _ in range(chance.randrange(1, 6)):
                crowd.act()
            trouble = chance.random()
            if trouble < 0.5:
                history.append(upheaval.strike())
            elif trouble < 0.9:
                history.append(weather.brew())
        if timer is not None:
            timer.join()
        return history

    def _difference(self, engine: Engine, market: Market, victim: Victim) -> str:
        """What is not as a fresh sync leaves it; nothing if all is."""
        try:
            self._settle(engine, market, victim)
        except Broke as error:
            return str(error)
        return ", ".join(self._tables_that_differ(engine, market))

    def _settle(self, engine: Engine, market: Market, victim: Victim) -> None:
        """Waits until the database is at the node's head. Raises Broke."""
        deadline = time.monotonic() + LONGEST
        while True:
            victim.ensure()
            head = market.rpc("eth_getBlockByNumber", "latest", False)
            with reading(engine) as connection:
                point = read_point(connection)
            if point is not None and point.hash == head["hash"]:
                return
            if time.monotonic() > deadline:
                raise Broke(f"not in step after {LONGEST:.0f} s")
            time.sleep(0.01)

    def _tables_that_differ(self, engine: Engine, market: Market) -> list[str]:
        fresh = self._database(self._folder / "fresh.sqlite", "begun.sqlite")
        try:
            catch_up(fresh, market.url, market.deployment, AT_ONCE)
            with reading(fresh) as wanted, reading(engine) as found:
                pairs = zip(table_digests(wanted), table_digests(found), strict=True)
                return [name for (name, one), (_, other) in pairs if one != other]
        finally:
            fresh.dispose()

    def _begin(self, market: Market) -> None:
        """What every fresh sync of this chain begins with: the constants of the contracts."""
        engine = self._database(self._folder / "begun.sqlite")
        with follower(engine, market.url, market.deployment):
            engine.dispose()

    def _database(self, path: Path, like: str = "empty.sqlite") -> Engine:
        for suffix in ("-wal", "-shm", ".indexer"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copy(self._folder / like, path)
        return open_engine(str(path))

    def _count(self, reorgs: int, kills: int, faults: int) -> None:
        self.tally.rounds += 1
        self.tally.reorgs += reorgs
        self.tally.kills += kills
        self.tally.faults += faults
        self._tell(self.tally)
