"""Cases of every kind on a real chain, and the service over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from backend.api.app import create_app
from backend.db import migrate, open_engine
from backend.settings import Settings
from tests.backend import court_play
from tests.backend.api.serving import running
from tests.backend.court import Case, stake_all
from tests.backend.following import catch_up
from tests.backend.market import Market
from tests.backend.saved import Saved, restarted

DISPUTES = "/api/v1/disputes"
FEE = 3 * 4 * 10**15  # wei: three jurors' fees
NEEDED = 7 * 4 * 10**15 * 3 // 2  # wei: each side's share of the first appeal


@dataclass
class Docket:
    """The cases that were played, and the service over them."""

    client: httpx.Client
    market: Market
    two_rounds: Case
    one_side: Case
    no_panel: Case
    settled: Case
    unanswered: Case
    under_way: list[Case]

    def get(self, case: Case, *rest: str, **params: Any) -> Any:
        path = "/".join((DISPUTES, case.hex, *rest))
        answer = self.client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ids(self, **params: Any) -> list[str]:
        items = self.client.get(DISPUTES, params=params).json()["items"]
        return [item["id"] for item in items]


@contextmanager
def played_docket(deployed: Saved, folder: Path) -> Iterator[Docket]:
    """For tests that only look."""
    database = str(folder / "db.sqlite")
    with (
        restarted(deployed, folder) as node,
        closing(Market(node.url, deployed.deployment)) as market,
    ):
        stake_all(market)
        cases = (
            court_play.play_two_rounds(market),
            court_play.play_one_side(market),
            court_play.play_no_panel(market),
            court_play.play_settled(market),
            court_play.play_unanswered_appeal(market),
            court_play.play_under_way(market),
        )
        engine = open_engine(database)
        migrate(engine)
        catch_up(engine, market.url, market.deployment)
        engine.dispose()
        settings = Settings(rpc_url=node.url, database=database, deployment=str(deployed.record))
        with running(create_app(settings)) as address, httpx.Client(base_url=address) as client:
            yield Docket(client, market, *cases)


def value(amount: dict[str, str]) -> int:
    return int(amount["value"])


def total(items: list[Any], why: str, account: str | None = None) -> int:
    return sum(
        value(item["amount"])
        for item in items
        if item["why"] == why and account in (None, item["account"])
    )


def actions(told: Any) -> dict[str, Any]:
    return {action["function"]: action for action in told["actions"]}
