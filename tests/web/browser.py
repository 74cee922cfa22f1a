"""Chromium, and what no page may ever do: ask another machine, or complain in the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Playwright, Route

from scripts.toolchain.chromium import find
from tests.web.stand import Stand

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
PATIENCE = 15_000  # milliseconds; a machine of two cores may be busy


def start(playwright: Playwright) -> Browser:
    """The browser that the set-up found."""
    path = find()
    assert path is not None, "run: python scripts/toolchain/chromium.py"
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@dataclass
class Watch:
    """What a test's pages did. `expects` are parts of complaints that belong to the test: a browser
    complains of every answer that is an error."""

    complaints: list[str] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)
    expects: list[str] = field(default_factory=list)

    def expect(self, *parts: str) -> None:
        self.expects += parts

    def check(self) -> None:
        """Fails for anything that a page must not do."""
        assert self.strayed == []
        found = [one for one in self.complaints if not any(part in one for part in self.expects)]
        assert found == []


@contextmanager
def opened(browser: Browser, stand: Stand, watch: Watch, **how: Any) -> Iterator[BrowserContext]:
    """A browser of its own: no cookies, no memory of others, no way off this machine."""
    how = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **how}
    context = browser.new_context(base_url=stand.url, **how)
    context.set_default_timeout(PATIENCE)
    near = {urlsplit(url).netloc for url in (stand.url, stand.node.url)}

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).netloc in near:
            route.continue_()
        else:
            watch.strayed.append(route.request.url)
            route.abort()

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            watch.complaints.append(f"{message.type}: {message.text}")

    context.route(lambda url: urlsplit(url).netloc not in near, guard)
    context.on("console", note)
    context.on("weberror", lambda error: watch.complaints.append(f"uncaught: {error.error}"))
    try:
        yield context
    finally:
        context.close()
