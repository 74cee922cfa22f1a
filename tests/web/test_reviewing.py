"""The sides of a closed trade review each other in the pages: hidden, shown, answered."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from scripts.people import Person
from tests.web.stand import CAST, Stand
from tests.web.wallet import TestWallet, connect

PRICE = 7_000_000
WORDS = "A good lamp, <b>bright</b>"


def window(
    new_context: Callable[..., BrowserContext], stand: Stand, who: Person, path: str
) -> Page:
    context = new_context()
    wallet = TestWallet(who.account, stand.node.url).announce(context)
    page = context.new_page()
    page.goto(path)
    connect(page, wallet)
    return page


def test_reviews_are_hidden_then_shown_and_answered(
    stand: Stand, new_context: Callable[..., BrowserContext]
) -> None:
    lamp = stand.offer("goods", {"title": "A lamp to review", "price": str(PRICE)}, CAST)
    stand.traders.allow(Person.BOB, PRICE)
    bargain = stand.traders.take(lamp)
    stand.traders.act(bargain, "seller", "perform", 0)
    stand.traders.act(bargain, "buyer", "accept", 0)
    path = f"/trades/{bargain.trade_id}"
    stand.get(path)

    buyer = window(new_context, stand, Person.BOB, path)
    reviews = buyer.get_by_role("region", name="Reviews")
    expect(reviews.get_by_role("button", name="Give it, hidden")).to_be_disabled()
    reviews.get_by_role("radio", name="4 stars").check()
    reviews.get_by_label("Words").fill(WORDS)
    found = Axe().run(buyer)
    assert found.violations_count == 0, found.generate_report()
    reviews.get_by_role("button", name="Give it, hidden").click()
    expect(reviews.get_by_text("Said, hidden")).to_be_visible()
    expect(reviews.get_by_text("You can show it")).to_be_visible()
    [said] = [
        one for one in stand.get(path)["reviews"]["items"] if one["author"] == Person.BOB.address
    ]
    assert (said["state"], said["review"]) == ("committed", None)

    seller = window(new_context, stand, Person.ALICE, path)
    theirs = seller.get_by_role("region", name="Reviews")
    theirs.get_by_role("radio", name="5 stars").check()
    theirs.get_by_role("button", name="Give it, hidden").click()
    expect(theirs.get_by_role("button", name="Show your review")).to_be_visible()

    # Both have spoken. The words are where they were written; others open nothing.
    expect(reviews.get_by_role("button", name="Show your review")).to_be_visible()
    buyer.reload()
    expect(reviews.get_by_label("Words")).to_have_value(WORDS)
    reviews.get_by_label("Words").fill("A bad lamp")
    reviews.get_by_role("button", name="Show your review").click()
    expect(reviews.get_by_role("alert")).to_contain_text("the same to the letter")
    reviews.get_by_label("Words").fill(WORDS)
    reviews.get_by_role("button", name="Show your review").click()
    expect(reviews.get_by_text(WORDS)).to_be_visible()
    expect(theirs.get_by_text(WORDS)).to_be_visible()
    theirs.get_by_text("Reply", exact=True).first.click()
    theirs.get_by_role("group").get_by_label("Words").fill("Thank you")
    theirs.get_by_role("button", name="Reply").click()
    expect(reviews.get_by_text("Thank you")).to_be_visible()
    theirs.get_by_role("button", name="Show your review").click()
    expect(theirs.get_by_text("5 stars", exact=True)).to_be_visible()

    told = {one["author"]: one["review"] for one in stand.get(path)["reviews"]["items"]}
    assert told[Person.BOB.address]["rating"] == 4
    assert told[Person.BOB.address]["words"]["state"] == "kept"
    assert told[Person.BOB.address]["reply"]["state"] == "kept"
    assert told[Person.ALICE.address]["rating"] == 5
    assert told[Person.ALICE.address]["words"] is None
