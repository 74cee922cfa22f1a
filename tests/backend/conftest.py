"""Real chains with real contracts: deployed once, and copied for every test that wants one."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.db import migrate, open_engine
from scripts.toolchain.node import Anvil
from tests.backend.market import Market
from tests.backend.saved import Saved, deploy_market, play_market, restarted


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A market in which nothing has happened yet."""
    return deploy_market(tmp_path_factory.mktemp("deployed"))


@pytest.fixture(scope="session")
def played(deployed: Saved, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A market with rows in every table."""
    return play_market(deployed, tmp_path_factory.mktemp("played"))


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
