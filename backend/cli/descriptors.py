"""`commonhold descriptors`: what wallets show of all that is signed in this market."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from backend.chain import Node, Rpc
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.descriptors import descriptors_of
from backend.indexer.constants import contracts_of
from backend.indexer.market import check_node
from backend.settings import Settings

NAMED_BY_ITSELF = ("MarketGovernor", "Reputation")


@explained
def descriptors(
    out: Annotated[str, typer.Option("--out", help="The folder for the files; made anew.")],
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Write ERC-7730 descriptors, with which wallets show words instead of numbers.

    They are of this deployment alone. Wallets take them from registries, or by hand.
    """
    settings = Settings.read(rpc_url=rpc_url, deployment=deployment)
    market = settings.read_deployment()
    with Rpc(settings.rpc_url, settings.rpc_timeout) as rpc:
        node = Node(rpc)
        check_node(node, market)
        contracts = contracts_of(node, {name: market.address(name) for name in NAMED_BY_ITSELF})
        domains = {name: one.call("eip712Domain")[1] for name, one in contracts.items()}
    found = descriptors_of(market.chain_id, market.contracts, domains)
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in found.items():
            (folder / name).write_text(json.dumps(file, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{error.filename} cannot be written: {error.strerror}.") from None
    say(f"Wrote {len(found)} files to {folder}.")
