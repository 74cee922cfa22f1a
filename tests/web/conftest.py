"""One market and one browser for all tests; a window, a wallet and a newcomer for each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from backend.api.built import FOLDER
from tests.web.browser import PATIENCE, Watch, opened, start
from tests.web.stand import Stand, open_stand
from tests.web.wallet import TestWallet, connect


@pytest.fixture(scope="session")
def stand() -> Iterator[Stand]:
    assert (FOLDER / "index.html").exists(), "the pages are not built; run: make web"
    with open_stand() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = start(playwright)
        yield found
        found.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test whose pages complained, or asked another machine."""
    found = Watch()
    yield found
    found.check()


@pytest.fixture
def new_context(browser: Browser, stand: Stand, watch: Watch) -> Iterator[Callable[..., Any]]:
    """Opens further browsers: for a second person, or with other options."""
    open_ones = []

    def make(**how: Any) -> BrowserContext:
        one = opened(browser, stand, watch, **how)
        open_ones.append(one)
        return one.__enter__()

    yield make
    for one in open_ones:
        one.__exit__(None, None, None)


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A window without any wallet but *try it*."""
    return context.new_page()


@pytest.fixture
def wallet(request: pytest.FixtureRequest, stand: Stand, context: BrowserContext) -> TestWallet:
    """A newcomer's wallet with coin and 1,000 of the token, announced in `context`."""
    account = stand.newcomer(request.node.nodeid, tokens=1_000_000_000)
    return TestWallet(account, stand.node.url).announce(context)


@pytest.fixture
def connected(wallet: TestWallet, page: Page) -> Page:
    """The market's first page, with that wallet connected."""
    page.goto("/")
    connect(page, wallet)
    return page
