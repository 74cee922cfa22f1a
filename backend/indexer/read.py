"""Reading the next blocks from a node, so that what was read is of one chain.

Near the head, block by block and by hash: an orphaned hash is no block any more. Below finality,
in ranges: there the chain does not change, and if it did, the hashes tell.
"""

from __future__ import annotations

from collections.abc import Collection

from backend.chain import Block, Log, Node, NodeUnreachable, TooMuchAsked, UnknownBlock
from backend.indexer.apply import Stretch
from backend.indexer.errors import Reorged


def next_block(node: Node, number: int, head: int, addresses: Collection[str]) -> Stretch:
    """One block and its logs. Raises Reorged if it is gone, NodeUnreachable if it is not there
    yet."""
    block = _there(node, node.block(number), number)
    try:
        logs = node.logs_of(block, addresses)
    except UnknownBlock as error:
        raise Reorged(str(error)) from error
    return Stretch(block.parent_hash, [block] if logs else [], logs, block, head)


def next_range(node: Node, first: int, last: int, head: int, addresses: Collection[str]) -> Stretch:
    """The blocks from `first` to `last`, or fewer if the node will not give so many logs at
    once. Raises Reorged, NodeUnreachable."""
    while True:
        try:
            opening, logs, closing = node.stretch(first, last, addresses)
        except TooMuchAsked as error:
            if first == last:
                raise NodeUnreachable(f"{node.url} gives no logs of block {first}") from error
            last = first + (last - first) // 2
            continue
        numbers = sorted({log.block_number for log in logs})
        *with_logs, opened, closed = node.blocks([*numbers, first, last])
        opening, closing = _there(node, opening, first), _there(node, closing, last)
        known = [_there(node, *pair) for pair in zip(with_logs, numbers, strict=True)]
        _check_hashes(logs, known)
        if opened != opening or closed != closing:
            raise Reorged(f"the chain changed between {first} and {last}")
        return Stretch(opening.parent_hash, known, logs, closing, head)


def _there(node: Node, found: Block | None, number: int) -> Block:
    if found is None:
        raise NodeUnreachable(f"{node.url} does not have block {number}")
    return found


def _check_hashes(logs: Collection[Log], blocks: Collection[Block]) -> None:
    hashes = {block.number: block.hash for block in blocks}
    for log in logs:
        if hashes[log.block_number] != log.block_hash:
            raise Reorged(f"block {log.block_number} was replaced")
