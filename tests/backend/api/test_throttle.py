"""S5: one address may write so often, whatever it signs; nobody chooses its address."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from backend.api import errors
from backend.api.guard import Guard
from backend.api.limits import Limits
from backend.api.throttle import Throttle, address_of
from backend.settings import Settings, SettingsError
from tests.backend.api.serving import problem_of, running

LIMITS = Limits(writes_at_once=3, writes_per_minute=1)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_so_many_a_minute() -> None:
    clock = Clock()
    throttle = Throttle(3, 60, clock)
    assert [throttle.take("a") for _ in range(5)] == [None, None, None, 1, 1]
    assert throttle.take("b") is None
    clock.now += 0.5
    assert throttle.take("a") == 1  # half of a write
    clock.now += 0.5
    assert [throttle.take("a"), throttle.take("a")] == [None, 1]
    clock.now += 3_600
    assert [throttle.take("a") for _ in range(4)] == [None, None, None, 1]


def test_the_wait_that_is_told_is_enough() -> None:
    clock = Clock()
    throttle = Throttle(1, 7, clock)
    assert throttle.take("a") is None
    wait = throttle.take("a")
    assert wait is not None
    clock.now += wait
    assert throttle.take("a") is None


def test_only_so_many_addresses_are_remembered() -> None:
    throttle = Throttle(1, 1, Clock(), most=2)
    assert [throttle.take(name) for name in "ab"] == [None, None]
    assert throttle.take("a") == 60  # heard of last: b is the one that is forgotten
    assert throttle.take("c") is None
    assert throttle.take("a") == 60
    assert throttle.take("b") is None


@pytest.mark.parametrize(
    ("client", "counted"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("::ffff:192.0.2.7", 1), "192.0.2.7"),
        (("2001:db8:1:2:aaaa::1", 1), "2001:db8:1:2::/64"),
        (("2001:db8:1:2:bbbb::1", 1), "2001:db8:1:2::/64"),
        (("not an address", 1), "not an address"),
        (None, ""),
    ],
)
def test_whose_requests_count_together(client: tuple[str, int] | None, counted: str) -> None:
    assert address_of({"type": "http", "client": client}) == counted


def small_app() -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    errors.install(app)
    app.add_middleware(Guard, limits=LIMITS)

    @app.post("/write")
    def write() -> int:
        return 1

    @app.get("/read")
    def read() -> int:
        return 1

    return app


@pytest.fixture(params=["", "127.0.0.1"], ids=["no proxy", "a proxy"])
def behind(request: pytest.FixtureRequest) -> Iterator[tuple[str, httpx.Client]]:
    proxies = str(request.param)
    with (
        running(small_app(), LIMITS, proxies) as address,
        httpx.Client(base_url=address, timeout=10) as client,
    ):
        yield proxies, client


def test_S5_an_address_that_writes_too_often(behind: tuple[str, httpx.Client]) -> None:
    """Believed about others' addresses is a proxy that was named, and nobody else."""
    proxies, client = behind
    statuses = [client.post("/write").status_code for _ in range(3)]
    assert statuses == [200, 200, 200]
    refused = client.post("/write", content=b"x" * 100_000)
    body = problem_of(refused, 429, "too-many-requests")
    assert body["limit"] == 1
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert client.get("/read").status_code == 200
    other = client.post("/write", headers={"X-Forwarded-For": "192.0.2.9"})
    assert other.status_code == (200 if proxies else 429)


@pytest.mark.parametrize("proxies", ["*", "proxy.example", "10.0.0.1/8", "127.0.0.1,"])
def test_proxies_that_are_no_addresses(proxies: str) -> None:
    with pytest.raises(SettingsError, match="COMMONHOLD_PROXIES"):
        Settings(proxies=proxies)
    assert Settings(proxies="127.0.0.1, 10.0.0.0/8").proxies
