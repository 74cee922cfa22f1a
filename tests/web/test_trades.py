"""A trade from its opening to its end, by the wallets of both sides."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from eth_account.signers.local import LocalAccount
from playwright.sync_api import BrowserContext, Page, expect

from scripts.people import Person
from tests.web.browser import Watch
from tests.web.stand import Stand
from tests.web.wallet import TestWallet, connect

PRICE = 12_000_000
NewContext = Callable[..., BrowserContext]


def taken(page: Page, stand: Stand, title: str, **given: object) -> str:
    """The path of a trade that the page's wallet has just opened with Alice."""
    page.goto(f"/offers/{stand.lamp(title, PRICE, **given)}")
    page.get_by_role("button", name="Take it for 12 TUSD").click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    [trade] = [one for one in stand.trades_of(Person.ALICE.address) if one["status"] == "open"][:1]
    return f"/trades/{trade['id']}"


def window(new_context: NewContext, stand: Stand, account: LocalAccount, path: str) -> Page:
    """Somebody else's browser, at a page."""
    context = new_context()
    wallet = TestWallet(account, stand.node.url).announce(context)
    page = context.new_page()
    page.goto(path)
    connect(page, wallet)
    return page


def test_delivered_and_accepted_in_two_browsers(
    stand: Stand, connected: Page, wallet: TestWallet, new_context: NewContext
) -> None:
    buyer, before = connected, stand.balance(Person.ALICE.address)
    trade = taken(buyer, stand, "A lamp to be sent")
    seller = window(new_context, stand, Person.ALICE.account, "/trades")
    row = seller.get_by_role("listitem").filter(has=seller.locator(f"a[href='{trade}']"))
    expect(row).to_contain_text("Your turn: I have delivered")
    row.get_by_role("link").first.click()
    expect(seller.get_by_role("heading", level=1)).to_have_text("A lamp to be sent")
    buyer.goto(trade)
    expect(buyer.get_by_text("Nothing for you to do now")).to_be_visible()
    expect(buyer.get_by_text("If nobody does anything until")).to_be_visible()
    seller.get_by_role("button", name="I have delivered").click()
    # The other window hears of it by itself.
    expect(buyer.get_by_role("heading", name="Your turn")).to_be_visible()
    found = Axe().run(buyer)
    assert found.violations_count == 0, found.generate_report()
    buyer.get_by_text("More you can do").click()
    expect(buyer.get_by_text("The deposit of each side")).to_be_visible()
    expect(buyer.get_by_role("button", name="Dispute it")).to_be_disabled()
    buyer.get_by_role("button", name="Accept, and pay").click()
    expect(buyer.get_by_text("This trade is closed.")).to_be_visible()
    expect(seller.get_by_text("This trade is closed.")).to_be_visible()
    told = stand.get(trade)
    [payout] = [one["payout"] for one in told["tranches"]]
    assert told["tranches"][0]["status"] == "accepted"
    gained = stand.balance(Person.ALICE.address) - before
    assert gained == int(payout["toPerformer"]["value"]) == PRICE - int(payout["fee"]["value"])
    names = seller.get_by_role("region", name="What happened").get_by_role("listitem")
    expect(names.locator("strong")).to_have_text(["Opened", "Delivered", "Accepted"])
    # The market's fee waits for its treasury; only the treasury is asked whether to take it.
    buyer.goto(f"/trades?of={stand.stage.deployment.timelock.address}")
    expect(buyer.get_by_role("region", name="Yours to withdraw")).to_contain_text("TUSD")
    expect(buyer.get_by_role("button", name="Withdraw")).to_have_count(0)


def test_a_split_is_signed_by_one_and_closed_by_the_other(
    stand: Stand, connected: Page, wallet: TestWallet, new_context: NewContext
) -> None:
    buyer = connected
    trade = taken(buyer, stand, "A lamp that came broken")
    before = stand.balance(wallet.account.address)
    seller = window(new_context, stand, Person.ALICE.account, trade)
    buyer.goto(trade)
    buyer.get_by_text("Agree on a split").click()
    share = buyer.get_by_label("To who delivers, in percent")
    share.fill("100.5")
    expect(buyer.get_by_text("From 0 to 100")).to_be_visible()
    expect(buyer.get_by_role("button", name="Sign this split")).to_be_disabled()
    share.fill("40")
    expect(
        buyer.get_by_text("4.8 TUSD before the fee to who delivers, 7.2 TUSD back")
    ).to_be_visible()
    wallet.refuses = {"eth_signTypedData_v4"}
    buyer.get_by_role("button", name="Sign this split").click()
    expect(buyer.get_by_text("You declined in the wallet.")).to_be_visible()
    wallet.refuses = set()
    buyer.get_by_role("button", name="Sign this split").click()
    expect(buyer.get_by_text("You have signed")).to_be_visible()
    seller.reload()
    expect(seller.get_by_text("The other side has signed")).to_be_visible()
    seller.get_by_role("button", name="Close with this split").click()
    expect(seller.get_by_text("This trade is closed.")).to_be_visible()
    expect(seller.get_by_text("Split as both signed").first).to_be_visible()
    stand.get(trade)
    assert stand.balance(wallet.account.address) - before == PRICE * 6 // 10


def test_what_nobody_delivered_comes_back(
    stand: Stand, connected: Page, wallet: TestWallet
) -> None:
    page = connected
    before = stand.balance(wallet.account.address)
    trade = taken(page, stand, "A lamp that never came")
    page.goto(trade)
    expect(page.get_by_text("Nothing for you to do now")).to_be_visible()
    stand.stage.wait_until(stand.get(trade)["nextDefault"]["dueAt"] + 1)
    expect(page.get_by_text("Nobody did anything in time")).to_be_visible()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("This trade is closed.")).to_be_visible()
    expect(page.get_by_text("Given back, as nothing was delivered in time")).to_be_visible()
    assert stand.balance(wallet.account.address) == before


def test_unknown_trade_is_told(page: Page, watch: Watch) -> None:
    watch.expect("404")
    page.goto(f"/trades/0x{'12' * 32}")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such trade")
