"""A real market: chain, contracts, story, index, service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from eth_abi.abi import encode
from eth_utils.abi import collapse_if_tuple
from eth_utils.crypto import keccak

from backend.abi import load
from backend.api.app import create_app
from backend.api.limits import Limits
from backend.chain import Contract, Node, Rpc
from backend.db import migrate, open_engine
from backend.indexer.follow import Follower, Pace
from backend.settings import Deployment, Settings
from scripts.toolchain import ROOT
from scripts.toolchain.node import Anvil
from tests.backend.api.serving import running
from tests.backend.saved import Saved, restarted

LIMITS = Limits(min_block_seconds=2.0)


@dataclass
class Chain:
    """A market on a node of its own, with the service over it; `step` indexes a block."""

    anvil: Anvil
    settings: Settings
    deployment: Deployment
    node: Node
    follower: Follower
    client: httpx.Client

    def contract(self, name: str) -> Contract:
        return Contract(self.node, name, self.deployment.address(name), load(name))

    def index(self) -> None:
        """Up to the head."""
        self.follower.run(once=True)

    def step(self) -> bool:
        """One block; False at the head."""
        return not self.follower.step()

    def send(self, sender: str, to: str | None, data: bytes, value: int = 0) -> dict[str, Any]:
        """From an unlocked account; the receipt, whatever its status."""
        transaction = {"from": sender, "data": "0x" + data.hex(), "value": hex(value)}
        transaction["gas"] = hex(5_000_000)
        if to is not None:
            transaction["to"] = to
        sent = self.anvil.rpc("eth_sendTransaction", transaction)
        receipt: dict[str, Any] | None = None
        while receipt is None:
            receipt = self.anvil.rpc("eth_getTransactionReceipt", sent)
        return receipt

    def create(self, sender: str, name: str, *arguments: object) -> str:
        """Deploys a contract from the build; its address."""
        built = json.loads((ROOT / "build" / "contracts" / f"{name}.json").read_text())
        inputs = [item["inputs"] for item in built["abi"] if item["type"] == "constructor"]
        types = [collapse_if_tuple(item) for item in inputs[0]]
        data = bytes.fromhex(built["bytecode"]) + encode(types, arguments)
        return str(self.send(sender, None, data)["contractAddress"])


def call(signature: str, *values: object) -> bytes:
    """Calldata; the signature without tuples."""
    types = signature[signature.index("(") + 1 : -1]
    return keccak(text=signature)[:4] + encode(types.split(",") if types else [], values)


@contextmanager
def market(deployed: Saved, folder: Path) -> Iterator[Chain]:
    """Goes on from one that was deployed, on a node of its own."""
    with restarted(deployed, folder) as anvil, serving(anvil, deployed.record, folder) as found:
        yield found


@contextmanager
def serving(anvil: Anvil, record: Path, folder: Path) -> Iterator[Chain]:
    """Follows and serves the market of this record."""
    settings = Settings(
        rpc_url=anvil.url,
        database=str(folder / "market.sqlite"),
        deployment=str(record),
        rpc_timeout=5.0,
    )
    deployment = settings.read_deployment()
    engine = open_engine(settings.database)
    migrate(engine)
    with Rpc(anvil.url) as rpc:
        node = Node(rpc)
        follower = Follower(engine, node, deployment, Pace(10_000, 1, 0.05))
        follower.start()
        app = create_app(settings, LIMITS)
        with (
            running(app, LIMITS) as address,
            httpx.Client(base_url=address + "/api/v1", timeout=20) as client,
        ):
            yield Chain(anvil, settings, deployment, node, follower, client)
        app.state.context.engine.dispose()
    engine.dispose()
