"""Bad weather: reloads, several windows, reorgs, replaced and dropped transactions, a node away."""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

from eth_account.signers.local import LocalAccount
from playwright.sync_api import BrowserContext, Page, expect

from scripts.toolchain.node import Anvil
from tests.web.stand import Stand
from tests.web.wallet import TestWallet

TAKE = re.compile("^Take it")
STEPS = "What you did"  # the list of deeds, on every page


@contextmanager
def no_blocks(node: Anvil) -> Iterator[None]:
    """Nothing is mined within; all that waits is afterwards."""
    node.rpc("evm_setAutomine", False)
    try:
        yield
    finally:
        node.rpc("evm_setAutomine", True)
        node.rpc("evm_mine")


def send_to_nobody(node: Anvil, who: LocalAccount, nonce: int) -> None:
    """In the place of whatever has this number, for more gas."""
    signed = who.sign_transaction(
        {
            "chainId": node.chain_id,
            "nonce": nonce,
            "to": who.address,
            "value": 0,
            "gas": 21_000,
            "maxFeePerGas": 90 * 10**9,
            "maxPriorityFeePerGas": 50 * 10**9,
        }
    )
    node.rpc("eth_sendRawTransaction", "0x" + signed.raw_transaction.hex())


def take(page: Page, offer: str) -> None:
    page.goto(f"/offers/{offer}")
    page.get_by_role("button", name=TAKE).click()


def test_what_was_sent_survives_a_reload(stand: Stand, connected: Page, wallet: TestWallet) -> None:
    page = connected
    page.goto(f"/offers/{stand.lamp('A lamp in no block yet')}")
    expect(page.get_by_role("button", name=TAKE)).to_be_visible()
    with no_blocks(stand.node):
        page.get_by_role("button", name=TAKE).click()
        expect(page.get_by_text("Waiting for a block")).to_be_visible()
        page.reload()
        deeds = page.get_by_role("complementary", name=STEPS)
        expect(deeds).to_contain_text("Waiting for a block")
    expect(deeds).to_contain_text("Done, in block")
    assert len(stand.trades_of(wallet.account.address)) == 1
    assert len(wallet.sent) == 1


def test_two_windows_tell_the_same(
    stand: Stand, context: BrowserContext, connected: Page, wallet: TestWallet
) -> None:
    offer = stand.lamp("A lamp in two windows")
    other = context.new_page()
    other.goto(f"/offers/{offer}")
    expect(other.get_by_role("button", name=TAKE)).to_be_visible()
    take(connected, offer)
    expect(connected.get_by_text("The trade is open.")).to_be_visible()
    expect(other.get_by_role("button", name=TAKE)).to_have_count(0)
    expect(other.get_by_text("All of it is taken.")).to_be_visible()
    deeds = other.get_by_role("complementary", name=STEPS)
    expect(deeds).to_contain_text("Done, in block")
    deeds.get_by_role("button", name="Dismiss").click()
    expect(deeds).to_have_count(0)
    connected.reload()
    expect(connected.get_by_text("All of it is taken.")).to_be_visible()
    expect(connected.get_by_role("complementary", name=STEPS)).to_have_count(0)


def test_replaced_transaction_is_noticed(stand: Stand, connected: Page, wallet: TestWallet) -> None:
    with no_blocks(stand.node):
        take(connected, stand.lamp("A lamp that is replaced"))
        expect(connected.get_by_text("Waiting for a block")).to_be_visible()
        # The page knows by now which number the transaction has.
        connected.wait_for_function(
            "() => JSON.parse(localStorage['commonhold.deeds'])[0].nonce !== null"
        )
        nonce = stand.node.rpc("eth_getTransactionCount", wallet.account.address, "latest")
        send_to_nobody(stand.node, wallet.account, int(nonce, 16))
    expect(connected.get_by_text("Another transaction of yours took its place.")).to_be_visible()
    expect(connected.get_by_role("button", name=TAKE)).to_be_enabled()


def test_dropped_transaction_is_noticed(stand: Stand, connected: Page, wallet: TestWallet) -> None:
    with no_blocks(stand.node):
        take(connected, stand.lamp("A lamp that is dropped"))
        expect(connected.get_by_text("Waiting for a block")).to_be_visible()
        stand.node.rpc("anvil_dropAllTransactions")
        expect(connected.get_by_text("The network has dropped it")).to_be_visible()
    expect(connected.get_by_role("button", name=TAKE)).to_be_enabled()


def test_reorg_under_an_open_page_is_told(
    stand: Stand, connected: Page, wallet: TestWallet
) -> None:
    page = connected
    take(page, stand.lamp("A lamp that is undone"))
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    stand.service.wait_for_head()
    stand.node.rpc("anvil_reorg", 1, [])
    expect(page.get_by_text("The chain has undone it.")).to_be_visible()
    # It is free again, and the page says so without being asked.
    expect(page.get_by_text("All of it is taken.")).to_have_count(0)
    page.get_by_role("button", name=TAKE).click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    assert len(stand.trades_of(wallet.account.address)) == 1


def test_node_that_is_away_for_20_seconds(stand: Stand, page: Page) -> None:
    offer = stand.lamp("A lamp while the node is away")
    page.goto(f"/offers/{offer}")
    page.get_by_role("button", name="Connect a wallet").click()
    page.get_by_role("button", name="Try it").click()
    button = page.get_by_role("button", name=TAKE)
    expect(button).to_be_visible()
    process = stand.node.process.pid
    since = time.monotonic()
    os.kill(process, signal.SIGSTOP)
    try:
        button.click()
        page.wait_for_function(
            "since => performance.now() - since > 20000",
            arg=page.evaluate("performance.now()"),
            timeout=40_000,
        )
        assert time.monotonic() - since >= 20
        expect(page.get_by_text("The trade is open.")).to_have_count(0)
        # What is indexed can be read all the while.
        page.get_by_role("link", name="Back to the market").click()
        expect(page.get_by_role("article").first).to_be_visible()
        page.go_back()
    finally:
        os.kill(process, signal.SIGCONT)
    deeds = page.get_by_role("complementary", name=STEPS)
    expect(deeds).to_contain_text("Done, in block")
    expect(page.get_by_text("All of it is taken.")).to_be_visible()


def test_service_that_is_away_comes_back(stand: Stand, page: Page, watch) -> None:
    watch.expect("net::ERR_", "503")
    page.goto("/")
    expect(page.get_by_role("article").first).to_be_visible()
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_label("Kind").select_option("gig")
    expect(page.get_by_role("alert")).to_contain_text("The service does not answer.")
    page.unroute("**/api/**")
    stand.node.rpc("evm_mine")
    # By itself, with the next block; or by the button, for who cannot wait.
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("article").first).to_contain_text("gig")
