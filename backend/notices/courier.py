"""Carries notices in a thread of its own, so that no request ever waits for one."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Sequence

from backend.notices.notice import Channel, Notice, NoticeError, Undeliverable

MOST_WAITING = 10_000

_log = logging.getLogger("commonhold.notices")
_Errand = tuple[float, int, int, Channel, Notice]


class Courier:
    """Starts with the first notice. A notice that cannot be carried is tried again after each of
    `pauses` (seconds), then dropped, with a word in the log; others do not wait for it."""

    def __init__(self, channels: Sequence[Channel], pauses: Sequence[float] = ()) -> None:
        self._channels = tuple(channels)
        self._pauses = tuple(pauses)
        self._errands: list[_Errand] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._over = False

    def __bool__(self) -> bool:
        """Whether there is any way to carry one."""
        return bool(self._channels)

    def tell(self, notice: Notice) -> None:
        """At once, whatever becomes of it."""
        with self._changed:
            if self._over or not self._channels:
                return
            if len(self._errands) + len(self._channels) > MOST_WAITING:
                _log.warning("too many notices wait: one for %s is dropped", notice.account)
                return
            for channel in self._channels:
                self._put(0.0, 0, channel, notice)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
                self._thread.start()

    def close(self, seconds: float = 5.0) -> None:
        """Ends the thread; what still waits is dropped."""
        with self._changed:
            self._over = True
            self._errands.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(seconds)

    def _put(self, pause: float, tries: int, channel: Channel, notice: Notice) -> None:
        errand = (time.monotonic() + pause, next(self._order), tries, channel, notice)
        heapq.heappush(self._errands, errand)
        self._changed.notify_all()

    def _next(self) -> _Errand | None:
        """The errand that is due, or None once it is over."""
        with self._changed:
            while not self._over:
                if not self._errands:
                    self._changed.wait()
                    continue
                left = self._errands[0][0] - time.monotonic()
                if left <= 0:
                    return heapq.heappop(self._errands)
                self._changed.wait(left)
        return None

    def _run(self) -> None:
        while (errand := self._next()) is not None:
            _, _, tries, channel, notice = errand
            try:
                channel.carry(notice)
            except Undeliverable as error:
                _log.warning("%s to %s: %s", channel.name, notice.account, error)
            except NoticeError as error:
                self._again(tries, channel, notice, error)
            except Exception:
                _log.exception("%s to %s", channel.name, notice.account)

    def _again(self, tries: int, channel: Channel, notice: Notice, error: NoticeError) -> None:
        if tries >= len(self._pauses):
            _log.warning("%s to %s is given up: %s", channel.name, notice.account, error)
            return
        with self._changed:
            if not self._over:
                self._put(self._pauses[tries], tries + 1, channel, notice)
