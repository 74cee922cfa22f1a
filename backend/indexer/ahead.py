"""Reading the next range of blocks while the last one is written.

Ranges are made to fit: about as many logs in each, whatever the chain's blocks have in them, so
that neither memory nor a transaction grows with the length of the chain.
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from backend.chain import Node
from backend.indexer.apply import Stretch
from backend.indexer.read import next_range

LOGS = 5_000  # to a range: 2 to 4 MB of an answer
FIRST_BLOCKS = 32
MOST_GROWTH = 4


@dataclass(frozen=True, slots=True)
class _Begun:
    first: int
    answer: Future[Stretch]


class Ahead:
    """Ranges of at most `most` blocks, one of which is always on its way."""

    def __init__(self, node: Node, addresses: Collection[str], most: int) -> None:
        self._node = node
        self._addresses = addresses
        self._most = most
        self._blocks = min(FIRST_BLOCKS, most)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._begun: _Begun | None = None

    def take(self, first: int, last: int, head: int) -> Stretch:
        """Blocks from `first` on, up to `last` at most; more of them are asked for already.

        Raises Reorged, NodeUnreachable.
        """
        begun, self._begun = self._begun, None
        if begun is None or begun.first != first:
            begun = self._begin(first, last, head)
        found = begun.answer.result()
        self._fit(len(found.logs), found.last.number - first + 1)
        if found.last.number < last:
            self._begun = self._begin(found.last.number + 1, last, head)
        return replace(found, head=head)

    def _begin(self, first: int, last: int, head: int) -> _Begun:
        until = min(first + self._blocks - 1, last)
        answer = self._thread.submit(next_range, self._node, first, until, head, self._addresses)
        return _Begun(first, answer)

    def _fit(self, logs: int, blocks: int) -> None:
        """The next range is as long as this one would have been with the right number of logs."""
        fitting = blocks * LOGS // logs if logs else blocks * MOST_GROWTH
        self._blocks = max(1, min(fitting, blocks * MOST_GROWTH, self._most))
