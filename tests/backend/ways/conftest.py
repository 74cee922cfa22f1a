"""One market for all ways of trading: a chain, the indexer's steps, and the service over them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from backend.indexer.follow import Follower
from scripts.people import Person
from scripts.ways import Traders
from tests.backend.api.chain import market
from tests.backend.commands import invoke
from tests.backend.saved import Saved

Tell = Callable[..., str]
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
    token = json.loads(deployed.record.read_text())["contracts"]["token TUSD"]
    with market(deployed, tmp_path_factory.mktemp("ways")) as chain:
        service = Service(chain.client, chain.follower, chain.settings.database)
        found = Traders(service, chain.anvil.url, chain.deployment, token)
        for who in TRADERS:
            found.fund(who)
        found.api.catch_up()
        yield found


@pytest.fixture
def told(traders: Traders, where: Where, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """What a command prints to one of them."""
    service = traders.api
    assert isinstance(service, Service)
    monkeypatch.setenv("COMMONHOLD_RPC_URL", where.rpc_url)
    monkeypatch.setenv("COMMONHOLD_DATABASE", where.database)
    monkeypatch.setenv("COMMONHOLD_DEPLOYMENT", where.record)
    api = ["--api-url", str(service.client.base_url).removesuffix("/api/v1/")]

    def tell(who: Person | None, *arguments: object) -> str:
        asks = arguments[0] in ("message", "report", "content") or arguments[1] in ("post", "show")
        at = api if asks else []
        named = ["--as", who.name.lower()] if who else []
        code, said = invoke(*arguments, *named, *at)
        assert code == 0, said
        return said

    return tell


def reachable(told: Tell, *people: Person) -> None:
    """Each has keys that messages are sealed to; they are kept from test to test."""
    for who in people:
        if "in use" not in told(who, "message", "keys"):
            told(who, "message", "keys", "--publish")
