"""Finding where the chain and the database part, and going back there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from backend.chain import Block, Node
from backend.db import reading, writing
from backend.db.rows import take_back
from backend.indexer.errors import DeepReorg
from backend.indexer.state import Point, halt, kept, kept_below, move_back


@dataclass(frozen=True, slots=True)
class Rollback:
    """What was undone: the blocks above `ancestor`, up to `left`, `depth` of them."""

    left: int
    ancestor: Block

    @property
    def depth(self) -> int:
        return self.left - self.ancestor.number


def common_ancestor(engine: Engine, node: Node, point: Point, head: int) -> Block | None:
    """The highest block applied that the node's chain has too; None if it is below finality."""
    for number in range(min(point.number, head), point.final - 1, -1):
        with reading(engine) as connection:
            ours = kept(connection, number)
        if ours is not None and node.block(number) == ours:
            return ours
    return None


def roll_back(engine: Engine, point: Point, ancestor: Block) -> Rollback:
    """Undoes everything above the ancestor, in one transaction."""
    with writing(engine) as connection:
        take_back(connection, ancestor.number)
        move_back(connection, ancestor)
    return Rollback(point.number, ancestor)


def stop_at_final(engine: Engine, point: Point, node: Node) -> DeepReorg:
    """Undoes what is not final, so that what was final is still served, and says so."""
    with writing(engine) as connection:
        final = kept_below(connection, point.final)
        assert final is not None
        reason = (
            f"The chain at {node.url} no longer has block {final.number} ({final.hash}), which was"
            " final: it was reorganised deeper than finality, or rewound. The database stays at"
            " that block. If the node's chain is the right one, run `commonhold index --rebuild`."
        )
        take_back(connection, final.number)
        move_back(connection, final)
        halt(connection, reason)
    return DeepReorg(reason)
