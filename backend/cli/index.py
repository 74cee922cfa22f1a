"""`commonhold index`: follow the chain into the database."""

from __future__ import annotations

import math
from typing import Annotated

import typer

from backend.chain import Node, Rpc
from backend.cli.bar import bar
from backend.cli.terminal import Database, DeploymentFile, RpcUrl, explained, say
from backend.db import migrate, open_engine, reading
from backend.indexer import (
    Follower,
    Pace,
    collect_seldom,
    digest,
    forget_facts,
    only_indexer,
)
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
    wait: Annotated[
        float | None,
        typer.Option(
            "--wait",
            metavar="SECONDS",
            help="Give up when the node does not answer for so long at the start, or, with --once,"
            " at any time. COMMONHOLD_WAIT_SECONDS",
        ),
    ] = None,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Follow the chain into the database, through reorgs, until Ctrl-C.

    Offers that were posted are not on the chain: a rebuild leaves them alone.
    """
    settings = Settings.read(
        rpc_url=rpc_url, database=database, deployment=deployment, wait_seconds=wait
    )
    market = settings.read_deployment()
    collect_seldom()
    engine = open_engine(settings.database)
    pace = Pace(settings.finality, settings.range_blocks, settings.poll_seconds)
    with only_indexer(engine), Rpc(settings.rpc_url, settings.rpc_timeout) as rpc:
        migrate(engine)
        if rebuild:
            forget_facts(engine)
        with bar("blocks") as progress:
            follower = Follower(engine, Node(rpc), market, pace, say, progress.tell)
            follower.start(settings.wait_seconds)
            follower.run(once=True, longest_wait=settings.wait_seconds if once else math.inf)
        with reading(engine) as connection:
            point = read_point(connection)
            found = digest(connection) if once or rebuild else None
        assert point is not None
        say(f"In step with {settings.rpc_url} at block {point.number} ({point.hash}).")
        if found is not None:
            say(f"Digest of all facts: {found}")
        if not once:
            follower.run()
