"""`commonhold status`: how far the index is, and whether all is well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import typer
from sqlalchemy import Engine

from backend.chain import Block, Node, NodeError, Rpc
from backend.cli.terminal import FAILED, Database, DeploymentFile, RpcUrl, explained, say
from backend.db import migrate, open_engine, reading
from backend.indexer import IndexerError
from backend.indexer.lock import is_at_work
from backend.indexer.market import check_database, check_node
from backend.indexer.state import halted, last_block
from backend.settings import Deployment, Settings


@explained
def status(
    rpc_url: RpcUrl = None, database: Database = None, deployment: DeploymentFile = None
) -> None:
    """Show head, indexed block, lag, chain time and health. Exits with 1 if something is wrong."""
    settings = Settings.read(rpc_url=rpc_url, database=database, deployment=deployment)
    market = settings.read_deployment()
    engine = open_engine(settings.database)
    migrate(engine)
    with reading(engine) as connection:
        indexed, reason = last_block(connection), halted(connection)
    with Rpc(settings.rpc_url, settings.rpc_timeout) as rpc:
        head, troubles = _look(Node(rpc), market, indexed)
    troubles += list(_troubles(engine, market, indexed, head, reason))

    lag = f"{head.number - indexed.number} blocks" if head and indexed else "unknown"
    lines = [
        ("node", settings.rpc_url),
        ("head", f"{head.number} {head.hash}" if head else "unknown"),
        ("indexed", f"{indexed.number} {indexed.hash}" if indexed else "nothing"),
        ("lag", lag),
        ("chain time", _when(indexed) if indexed else "unknown"),
        ("indexer", "at work" if is_at_work(engine) else "not at work"),
        ("database", settings.database),
        *(("health", text) for text in troubles or ["well"]),
    ]
    for name, value in lines:
        say(f"{name:12}{value}")
    if troubles:
        raise typer.Exit(FAILED)


def _look(
    node: Node, deployment: Deployment, indexed: Block | None
) -> tuple[Block | None, list[str]]:
    """The node's head, and what is wrong with the node."""
    try:
        check_node(node, deployment)
        head = node.head()
        if indexed is not None and node.block(indexed.number) != indexed:
            return head, ["the indexed block is not on the node's chain (any more)"]
        return head, []
    except (IndexerError, NodeError) as error:
        return None, [str(error)]


def _troubles(
    engine: Engine,
    deployment: Deployment,
    indexed: Block | None,
    head: Block | None,
    reason: str | None,
) -> Iterator[str]:
    """What is wrong with the database."""
    if reason is not None:
        yield f"the indexer stopped: {reason}"
    try:
        check_database(engine, deployment)
    except IndexerError as error:
        yield str(error)
    if indexed is None:
        yield "nothing is indexed yet: run `commonhold index`"
    elif head is not None and head.number > indexed.number and not is_at_work(engine):
        yield "the index is behind and no indexer is at work: run `commonhold index`"


def _when(block: Block) -> str:
    return f"{block.time} ({datetime.fromtimestamp(block.time, UTC):%Y-%m-%d %H:%M:%S} UTC)"
