"""One market for all ways of trading: a chain, the indexer's steps, and the service over them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.api.app import create_app
from backend.chain import Node, Rpc
from backend.db import migrate, open_engine
from backend.indexer.follow import Follower, Pace
from backend.settings import Settings
from scripts.people import Person
from scripts.ways import Traders
from tests.backend.api.chain import LIMITS
from tests.backend.api.serving import running
from tests.backend.conftest import Saved, restarted

TRADERS = (Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.ERIN)


@dataclass(frozen=True)
class Service:
    """What people reach over HTTP."""

    client: httpx.Client
    follower: Follower
    database: str

    def get(self, path: str) -> Any:
        return self._read(self.client.get(path))

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        return self._read(self.client.post(path, json=body))

    def catch_up(self) -> None:
        self.follower.run(once=True)

    def _read(self, answer: httpx.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json()


@dataclass(frozen=True)
class Where:
    """For commands on the same market."""

    rpc_url: str
    database: str
    record: str


@pytest.fixture(scope="session")
def where(traders: Traders, deployed: Saved) -> Where:
    service = traders.api
    assert isinstance(service, Service)
    return Where(traders.url, service.database, str(deployed.record))


@pytest.fixture(scope="session")
def traders(deployed: Saved, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traders]:
    """Everybody has tokens. The clock only moves forward, from test to test."""
    folder = tmp_path_factory.mktemp("ways")
    with restarted(deployed, folder) as node:
        record: Path = deployed.record
        settings = Settings(
            rpc_url=node.url,
            database=str(folder / "market.sqlite"),
            deployment=str(record),
            rpc_timeout=5.0,
        )
        deployment = settings.read_deployment()
        token = json.loads(record.read_text())["contracts"]["token TUSD"]
        engine = open_engine(settings.database)
        migrate(engine)
        with Rpc(node.url) as rpc:
            follower = Follower(engine, Node(rpc), deployment, Pace(10_000, 1, 0.05))
            follower.start()
            app = create_app(settings, LIMITS)
            with (
                running(app, LIMITS) as address,
                httpx.Client(base_url=address + "/api/v1", timeout=20) as client,
            ):
                found = Traders(
                    Service(client, follower, settings.database), node.url, deployment, token
                )
                for who in TRADERS:
                    found.fund(who)
                found.api.catch_up()
                yield found
            app.state.context.engine.dispose()
        engine.dispose()
