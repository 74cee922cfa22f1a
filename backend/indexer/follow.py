"""Following the chain: catch up in ranges, then block by block, and go back where it parts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from backend.chain import Node, NodeUnreachable, UnknownBlock
from backend.db import reading, writing
from backend.events import Decoder
from backend.indexer.ahead import Ahead
from backend.indexer.apply import apply
from backend.indexer.errors import ChainReplaced, IndexerError, Reorged
from backend.indexer.market import begin, check_database, check_node
from backend.indexer.names import name_assets
from backend.indexer.patience import Patience
from backend.indexer.read import next_block
from backend.indexer.reorg import common_ancestor, roll_back, stop_at_final
from backend.indexer.state import Point, halt, read_point, seen
from backend.settings import Deployment

SAY_SEEN = 5.0  # seconds between notes that the node still answers


@dataclass(frozen=True, slots=True)
class Pace:
    """`finality` and `range_blocks` are blocks; `poll_seconds` pass between looks at the head."""

    finality: int
    range_blocks: int
    poll_seconds: float


class Follower:
    """Keeps one database in step with one node. Only one may be at work on a database.

    `say` is told what people should know, `tell` how far it is: height applied, height of the
    head.
    """

    def __init__(
        self,
        engine: Engine,
        node: Node,
        deployment: Deployment,
        pace: Pace,
        say: Callable[[str], None] = lambda _: None,
        tell: Callable[[int, int], None] = lambda _height, _head: None,
    ) -> None:
        self._engine = engine
        self._node = node
        self._deployment = deployment
        self._pace = pace
        self._say = say
        self._tell = tell
        self._addresses = frozenset(deployment.contracts.values())
        self._decoder = Decoder(deployment.contracts)
        self._ahead = Ahead(node, self._addresses, pace.range_blocks)
        self._patience = Patience(say, pace.poll_seconds)
        self._spells = 0
        self._seen_at = 0.0

    def start(self, longest_wait: float = math.inf) -> None:
        """Makes sure that node, deployment and database belong together. Raises IndexerError.

        Waits so many seconds for a node or a database that is away, then raises NodeUnreachable or
        DatabaseBusy.
        """
        self._patience.insist(self._start, longest_wait)

    def _start(self) -> None:
        start = check_node(self._node, self._deployment)
        if check_database(self._engine, self._deployment):
            self._note(None)
        else:
            head = self._node.head().number
            try:
                begin(self._engine, self._node, self._deployment, start, head)
            except UnknownBlock as error:
                raise NodeUnreachable(f"{self._node.url} went back while it was read") from error

    def run(self, *, once: bool = False, longest_wait: float = math.inf) -> None:
        """Follows for ever, or, with `once`, until the head is reached. Raises IndexerError.

        Waits as `start` does, each time the node or the database is away.
        """
        while True:
            in_step = self._patience.insist(self.step, longest_wait)
            if in_step and once:
                return
            if in_step:
                time.sleep(self._pace.poll_seconds)

    def step(self) -> bool:
        """One look at the chain, and one transaction at most; True if there was nothing to do.

        Raises IndexerError, NodeUnreachable, DatabaseBusy.
        """
        head = self._node.head()
        if self._spells != self._patience.spells:
            check_node(self._node, self._deployment)  # it may come back as another
            self._spells = self._patience.spells
        point = self._point()
        if head.number < point.number:
            return self._go_back(point, head.number)
        if head.number == point.number:
            if head.hash != point.hash:
                return self._go_back(point, head.number)
            name_assets(self._engine, self._node)
            self._note_seen(head.number)
            self._tell(point.number, head.number)
            return True
        try:
            self._advance(point, head.number)
        except Reorged:
            return self._go_back(point, head.number)
        return False

    def _advance(self, point: Point, head: int) -> None:
        first = point.number + 1
        last = head - self._pace.finality
        if last > first:
            stretch = self._ahead.take(first, last, head)
        else:
            stretch = next_block(self._node, first, head, self._addresses)
        apply(self._engine, self._decoder, stretch, self._pace.finality)
        self._tell(stretch.last.number, head)

    def _go_back(self, point: Point, head: int) -> bool:
        ancestor = common_ancestor(self._engine, self._node, point, head)
        if ancestor is None:
            self._stop(point)
            return False
        if ancestor.number == point.number:
            raise NodeUnreachable(f"{self._node.url} contradicts itself about its head")
        done = roll_back(self._engine, point, ancestor)
        self._say(
            f"The chain was reorganised: {done.depth} block{'s' * (done.depth > 1)} undone,"
            f" back to {ancestor.number}."
        )
        return False

    def _stop(self, point: Point) -> None:
        """No block that is not final is common to both: find out why, and stop."""
        if self._node.is_syncing():
            raise NodeUnreachable(f"{self._node.url} is still catching up with its chain")
        try:
            check_node(self._node, self._deployment)
        except IndexerError as error:
            self._note(str(error))
            raise
        raise stop_at_final(self._engine, point, self._node)

    def _point(self) -> Point:
        with reading(self._engine) as connection:
            point = read_point(connection)
        if point is None:
            raise ChainReplaced("The database was emptied. Start the indexer again.")
        return point

    def _note(self, reason: str | None) -> None:
        with writing(self._engine) as connection:
            halt(connection, reason)

    def _note_seen(self, head: int) -> None:
        now = time.monotonic()
        if now - self._seen_at < SAY_SEEN:
            return
        self._seen_at = now
        with writing(self._engine) as connection:
            seen(connection, head)
