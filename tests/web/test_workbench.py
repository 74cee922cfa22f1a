"""What a developer does to the local chain from the pages."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.web.browser import Watch
from tests.web.stand import Stand

COIN = 10**18
TOKEN = 10**6


def test_faucet_time_and_going_back(stand: Stand, page: Page) -> None:
    account = stand.newcomer("workbench", coins=0).address

    def coins() -> int:
        return int(stand.node.rpc("eth_getBalance", account, "latest"), 16)

    def time() -> int:
        return int(stand.node.rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Workbench").click()
    field = page.get_by_label("Account")
    field.fill("0x12")
    expect(page.get_by_text("An account is 0x and 40 digits")).to_be_visible()
    expect(page.get_by_role("button", name="Give 100 ETH")).to_be_disabled()
    field.fill(account)

    page.get_by_role("button", name="Give 100 ETH").click()
    expect(page.get_by_text("Done: Give 100 ETH")).to_be_visible()
    assert coins() == 100 * COIN
    page.get_by_role("button", name="Give 1,000").first.click()
    expect(page.get_by_text("Done: Give 1,000")).to_be_visible()
    stand.get("/status")
    assert stand.balance(account) == 1_000 * TOKEN

    before = time()
    page.get_by_label("Seconds").fill("90")
    page.get_by_role("button", name="Let them go by").click()
    expect(page.get_by_text("Done: Let them go by")).to_be_visible()
    assert time() - before >= 90

    page.get_by_role("button", name="Remember").click()
    expect(page.get_by_text("Done: Remember")).to_be_visible()
    page.get_by_role("button", name="Give 100 ETH").click()
    expect(page.get_by_text("Done: Give 100 ETH")).to_be_visible()
    assert coins() == 200 * COIN
    page.get_by_role("button", name="Go back to it").click()
    expect(page.get_by_text("Done: Go back to it")).to_be_visible()
    assert coins() == 100 * COIN
    expect(page.get_by_role("button", name="Go back to it")).to_have_count(0)
    assert stand.get("/status")["indexed"] is not None


def test_scenario_of_a_proposal_to_vote_on(stand: Stand, page: Page) -> None:
    before = {one["id"] for one in stand.get("/proposals")["items"]}
    page.goto("/workbench")
    page.get_by_role("button", name="A proposal to vote on").click()
    expect(page.get_by_text("Done: A proposal to vote on")).to_be_visible()
    [made] = [one for one in stand.get("/proposals")["items"] if one["id"] not in before]
    assert made["state"] == "active"
    page.get_by_role("link", name="See what came of it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Another fee for goods")
    expect(page.get_by_role("main")).not_to_contain_text("#proposer=")


def test_no_workbench_on_any_other_chain(stand: Stand, page: Page, watch: Watch) -> None:
    """The service says that the chain is not of this machine: nothing of it is offered."""
    watch.expect("404")
    refusal = {
        "type": "urn:problem-type:commonhold:not-a-local-chain",
        "title": "Not a local chain",
        "status": 404,
        "detail": "chain 1 is not one of this machine",
    }
    page.route("**/api/v1/local", lambda route: route.fulfill(status=404, json=refusal))
    page.goto("/workbench")
    expect(
        page.get_by_text("There is a workbench only for a chain of this machine.")
    ).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("contentinfo").get_by_role("link", name="Workbench")).to_have_count(0)
    page.goto("/block/1")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This market is not on a chain of this machine"
    )
