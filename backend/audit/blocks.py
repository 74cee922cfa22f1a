"""The market, its constants, and the blocks."""

from __future__ import annotations

from collections.abc import Iterator

from backend.audit.book import Book, compare
from backend.audit.difference import NOTHING, ROW, Difference
from backend.db.tables import blocks, checkpoint, constants, market, progress
from backend.indexer.constants import read_constants


def audit_market(book: Book) -> Iterator[Difference]:
    wanted = book.deployment
    start = book.node.block(wanted.start_block)
    for row in book.rows(market):
        yield from compare(
            market,
            row,
            "the deployment and the node",
            chain_id=book.node.chain_id(),
            start_block=wanted.start_block,
            start_hash=start.hash if start else NOTHING,
            contracts=dict(wanted.contracts),
        )


def audit_constants(book: Book) -> Iterator[Difference]:
    chain = {(row["contract"], row["name"]): row["value"] for row in read_constants(book.contracts)}
    for row in book.rows(constants):
        value = chain.get((row["contract"], row["name"]), NOTHING)
        yield from compare(constants, row, f"{row['contract']}.{row['name']}", value=value)


def audit_checkpoint(book: Book) -> Iterator[Difference]:
    block = book.block
    for row in book.rows(checkpoint):
        told_by = "eth_getBlockByNumber"
        yield from compare(
            checkpoint, row, told_by, number=block.number, hash=block.hash, time=block.time
        )


def audit_progress(book: Book) -> Iterator[Difference]:
    """No facts: only that they make sense."""
    for row in book.rows(progress):
        if row["final"] > book.block.number:
            yield from compare(progress, row, "the indexed block", final=book.block.number)
        if row["head"] < row["final"]:
            yield from compare(progress, row, "the final block", head=row["final"])


def audit_blocks(book: Book) -> Iterator[Difference]:
    for row in book.rows(blocks):
        block = book.node.block(row["number"])
        if block is None:
            key = {"number": row["number"]}
            yield Difference(blocks.name, key, ROW, row["hash"], NOTHING, "eth_getBlockByNumber")
            continue
        yield from compare(
            blocks,
            row,
            "eth_getBlockByNumber",
            hash=block.hash,
            parent_hash=block.parent_hash,
            time=block.time,
        )
