"""A progress bar for what takes longer than two seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from backend.cli.terminal import err

PATIENCE = 2.0  # seconds without a bar


class Bar:
    """Shown once there is something left to do after two seconds; gone when all is done."""

    def __init__(self, progress: Progress, what: str) -> None:
        self._progress = progress
        self._task = progress.add_task(what, total=None)
        self._began: float | None = None
        self._from = 0
        self._shown = False

    def tell(self, done: int, total: int) -> None:
        """How far it is."""
        now = time.monotonic()
        if done >= total:
            self._hide()
            return
        if self._began is None:
            self._began, self._from = now, done
        if not self._shown and now - self._began > PATIENCE:
            self._shown = True
            self._progress.start()
        self._progress.update(
            self._task, completed=done - self._from, total=max(total - self._from, 1)
        )

    def _hide(self) -> None:
        self._began = None
        if self._shown:
            self._progress.stop()
            self._shown = False


@contextmanager
def bar(what: str) -> Iterator[Bar]:
    """A bar on the error stream; nothing is shown where that is no terminal."""
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
    try:
        yield Bar(progress, what)
    finally:
        progress.stop()
