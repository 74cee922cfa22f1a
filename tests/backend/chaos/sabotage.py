"""Indexers broken on purpose: a harness that does not see these sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete

from backend.db.tables import undo
from backend.indexer import follow, reorg, state


def _rows_stay() -> None:
    """What a block that went had changed stays changed; only what it had added goes."""
    true = reorg.take_back

    def take_back(connection: Any, above: int) -> None:
        changed = (undo.c.block_number > above, undo.c.before.is_not(None))
        connection.execute(delete(undo).where(*changed))
        true(connection, above)

    reorg.take_back = take_back


def _one_too_few() -> None:
    """The lowest of the blocks that went keeps its rows."""
    true = reorg.take_back
    reorg.take_back = lambda connection, above: true(connection, above + 1)


def _checkpoint_only() -> None:
    """The checkpoint goes back, and no row does."""
    reorg.take_back = lambda _connection, _above: None


def _hash_unread() -> None:
    """Only heights are compared: a block of the same height passes for the same block."""
    true = follow.common_ancestor

    def blind(engine: Any, node: Any, point: Any, head: int) -> Any:
        found = true(engine, node, point, head)
        return node.block(min(point.number, head)) if found is not None else None

    follow.common_ancestor = blind


def _blocks_stay() -> None:
    """The hashes of blocks that went are kept."""
    state.move_back = reorg.move_back = state._set_checkpoint


SABOTAGE: dict[str, Callable[[], None]] = {
    "rows stay as they were changed": _rows_stay,
    "one block too few is undone": _one_too_few,
    "only the checkpoint goes back": _checkpoint_only,
    "hashes are not compared": _hash_unread,
    "orphaned hashes are kept": _blocks_stay,
}
