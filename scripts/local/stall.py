"""Offers of every way of trading, posted for others to take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.settings import Deployment
from scripts.local.service import ApiError, Service
from scripts.story import Stage
from scripts.ways import WAYS, Traders

PEOPLE = tuple(dict.fromkeys(who for way in WAYS for who in way.cast.values()))
MAKERS = {who for way in WAYS for role, who in way.cast.items() if role != way.taker}


@dataclass(frozen=True, slots=True)
class ServedApi:
    """The API of a running service, as `Traders` use it."""

    service: Service

    def get(self, path: str) -> Any:
        return self.service.get(path)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Raises ApiError."""
        answer = self.service.client.post(f"/api/v1{path}", json=body)
        if not answer.is_success:
            raise ApiError(f"POST {path} answered {answer.status_code}: {answer.text[:500]}")
        return answer.json()

    def catch_up(self) -> None:
        self.service.wait_for_head()


def traders_of(stage: Stage, service: Service) -> Traders:
    """All people of all ways, with enough of the token."""
    token = next(iter(stage.deployment.tokens.values()))
    place = service.place
    deployment = Deployment.read(place.record)
    traders = Traders(ServedApi(service), place.rpc_url, deployment, str(token.address))
    for who in PEOPLE:
        traders.fund(who)
    traders.api.catch_up()
    return traders


def post_all(
    stage: Stage, service: Service, tell: Callable[[str], None] = lambda _: None
) -> dict[str, str]:
    """One offer of each way, in the token; their hashes by the names of the ways. Who only takes
    lets the Escrow take nothing: a wallet asks for each sum."""
    traders = traders_of(stage, service)
    posted = {}
    for way in WAYS:
        listed = traders.offer(way.name, way.input_at(traders.now), way.cast, way.taker)
        posted[way.name] = listed.hash
        tell(f"offered: {way.name}")
    for who in PEOPLE:
        if who not in MAKERS:
            traders.allow(who, 0)
    traders.api.catch_up()
    return posted
