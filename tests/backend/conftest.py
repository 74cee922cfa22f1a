"""Real chains with real contracts: deployed once, and copied for every test that wants one."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.db import migrate, open_engine
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


def make(what: str, url: str, record: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.backend.make_market", what, url, str(record)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A market in which nothing has happened yet."""
    saved = Saved(tmp_path_factory.mktemp("deployed") / "state", Path())
    saved = Saved(saved.state, saved.state.with_name("record.json"))
    with start_anvil(state=saved.state) as node:
        node.rpc("anvil_mine", "0x1")  # the market starts after a block whose hash is kept
        make("deploy", node.url, saved.record)
    return saved


@pytest.fixture(scope="session")
def played(deployed: Saved, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A market with rows in every table: the story of the demo, and what it leaves out."""
    state = tmp_path_factory.mktemp("played") / "state"
    shutil.copy(deployed.state, state)
    with start_anvil(state=state) as node:
        make("story", node.url, deployed.record)
        with closing(Market(node.url, deployed.deployment)) as market:
            play_everything(market)
    return Saved(state, deployed.record)


def restarted(saved: Saved, folder: Path) -> Anvil:
    state = folder / "state"
    shutil.copy(saved.state, state)
    return start_anvil(state=state)


@pytest.fixture
def node(deployed: Saved, tmp_path: Path) -> Iterator[Anvil]:
    """A chain of the test's own, with the empty market."""
    with restarted(deployed, tmp_path) as found:
        yield found


@pytest.fixture
def market(deployed: Saved, node: Anvil) -> Iterator[Market]:
    """The empty market, to act in."""
    with closing(Market(node.url, deployed.deployment)) as found:
        yield found


@pytest.fixture(scope="module")
def played_node(played: Saved, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anvil]:
    """The market in which everything has happened, for tests that only look."""
    with restarted(played, tmp_path_factory.mktemp("node")) as found:
        yield found


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database with its tables."""
    found = open_engine(str(tmp_path / "commonhold.sqlite"))
    migrate(found)
    yield found
    found.dispose()
