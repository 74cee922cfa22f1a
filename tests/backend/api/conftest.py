"""A market written by hand, and the service over it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.api.app import create_app
from backend.api.context import Context, Streams
from backend.api.limits import Limits
from backend.messages.threads import Thread
from tests.backend.api.book import Book, offer_by
from tests.backend.api.docket import Docket, played_docket
from tests.backend.api.letters import BUYER, SELLER, STRANGER, put_keys
from tests.backend.api.serving import running
from tests.backend.saved import Saved

LIMITS = Limits(
    min_block_seconds=0.3,
    body_seconds=1.0,
    live_offers_per_maker=5,
    offers=8,
    writes_at_once=10**6,
    uploads_per_day=500_000,
)


@pytest.fixture(scope="session")
def first_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book in which the market has just begun, to be copied."""
    folder = tmp_path_factory.mktemp("book")
    book = Book(folder).begin()
    book.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def served(first_page: Path) -> Iterator[tuple[Any, str]]:
    """The service and its address; each test sets the book that it serves."""
    book = Book(first_page)
    app = create_app(book.settings, LIMITS)
    with running(app, LIMITS) as address:
        yield app, address
    app.state.context.engine.dispose()
    book.engine.dispose()


@pytest.fixture
def book(first_page: Path, tmp_path: Path) -> Iterator[Book]:
    shutil.copytree(first_page, tmp_path, dirs_exist_ok=True)
    found = Book(tmp_path)
    yield found
    found.engine.dispose()


@pytest.fixture
def client(book: Book, served: tuple[Any, str]) -> Iterator[httpx.Client]:
    app, address = served
    before = app.state.context
    deployment = book.settings.read_deployment()
    app.state.context = Context(book.settings, deployment, book.engine, LIMITS, Streams())
    with httpx.Client(base_url=address, timeout=10) as found:
        yield found
    app.state.context = before


@pytest.fixture
def thread(book: Book, client: httpx.Client) -> Thread:
    """Of a trade between Alice and Bob, who have keys for messages, as a stranger has."""
    trade = book.trade(2, offer_by())
    book.at(2)
    for one in (SELLER, BUYER, STRANGER):
        assert put_keys(client, one.published).status_code == 201
    return Thread(trade)


@pytest.fixture(scope="module")
def quiet_client(served: tuple[Any, str]) -> Iterator[httpx.Client]:
    """The service over a market where nothing happens: for tests that change nothing."""
    with httpx.Client(base_url=served[1], timeout=10) as found:
        yield found


@pytest.fixture(scope="session")
def docket(deployed: Saved, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Docket]:
    """A market with cases of every kind, and the service over it: for tests that only look."""
    with played_docket(deployed, tmp_path_factory.mktemp("docket")) as found:
        yield found
