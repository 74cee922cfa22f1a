"""axe finds nothing on any screen, light and dark, on a phone and on a desk.

To add a screen: a line in `SCREENS`. `act` does what brings it up, once its page is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from scripts.parameters import GOODS
from scripts.people import Person
from scripts.story import court, trading, voting
from scripts.story.steps import OLD_FEE
from scripts.toolchain import ROOT
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


def some_proposal(stand: Stand) -> str:
    """The newest."""
    found = stand.get("/proposals")["items"]
    if not found:
        voting.propose_fee(stand.stage, Person.MARA, OLD_FEE - 11)
        found = stand.get("/proposals")["items"]
    return f"/proposals/{found[0]['id']}"


def some_dispute(stand: Stand) -> str:
    """One that waits for the other side."""
    stage, name = stand.stage, "a kite"
    if name not in stage.trades:
        sale = {"text": name, "symbol": "ETH", "price": 10**16, "kind": GOODS}
        trading.sign_sale(stage, name, Person.ALICE, max_fee_bps=OLD_FEE, **sale)
        trading.take(stage, name, name, Person.CAROL)
        trading.perform(stage, (name,), Person.ALICE)
        trading.dispute(stage, name, Person.CAROL)
        court.open_case(stage, name, Person.CAROL)
    return "/disputes/0x" + court.case_id(stage, name).hex()


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
    Screen("dispute", some_dispute, "Dispute", expects="404"),  # nobody listed its offer
    Screen("jury", lambda _: "/jury", "Jury duty"),
    Screen("proposals", lambda _: "/proposals", "Proposals"),
    Screen("proposal", some_proposal, ""),
    Screen("member", lambda _: f"/members/{Person.MARA.address}", "Member"),
    Screen("propose", lambda _: "/proposals/new", "Make a proposal", choose_fee),
    Screen("rules", lambda _: "/rules", "Rules"),
    Screen("dashboard", lambda _: "/dashboard", "The market in figures"),
    Screen("blocks", lambda _: "/blocks?from=30", "Blocks"),
    Screen("block", lambda _: "/block/30", "Block"),
    Screen("transaction", newest_transaction, "Transaction"),
    Screen("address", lambda stand: f"/address/{stand.token}", "Account"),
    Screen("workbench", lambda _: "/workbench", "Workbench"),
    Screen("no-page", lambda _: "/nowhere", "There is no such page"),
)
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 780},
    "desk": {"width": 1280, "height": 900},
}
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.name)
def test_axe_finds_nothing(
    stand: Stand, new_context: Callable[..., BrowserContext], watch: Watch, screen: Screen
) -> None:
    """Loaded once, and looked at in both colours and sizes."""
    if screen.expects:
        watch.expect(screen.expects)
    still = "reduce"  # axe would see a colour on its way to another
    page = new_context(viewport=SIZES["phone"], reduced_motion=still).new_page()
    page.goto(screen.path(stand))
    expect(page.get_by_role("heading", level=1)).to_contain_text(screen.heading)
    expect(page.get_by_text("Loading…")).to_have_count(0)
    if screen.act:
        screen.act(page)
    axe = Axe()
    for size, colours in product(SIZES, COLOURS):
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=colours)
        found = axe.run(page)
        assert found.violations_count == 0, f"{colours}, {size}: {found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{colours}, {size}: the page scrolls sideways"


def test_every_route_has_a_screen(stand: Stand) -> None:
    """A page that nobody lists here is looked at by nobody."""
    told = re.findall(r'path: "([^"]+)"', (ROOT / "web" / "src" / "routes.ts").read_text())
    assert len(told) > 15
    paths = [screen.path(stand).partition("?")[0] for screen in SCREENS]
    for route in told:
        pattern = re.compile(re.sub(r":\w+", "[^/]+", route))
        fixed = [other for other in told if ":" not in other and other != route]
        seen = [path for path in paths if pattern.fullmatch(path) and path not in fixed]
        assert seen, f"{route} has no screen"
