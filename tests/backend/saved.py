"""Chains that were made once and stopped, to start copies of."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from backend.settings import Deployment
from scripts.toolchain.network import start_anvil
from scripts.toolchain.node import Anvil
from tests.backend.market import Market
from tests.backend.play import play_everything


@dataclass(frozen=True)
class Saved:
    """A chain that was stopped: its state, and the record of the market on it."""

    state: Path
    record: Path

    @property
    def deployment(self) -> Deployment:
        return Deployment.read(self.record)


def deploy_market(folder: Path) -> Saved:
    """A market in which nothing has happened yet."""
    saved = Saved(folder / "deployed", folder / "record.json")
    with start_anvil(state=saved.state) as node:
        node.rpc("anvil_mine", "0x1")  # the market starts after a block whose hash is kept
        make("deploy", node.url, saved.record)
    return saved


def play_market(deployed: Saved, folder: Path) -> Saved:
    """A market with rows in every table: the story of the demo, and what it leaves out."""
    state = folder / "played"
    shutil.copy(deployed.state, state)
    with start_anvil(state=state) as node:
        make("story", node.url, deployed.record)
        with closing(Market(node.url, deployed.deployment)) as market:
            play_everything(market)
    return Saved(state, deployed.record)


def make(what: str, url: str, record: Path) -> None:
    """`deploy`, `deploy-token` or `story`, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.backend.make_market", what, url, str(record)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def restarted(saved: Saved, folder: Path) -> Anvil:
    """A running copy."""
    state = folder / "state"
    shutil.copy(saved.state, state)
    return start_anvil(state=state)
