"""How soon the market's first page is there, on a processor four times slower than this one.

    python -m tests.web.speed

Over loopback, without any cache, the built pages and the development server's side by side: first
contentful paint, the first offer in the list (from then on it can be used), and how long the main
thread was held up by single tasks of 50 ms and more. The median of a few runs, in milliseconds.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields

import httpx
from playwright.sync_api import Browser, sync_playwright

from scripts.toolchain import ROOT
from scripts.toolchain.node import free_port
from scripts.toolchain.process import end
from tests.web.browser import start
from tests.web.stand import Stand, open_stand

SLOWDOWN, RUNS = 4, 5
START_SECONDS = 60
OBSERVE = """
window.held = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.held += task.duration - 50;
}).observe({ type: "longtask", buffered: true });
new MutationObserver((_, observer) => {
  if (!document.querySelector("article a")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => (window.listed = performance.now())));
}).observe(document, { childList: true, subtree: true });
"""
THERE = "() => window.listed && performance.getEntriesByType('paint').length > 1"
READ = """() => ({
  painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  listed: window.listed,
  held: window.held,
  requests: performance.getEntriesByType("resource").length + 1,
  bytes: performance.getEntriesByType("resource").reduce((sum, one) => sum + one.transferSize, 0),
})"""


@dataclass(frozen=True)
class Speed:
    """One load: milliseconds, requests, bytes on the wire."""

    painted: float
    listed: float
    held: float
    requests: float
    bytes: float


def load(browser: Browser, url: str) -> Speed:
    """The first page in a browser that has never seen it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    try:
        page = context.new_page()
        page.add_init_script(OBSERVE)
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.goto(url, timeout=120_000)
        page.wait_for_function(THERE)
        return Speed(**page.evaluate(READ))
    finally:
        context.close()


def median(browser: Browser, url: str) -> Speed:
    """Of some runs, each figure by itself."""
    runs = [astuple(load(browser, url)) for _ in range(RUNS)]
    return Speed(*map(statistics.median, zip(*runs, strict=True)))


@contextmanager
def development_server(stand: Stand) -> Iterator[str]:
    """Vite's own, over the same API."""
    port = free_port()
    vite = ROOT / "web" / "node_modules" / "vite" / "bin" / "vite.js"
    process = subprocess.Popen(
        ["node", vite, "--port", str(port), "--host", "127.0.0.1"],
        cwd=ROOT / "web",
        env={**os.environ, "COMMONHOLD_API": stand.url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                httpx.get(url, headers={"Accept": "text/html"}, trust_env=False)
                break
            except httpx.TransportError:
                assert time.monotonic() < deadline, "Vite did not start"
                time.sleep(0.1)
        yield url
    finally:
        end(process, signal.SIGTERM, 5)


def main() -> None:
    names = [field.name for field in fields(Speed)]
    print(f"{'':12}" + "".join(f"{name:>10}" for name in names))
    with open_stand() as stand, sync_playwright() as playwright:
        browser = start(playwright)
        with development_server(stand) as other:
            load(browser, other)  # its first answer is made then, and kept
            for name, url in (("built", stand.url), ("development", other)):
                found = median(browser, url)
                print(f"{name:12}" + "".join(f"{one:10.0f}" for one in astuple(found)))


if __name__ == "__main__":
    main()
