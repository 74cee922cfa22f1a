"""A market written by hand, and the service over it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from backend.api.app import create_app
from backend.api.limits import Limits
from tests.backend.api.book import Book
from tests.backend.api.serving import running

LIMITS = Limits(min_block_seconds=0.3, body_seconds=1.0, live_offers_per_maker=5, offers=8)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path).begin()


@pytest.fixture
def client(book: Book) -> Iterator[httpx.Client]:
    app = create_app(book.settings, LIMITS)
    with running(app, LIMITS) as address, httpx.Client(base_url=address, timeout=10) as found:
        yield found
    app.state.context.engine.dispose()
    book.engine.dispose()


@pytest.fixture(scope="module")
def quiet_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The service over a market where nothing happens: for tests that change nothing."""
    book = Book(tmp_path_factory.mktemp("quiet")).begin()
    app = create_app(book.settings, LIMITS)
    with running(app, LIMITS) as address, httpx.Client(base_url=address, timeout=10) as found:
        yield found
    app.state.context.engine.dispose()
    book.engine.dispose()
