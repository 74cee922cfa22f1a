"""Where jurors act: the empty market, and a case of it whose jury may commit."""

from __future__ import annotations

import pytest

from backend.people import Person
from tests.backend.conftest import Saved
from tests.backend.court import Case, stake_all
from tests.backend.market import Market


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
