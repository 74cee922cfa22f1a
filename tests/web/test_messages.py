"""The parties of a trade write to each other: sealed in one browser, opened in the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from backend.messages.disclosure import verify_text
from scripts.people import Person
from tests.web.stand import CAST, Stand
from tests.web.wallet import TestWallet, connect

PRICE = 6_000_000
BUYER = Person.DAVE  # whose keys no other test publishes
NewContext = Callable[..., BrowserContext]


def window(new_context: NewContext, stand: Stand, who: Person, path: str) -> Page:
    context = new_context()
    wallet = TestWallet(who.account, stand.node.url).announce(context)
    page = context.new_page()
    page.goto(path)
    connect(page, wallet)
    return page


def test_messages_are_sealed_opened_and_proven(
    stand: Stand, new_context: NewContext, tmp_path: Path
) -> None:
    cast = {**CAST, "buyer": BUYER}
    lamp = stand.offer("goods", {"title": "A lamp to talk about", "price": str(PRICE)}, cast)
    stand.traders.allow(BUYER, PRICE)
    bargain = stand.traders.take(lamp)
    path = f"/trades/{bargain.trade_id}"
    stand.get(path)

    alice = window(new_context, stand, Person.ALICE, path)
    alice.get_by_role("button", name="Open the messages").click()
    theirs = alice.get_by_role("region", name="Messages")
    expect(theirs.get_by_text("Nobody has written yet.")).to_be_visible()
    expect(theirs.get_by_text("has published no keys yet")).to_be_visible()
    dave = window(new_context, stand, BUYER, path)
    dave.get_by_role("button", name="Open the messages").click()
    mine = dave.get_by_role("region", name="Messages")
    expect(mine.get_by_text("Nobody has written yet.")).to_be_visible()

    mine.get_by_label("Your message").fill("Is <b>Monday</b> fine?")
    mine.get_by_role("button", name="Send").click()
    expect(mine.get_by_text("Is <b>Monday</b> fine?")).to_be_visible()
    # The other window finds it by itself.
    expect(theirs.get_by_text("Is <b>Monday</b> fine?")).to_be_visible()
    theirs.get_by_label("Your message").fill("Yes, it is.")
    theirs.get_by_role("button", name="Send").click()
    expect(mine.get_by_text("Yes, it is.")).to_be_visible()
    found = Axe().run(dave)
    assert found.violations_count == 0, found.generate_report()

    # Dave proves what Alice said, to anybody, and nothing else.
    mine.get_by_label("Choose to prove").last.check()
    with dave.expect_download() as saving:
        mine.get_by_role("button", name="Save a proof of what is chosen").click()
    saved = tmp_path / "proof.json"
    saving.value.save_as(saved)
    text = saved.read_text()
    [shown] = verify_text(text).messages
    assert (shown.sender, shown.sequence) == (Person.ALICE.address, 2)
    assert getattr(shown.content, "text", None) == "Yes, it is."
    assert "Monday" not in text

    # After a reload the wallet makes the same keys again.
    dave.reload()
    dave.get_by_role("button", name="Open the messages").click()
    expect(mine.get_by_text("Yes, it is.")).to_be_visible()
