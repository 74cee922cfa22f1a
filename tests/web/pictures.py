"""Takes the pictures of README, of a market that is really there.

    python -m tests.web.pictures

To add one: a function that brings it up, and a line in `PICTURES`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.people import Person
from scripts.toolchain import ROOT
from tests.web.browser import Watch, opened, start
from tests.web.stand import CAST, Stand, open_stand

FOLDER = ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1180, "height": 760}, {"width": 360, "height": 740}


def market(page: Page, stand: Stand) -> None:
    page.goto("/")
    expect(page.get_by_role("article").first).to_be_visible()


def offer(page: Page, stand: Stand) -> None:
    page.goto(f"/offers/{stand.offers['guide']}")
    page.get_by_role("button", name="Connect a wallet").click()
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def trade(page: Page, stand: Stand) -> None:
    """As the buyer sees one that is delivered."""
    lamp = stand.offer("goods", {"title": "A brass samovar", "price": "33000000"}, CAST)
    stand.traders.allow(Person.BOB, 33_000_000)
    bargain = stand.traders.take(lamp)
    stand.traders.act(bargain, "seller", "perform", 0)
    stand.get(f"/trades/{bargain.trade_id}")
    page.goto("/")
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("banner").get_by_role("button").first.click()
    page.get_by_label("You are").select_option(Person.BOB.address)
    page.goto(f"/trades/{bargain.trade_id}")
    expect(page.get_by_role("button", name="Accept, and pay")).to_be_visible()


def make(page: Page, stand: Stand) -> None:
    page.goto("/offers/new/goods")
    page.get_by_label("What it is, in one line.").fill("A brass samovar")
    page.get_by_label("What one piece costs").fill("33")
    expect(page.get_by_role("region", name="What happens")).to_be_visible()


PICTURES: dict[str, tuple[Callable[[Page, Stand], None], dict[str, int], str]] = {
    "market": (market, DESK, "light"),
    "offer": (offer, DESK, "light"),
    "trade": (trade, DESK, "light"),
    "make": (make, DESK, "dark"),
    "market-phone": (market, PHONE, "dark"),
}


def take(browser: Browser, stand: Stand, folder: Path) -> None:
    """All of them. Fails where a page complains."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (bring_up, size, colours) in PICTURES.items():
        watch = Watch()
        with opened(browser, stand, watch, viewport=size, color_scheme=colours) as context:
            page = context.new_page()
            bring_up(page, stand)
            page.screenshot(path=folder / f"{name}.png", animations="disabled")
        watch.check()


def main() -> None:
    with open_stand() as stand, sync_playwright() as playwright:
        take(start(playwright), stand, FOLDER)


if __name__ == "__main__":
    main()
