"""`commonhold serve`: the API."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.terminal import Database, DeploymentFile, RpcUrl, explained, fail, say
from backend.settings import Settings


@explained
def serve(
    host: Annotated[str | None, typer.Option(help="COMMONHOLD_HOST")] = None,
    port: Annotated[int | None, typer.Option(help="COMMONHOLD_PORT")] = None,
    rpc_url: RpcUrl = None,
    database: Database = None,
    deployment: DeploymentFile = None,
) -> None:
    """Serve the API over the database, until Ctrl-C."""
    from backend.api.app import create_app
    from backend.api.server import server_of

    settings = Settings.read(
        host=host, port=port, rpc_url=rpc_url, database=database, deployment=deployment
    )
    server = server_of(create_app(settings), settings.host, settings.port, proxies=settings.proxies)
    say(f"Serving http://{settings.host}:{settings.port}/api/v1")
    try:
        server.run()
    except SystemExit:
        fail(
            f"Port {settings.port} of {settings.host} cannot be used; name another with --port or"
            " --host."
        )
