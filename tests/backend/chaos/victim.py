"""The indexer as a process of its own, to be killed at any moment."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from multiprocessing.process import BaseProcess
from pathlib import Path

from backend.db import open_engine
from backend.indexer import IndexerError, Pace, only_indexer
from backend.settings import Deployment
from tests.backend.chaos.sabotage import SABOTAGE
from tests.backend.following import follower

PACE = Pace(finality=160, range_blocks=2_000, poll_seconds=0.02)
GAVE_UP = 3  # exit code of an indexer that met a node of another chain
NOT_BROKEN = 4  # of one that could not be sabotaged: its code has changed
EXPECTED = (GAVE_UP, -signal.SIGKILL)
# Forks come from a server without threads, which has imported all this once.
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload([__name__])


def follow(url: str, record: Path, database: Path, sabotage: str | None) -> None:
    """Follows until it is killed. `sabotage` names something to break on purpose."""
    if sabotage is not None:
        try:
            SABOTAGE[sabotage]()
        except AttributeError:
            sys.exit(NOT_BROKEN)
    engine = open_engine(str(database))
    try:
        with only_indexer(engine), follower(engine, url, Deployment.read(record), PACE) as found:
            found.run()
    except IndexerError as error:
        print(error, file=sys.stderr)
        sys.exit(GAVE_UP)


class Broke(Exception):
    """The indexer ended with an error of its own, or never came into step again."""


class Victim:
    """One indexer at a time, started and killed. `kills` counts those that were killed."""

    def __init__(self, url: str, record: Path, database: Path, sabotage: str | None) -> None:
        self.kills = 0
        self._given = (url, record, database, sabotage)
        self._process: BaseProcess | None = None

    def ensure(self) -> None:
        """Starts it unless it is at work, as a service manager does. Raises Broke."""
        if self._process is not None:
            if self._process.is_alive():
                return
            assert self._process.exitcode != NOT_BROKEN, "the sabotage does not fit the code"
            if self._process.exitcode not in EXPECTED:
                raise Broke("the indexer ended with an error of its own")
        self._process = _SERVER.Process(target=follow, args=self._given)
        self._process.start()

    def kill(self) -> None:
        """Ends it as the system does when memory runs out: at once, whatever it was doing."""
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._process.join()
            self.kills += 1

    def kill_after(self, seconds: float) -> threading.Timer:
        """Kills it that much later, while the caller goes on."""
        timer = threading.Timer(seconds, self.kill)
        timer.start()
        return timer

    def end(self) -> None:
        """At the end of a run."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None
