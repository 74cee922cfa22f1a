"""Waiting for what comes back by itself: a node that is away, a database that is held."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TypeVar

from backend.chain import NodeUnreachable
from backend.db import DatabaseBusy

T = TypeVar("T")

SAY_EVERY = 10.0  # seconds
LONGEST_PAUSE = 3.0


class Patience:
    """Does a thing again until it can be done, and says so at once and every ten seconds.

    `spells` counts how often it had to wait. What was given up half-way must do no harm.
    """

    def __init__(self, say: Callable[[str], None], first_pause: float) -> None:
        self.spells = 0
        self._say = say
        self._first_pause = first_pause

    def insist(self, act: Callable[[], T], longest: float = math.inf) -> T:
        """What `act` returns, as soon as it neither raises NodeUnreachable nor DatabaseBusy.

        Raises them when it still does after `longest` seconds.
        """
        away_since: float | None = None
        said_at = 0.0
        pause = self._first_pause
        while True:
            try:
                result = act()
            except (NodeUnreachable, DatabaseBusy) as error:
                now = time.monotonic()
                if away_since is None:
                    away_since = now
                    self.spells += 1
                if now - away_since >= longest:
                    if longest:
                        self._say(f"Gave up after {longest:g} s.")
                    raise
                if said_at == 0.0 or now - said_at >= SAY_EVERY:
                    said_at = now
                    self._say(f"Waiting: {error}")
                time.sleep(min(pause, away_since + longest - now))
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if away_since is not None:
                self._say(f"Going on after {time.monotonic() - away_since:.0f} s.")
            return result
