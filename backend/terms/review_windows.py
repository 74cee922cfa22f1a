"""Until when sides of a closed trade review each other: twin of `Reviews.windowsOf`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.terms.status import TrancheStatus

ROUNDED_BITS = 14  # of the seconds that the Escrow keeps of a divided tranche
MOST_SECONDS = 2**28 - 1  # since the start, that it keeps of any


@dataclass(frozen=True, slots=True)
class Windows:
    """The last seconds (unix) in which reviews of a trade are committed to, and revealed."""

    commit_until: int
    reveal_until: int


@dataclass(frozen=True, slots=True)
class WindowLengths:
    """What the Reviews were deployed with, in seconds; revealing follows committing."""

    commit: int
    reveal: int

    def of(self, start: int, closed: Iterable[tuple[TrancheStatus, int]]) -> Windows:
        """`closed` has the final status of each tranche, and since when it has it (unix seconds),
        `start` is when the times of the trade began to run."""
        last = max(_latest(status, since, start) for status, since in closed)
        return Windows(last + self.commit, last + self.commit + self.reveal)


def _latest(status: TrancheStatus, since: int, start: int) -> int:
    """When a tranche was closed, or where the Escrow keeps it roughly, the latest it can mean."""
    elapsed = min(since - start, MOST_SECONDS)
    return start + (elapsed | (1 << ROUNDED_BITS) - 1 if status.is_partial else elapsed)
