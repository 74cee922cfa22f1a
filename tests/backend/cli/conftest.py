"""Where jurors act: the empty market, and a case of it whose jury may commit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.api.app import create_app
from backend.people import Person
from backend.settings import Settings
from tests.backend.api.serving import running
from tests.backend.court import Case, stake_all
from tests.backend.market import Market
from tests.backend.saved import Saved


@pytest.fixture
def where(deployed: Saved, market: Market) -> list[str]:
    return ["--rpc-url", market.url, "--deployment", str(deployed.record)]


@pytest.fixture
def voting(market: Market) -> Case:
    """A case whose jury may commit."""
    stake_all(market)
    case = Case.of(market, Person.CAROL)
    case.to_commit()
    return case


@pytest.fixture
def settings(deployed: Saved, market: Market, tmp_path: Path) -> Settings:
    return Settings(
        rpc_url=market.url,
        database=str(tmp_path / "messages.sqlite"),
        deployment=str(deployed.record),
        rpc_timeout=5.0,
    )


@pytest.fixture
def address(settings: Settings, market: Market) -> Iterator[str]:
    """The service, which has not yet indexed anything."""
    app = create_app(settings)
    with running(app) as found:
        yield found
    app.state.context.engine.dispose()
