"""A sponsor locks a budget in the pages; somebody takes part; what is left comes back."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from tests.web.stand import Stand
from tests.web.wallet import TestWallet, connect

NewContext = Callable[..., BrowserContext]


def test_a_budget_is_locked_used_and_given_back(stand: Stand, new_context: NewContext) -> None:
    sponsor = stand.newcomer("who sponsors a campaign", tokens=200_000_000)
    context = new_context()
    wallet = TestWallet(sponsor, stand.node.url).announce(context)
    page = context.new_page()
    page.goto("/offers/new")
    connect(page, wallet)
    page.get_by_role("link", name="campaign").click()
    page.get_by_label("What it is, in one line.").fill("Count the bats of the town")
    page.get_by_label("What the contributor is in it").fill("counter")
    page.get_by_label("What each contributor is paid.").fill("40")
    page.get_by_label("How many rewards there are").fill("3")
    page.get_by_role("textbox", name="How long the contributor has").fill("3")
    expect(page.get_by_text("Nobody can take part before the sponsor has locked")).to_be_visible()
    page.get_by_role("button", name="Sign and list it").click()
    page.get_by_role("link", name="Look at it").click()
    assert wallet.sent == []  # nothing is let go of before the budget is locked
    budget = page.get_by_role("region", name="Its budget")
    expect(budget).to_contain_text("enough for 0 more")
    budget.get_by_role("button", name="Lock 120 TUSD for 3 more").click()
    expect(budget).to_contain_text("enough for 3 more")
    assert wallet.sent[0]["to"].lower() == stand.token.lower()
    assert stand.balance(sponsor.address) == 80_000_000
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    counter = stand.newcomer("who counts bats")
    other_context = new_context()
    taking = TestWallet(counter, stand.node.url).announce(other_context)
    other = other_context.new_page()
    other.goto(page.url)
    connect(other, taking)
    expect(other.get_by_role("button", name="Lock")).to_have_count(0)
    other.get_by_role("button", name="Take it").click()
    expect(other.get_by_text("The trade is open.")).to_be_visible()
    expect(budget).to_contain_text("enough for 2 more")
    expect(budget).to_contain_text("1 of 3 taken")

    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("Its maker has cancelled it.")).to_be_visible()
    other.get_by_role("button", name="Give back what is left").click()
    expect(budget).to_contain_text("enough for 0 more")
    expect(budget.get_by_role("button")).to_have_count(0)
    assert stand.balance(sponsor.address) == 160_000_000
