"""A chain of its own with a market and a crowd's events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.settings import Deployment
from scripts.toolchain.network import start_anvil
from tests.backend.market import Market
from tests.backend.saved import make
from tests.bench.crowd import Crowd

MEMORY = 12 << 30  # bytes of address space
GAS_LIMIT = 120_000_000
STATES = 16  # kept by the node


@dataclass(frozen=True)
class Chain:
    """A running node, the record of the market on it, and how many blocks there are."""

    url: str
    deployment: Deployment
    record: Path
    head: int


@contextmanager
def crowded(
    folder: Path, events: int, tell: Callable[[int], None] = lambda _: None
) -> Iterator[Chain]:
    """A chain with at least so many events; it ends with the block."""
    record = folder / "record.json"
    with start_anvil(gas_limit=GAS_LIMIT, memory=MEMORY, history=STATES) as node:
        node.rpc("anvil_mine", "0x1")
        make("deploy", node.url, record)
        deployment = Deployment.read(record)
        with closing(Market(node.url, deployment)) as market:
            Crowd(market).play(events, tell)
            head = market.head
        yield Chain(node.url, deployment, record, head)
