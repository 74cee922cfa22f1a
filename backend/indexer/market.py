"""Whether node, deployment and database are of one market; and a database's beginning."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, insert, select

from backend.chain import Block, Node, NodeUnreachable
from backend.db import reading, writing
from backend.db.tables import constants, market
from backend.indexer.constants import contracts_of, read_constants
from backend.indexer.errors import ChainReplaced, OtherMarket, WrongChain
from backend.indexer.state import ONE, keep, move
from backend.settings import Deployment


def check_node(node: Node, deployment: Deployment) -> Block:
    """The start block, if the node is on the deployment's chain.

    Raises WrongChain, ChainReplaced, and NodeUnreachable while the node is still catching up.
    """
    found = node.chain_id()
    if found != deployment.chain_id:
        raise WrongChain(
            f"The node at {node.url} is on chain {found}; the deployment is on chain"
            f" {deployment.chain_id}. Name the right node with --rpc-url, or the right deployment"
            " with --deployment."
        )
    start = node.block(deployment.start_block)
    if start is not None and start.hash == deployment.start_hash:
        return start
    if start is None and node.is_syncing():
        raise NodeUnreachable(f"{node.url} is still catching up with its chain")
    raise ChainReplaced(
        f"The node at {node.url} is not on the chain that was deployed to: block"
        f" {deployment.start_block} is {start.hash if start else 'not there'}, not"
        f" {deployment.start_hash}. If the chain was started anew, deploy again (`commonhold"
        " deploy`), then run `commonhold index --rebuild`."
    )


def check_database(engine: Engine, deployment: Deployment) -> bool:
    """Whether the database has begun. Raises OtherMarket if it is of another deployment."""
    with reading(engine) as connection:
        found = connection.execute(select(market)).one_or_none()
    if found is None:
        return False
    if found._asdict() != _row(deployment):
        raise OtherMarket(
            f"The database {engine.url.database} is of another deployment (chain {found.chain_id},"
            f" Escrow {found.contracts.get('Escrow')}, from block {found.start_block}). Run"
            " `commonhold index --rebuild` to build it anew for this one, or name another database"
            " with --database."
        )
    return True


def begin(engine: Engine, node: Node, deployment: Deployment, start: Block, head: int) -> None:
    """Writes what a database begins with: the market, its constants, the start block."""
    rows = list(read_constants(contracts_of(node, deployment.contracts)))
    with writing(engine) as connection:
        connection.execute(insert(market).values(_row(deployment)))
        connection.execute(insert(constants), rows)
        keep(connection, [start])
        move(connection, start, head, finality=0)


def _row(deployment: Deployment) -> Mapping[str, object]:
    return {
        "id": ONE,
        "chain_id": deployment.chain_id,
        "start_block": deployment.start_block,
        "start_hash": deployment.start_hash,
        "contracts": dict(deployment.contracts),
    }
