"""`commonhold audit`: the database against the chain."""

from __future__ import annotations

import typer

from backend.audit import Audit
from backend.chain import Node, Rpc
from backend.cli.bar import bar
from backend.cli.terminal import (
    FAILED,
    Database,
    DeploymentFile,
    RpcUrl,
    err,
    explained,
    say,
)
from backend.db import migrate, open_engine
from backend.settings import Settings


@explained
def audit(
    rpc_url: RpcUrl = None, database: Database = None, deployment: DeploymentFile = None
) -> None:
    """Compare every row with the contracts' views and logs, at the indexed block.

    Names each value that differs, and exits with 1 if there is one.
    """
    settings = Settings.read(rpc_url=rpc_url, database=database, deployment=deployment)
    market = settings.read_deployment()
    engine = open_engine(settings.database)
    migrate(engine)
    with Rpc(settings.rpc_url, settings.rpc_timeout) as rpc, bar("steps") as progress:
        block, rows, found = Audit(engine, Node(rpc), market, progress.tell).run()
    for difference in found:
        err.print(str(difference), style="red", markup=False)
    what = "no difference" if not found else f"{len(found)} difference{'s' * (len(found) > 1)}"
    say(f"{rows} rows compared at block {block.number} ({block.hash}): {what}.")
    if found:
        raise typer.Exit(FAILED)
