"""axe finds nothing on any screen, light and dark, on a phone and on a desk.

To add a screen: a line in `SCREENS`. `act` does what brings it up, once its page is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from scripts.people import Person
from tests.web.browser import Watch
from tests.web.stand import CAST, Stand


@dataclass(frozen=True)
class Screen:
    """`path` of the page, `heading` of level 1 that tells that it is there, `act` on it."""

    name: str
    path: Callable[[Stand], str]
    heading: str
    act: Callable[[Page], None] | None = None
    expects: str | None = None  # what the browser complains of, where that belongs to it


def choose_wallet(page: Page) -> None:
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_role("heading", name="Choose a wallet")).to_be_visible()


def try_it(page: Page) -> None:
    choose_wallet(page)
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("banner").get_by_role("button").first.click()
    expect(page.get_by_label("You are")).to_be_visible()


def choose_fee(page: Page) -> None:
    page.get_by_label("What to change").select_option("Fee: ride")
    page.get_by_role("button", name="Add it").click()
    page.get_by_label("New value, in percent").fill("2")
    page.get_by_role("button", name="See what it does").click()
    expect(page.get_by_role("region", name="What it does")).to_be_visible()


def some_trade(stand: Stand) -> str:
    """One that is open, for everybody to read."""
    found = stand.get("/trades", status="open")["items"]
    if not found:
        lamp = stand.offer("goods", {"title": "A lamp to look at", "price": "4000000"}, CAST)
        stand.traders.allow(Person.BOB, 4_000_000)
        stand.traders.take(lamp)
        found = stand.get("/trades", status="open")["items"]
    return f"/trades/{found[0]['id']}"


def newest_transaction(stand: Stand) -> str:
    """Of the local chain's explorer."""
    number = int(stand.node.rpc("eth_blockNumber"), 16)
    while not (sent := stand.node.rpc("eth_getBlockByNumber", hex(number), False)["transactions"]):
        number -= 1
    return f"/tx/{sent[0]}"


SCREENS = (
    Screen("market", lambda _: "/", "Market"),
    Screen("market-empty", lambda _: "/?q=nothinglikethis", "Market"),
    Screen("offer", lambda stand: f"/offers/{stand.offers['gig']}", "A logo"),
    Screen("offer-in-parts", lambda stand: f"/offers/{stand.offers['ride']}", "From the station"),
    Screen("templates", lambda _: "/offers/new", "Make an offer"),
    Screen("make", lambda _: "/offers/new/stay", "Make an offer"),
    Screen("mine", lambda _: "/offers/mine", "Your offers"),
    Screen("choose-wallet", lambda _: "/", "Market", choose_wallet),
    Screen("wallet", lambda _: "/", "Market", try_it),
    Screen("trades", lambda stand: f"/trades?of={Person.ALICE.address}", "Trades"),
    Screen("trade", some_trade, ""),
    Screen("trades-of-nobody", lambda _: "/trades", "Trades"),
    Screen("disputes", lambda _: "/disputes", "Disputes"),
    Screen("jury", lambda _: "/jury", "Jury duty"),
    Screen("proposals", lambda _: "/proposals", "Proposals"),
    Screen("member", lambda _: f"/members/{Person.MARA.address}", "Member"),
    Screen("propose", lambda _: "/proposals/new", "Make a proposal", choose_fee),
    Screen("rules", lambda _: "/rules", "Rules"),
    Screen("blocks", lambda _: "/blocks?from=30", "Blocks"),
    Screen("transaction", newest_transaction, "Transaction"),
    Screen("address", lambda stand: f"/address/{stand.token}", "Account"),
    Screen("workbench", lambda _: "/workbench", "Workbench"),
    Screen("no-page", lambda _: "/nowhere", "There is no such page"),
)
SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 900}}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.name)
def test_axe_finds_nothing(
    stand: Stand,
    new_context: Callable[..., BrowserContext],
    watch: Watch,
    screen: Screen,
    colours: str,
    size: str,
) -> None:
    if screen.expects:
        watch.expect(screen.expects)
    page = new_context(color_scheme=colours, viewport=SIZES[size]).new_page()
    page.goto(screen.path(stand))
    expect(page.get_by_role("heading", level=1)).to_contain_text(screen.heading)
    expect(page.get_by_text("Loading…")).to_have_count(0)
    if screen.act:
        screen.act(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, "the page scrolls sideways"
