"""`commonhold index`: follow the chain into the database."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.chain import Node, Rpc
from backend.cli.bar import bar
from backend.cli.terminal import Database, DeploymentFile, RpcUrl, explained, say
from backend.db import migrate, open_engine, reading
from backend.indexer import Follower, Pace, digest, forget_facts, only_indexer
from backend.indexer.state import read_point
from backend.settings import Settings


@explained
def index(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Forget every fact and read all of them anew.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="End when the head of the chain is reached.")
    ] = False,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Follow the chain into the database, through reorgs, until Ctrl-C.

    Offers that were posted are not on the chain: a rebuild leaves them alone.
    """
    settings = Settings.read(rpc_url=rpc_url, database=database, deployment=deployment)
    market = settings.read_deployment()
    engine = open_engine(settings.database)
    pace = Pace(settings.finality, settings.range_blocks, settings.poll_seconds)
    with only_indexer(engine), Rpc(settings.rpc_url, settings.rpc_timeout) as rpc:
        migrate(engine)
        if rebuild:
            forget_facts(engine)
        with bar("blocks") as progress:
            follower = Follower(engine, Node(rpc), market, pace, say, progress.tell)
            follower.start()
            follower.run(once=True)
        with reading(engine) as connection:
            point, found = read_point(connection), digest(connection)
        assert point is not None
        say(f"In step with {settings.rpc_url} at block {point.number} ({point.hash}).")
        say(f"Digest of all facts: {found}")
        if not once:
            follower.run()
