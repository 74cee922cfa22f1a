"""A wallet is connected, and an offer taken with it."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from scripts.people import Person
from tests.web.browser import Watch
from tests.web.stand import Stand
from tests.web.wallet import TestWallet, connect

TAKE = re.compile("^Take it")


def test_taken_with_a_permit(stand: Stand, connected: Page, wallet: TestWallet) -> None:
    page, offer = connected, stand.lamp("A lamp to be taken")
    page.goto(f"/offers/{offer}")
    expect(page.get_by_text("You sign twice")).to_be_visible()
    page.get_by_role("button", name="Take it for 12 TUSD").click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    assert wallet.confirmed == ["eth_signTypedData_v4", "eth_sendTransaction"]
    [trade] = stand.trades_of(wallet.account.address)
    assert trade["offerHash"] == offer
    assert stand.balance(wallet.account.address) == 1_000_000_000 - 12_000_000
    # What the page tells is what is indexed: nothing is left to be taken.
    expect(page.get_by_text("All of it is taken.")).to_be_visible()


def test_wallet_that_signs_no_permit_approves_exactly_the_amount(
    stand: Stand, connected: Page, wallet: TestWallet
) -> None:
    page = connected
    wallet.lacks = {"eth_signTypedData_v4"}
    page.goto(f"/offers/{stand.lamp('A lamp without a permit')}")
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    approval, opening = wallet.sent
    spender, amount = approval["data"][10:74], approval["data"][74:]
    assert (approval["to"].lower(), opening["to"].lower()) == (
        stand.token.lower(),
        stand.traders.escrow.lower(),
    )
    assert spender.endswith(stand.traders.escrow[2:].lower())
    assert int(amount, 16) == 12_000_000


def test_coin_is_paid_with_the_opening(stand: Stand, connected: Page, wallet: TestWallet) -> None:
    page = connected
    page.goto(f"/offers/{stand.words('A chair for coin')}")
    expect(page.get_by_text("One transaction.")).to_be_visible()
    page.get_by_role("button", name="Take it for 0.01 ETH").click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    [opening] = wallet.sent
    assert int(opening["value"], 16) == 10**16


def test_too_little_coin_is_told(stand: Stand, context: BrowserContext, page: Page) -> None:
    poor = stand.newcomer("with little coin", coins=10**15)
    wallet = TestWallet(poor, stand.node.url).announce(context)
    page.goto(f"/offers/{stand.words('A chair too dear')}")
    connect(page, wallet)
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_role("alert")).to_contain_text("not enough coin")
    assert wallet.confirmed == []


def test_refusal_is_calm_and_can_be_taken_back(
    stand: Stand, connected: Page, wallet: TestWallet
) -> None:
    page = connected
    page.goto(f"/offers/{stand.lamp('A lamp, refused at first')}")
    wallet.refuses = {"eth_sendTransaction"}
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_text("You declined in the wallet. Nothing was sent.")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert wallet.sent == []
    wallet.refuses = set()
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()


def test_refused_connection_is_calm(stand: Stand, page: Page, wallet: TestWallet) -> None:
    wallet.refuses = {"eth_requestAccounts"}
    page.goto("/")
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("button", name=wallet.name).click()
    expect(page.get_by_text("You declined. Nothing was sent")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_wrong_network_is_offered_a_switch_and_added(
    stand: Stand, page: Page, wallet: TestWallet
) -> None:
    wallet.chain, wallet.knows = 1, {1}
    page.goto(f"/offers/{stand.lamp('A lamp on another chain')}")
    connect(page, wallet)
    notice = page.get_by_role("complementary", name="Wrong network")
    expect(notice).to_contain_text("Your wallet is on chain 1; this market is on 31337.")
    expect(page.get_by_role("button", name=TAKE)).to_have_count(0)
    wallet.refuses = {"wallet_addEthereumChain"}
    notice.get_by_role("button").click()
    expect(notice).to_contain_text("You declined.")
    wallet.refuses = set()
    notice.get_by_role("button").click()
    expect(notice).to_have_count(0)
    expect(page.get_by_role("button", name=TAKE)).to_be_visible()
    wallet.switch(page, 1)
    expect(notice).to_be_visible()
    assert wallet.confirmed == []


def test_too_little_money_is_told_before_the_wallet_opens(
    stand: Stand, connected: Page, wallet: TestWallet
) -> None:
    page = connected
    page.goto(f"/offers/{stand.lamp('A lamp too dear', price=1_000_000_001)}")
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_role("alert")).to_contain_text("less of the token than this takes")
    assert wallet.confirmed == []


def test_another_was_faster(
    stand: Stand, connected: Page, wallet: TestWallet, watch: Watch
) -> None:
    page = connected
    listed = stand.offer(
        "goods",
        {"title": "Two lamps", "price": "12000000", "quantity": 2},
        {"seller": Person.ALICE, "buyer": Person.CAROL},
    )
    page.goto(f"/offers/{listed.hash}")
    expect(page.get_by_role("button", name=TAKE)).to_be_visible()
    # In one and the same moment: the page has not heard of it when it asks the node.
    watch.expect("net::ERR_FAILED")
    page.route("**/api/v1/offers/**", lambda route: route.abort())
    stand.traders.take(listed)
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_text("Another was faster")).to_be_visible()
    assert wallet.sent == []


def test_several_wallets_account_change_and_disconnect(
    stand: Stand, context: BrowserContext, page: Page, wallet: TestWallet
) -> None:
    other = stand.newcomer("with another wallet")
    TestWallet(other, stand.node.url, name="Other", rdns="example.other").announce(context)
    page.goto("/")
    page.get_by_role("button", name="Connect", exact=True).click()
    for name in (wallet.name, "Other", "Try it"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    page.get_by_role("button", name="Other").click()
    menu = page.get_by_role("banner").get_by_role("button").first
    expect(menu).to_contain_text(other.address[-4:])
    page.reload()
    expect(menu).to_contain_text(other.address[-4:])
    menu.click()
    page.get_by_role("button", name="Disconnect").click()
    expect(menu).to_have_text("Connect")
    page.reload()
    connect(page, wallet)
    expect(menu).to_contain_text(wallet.account.address[-4:])
    wallet.become(page, stand.newcomer("become by another account"))
    expect(menu).to_contain_text(wallet.account.address[-4:])


def test_hostile_wallet_is_shown_as_text(stand: Stand, context: BrowserContext, page: Page) -> None:
    TestWallet(
        stand.newcomer("with a hostile wallet"),
        stand.node.url,
        name="<b>Safe\u202eksaMateM</b>",
        icon="https://elsewhere.example/icon.png",
    ).announce(context)
    page.goto("/")
    page.get_by_role("button", name="Connect", exact=True).click()
    one = page.get_by_role("listitem").filter(has_text="<b>Safe[U+202E]ksaMateM</b>")
    expect(one).to_be_visible()
    expect(one.locator("img")).to_have_count(0)


def test_newcomer_tries_it_without_any_wallet(stand: Stand, page: Page) -> None:
    offer = stand.lamp("A lamp to try")
    page.goto(f"/offers/{offer}")
    page.get_by_role("button", name="Connect a wallet").click()
    page.get_by_role("button", name="Try it").click()
    menu = page.get_by_role("banner").get_by_role("button").first
    expect(menu).to_contain_text("Bob")
    menu.click()
    page.get_by_label("You are").select_option(label="Carol (trader)")
    expect(menu).to_contain_text("Carol")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    mine = stand.trades_of(Person.CAROL.address)
    assert offer in [one["offerHash"] for one in mine]
