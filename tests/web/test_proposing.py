"""A proposal from its form to the executed rule, by wallets alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from scripts.people import Person
from scripts.story import voting
from tests.web.browser import Watch
from tests.web.stand import Stand
from tests.web.wallet import TestWallet, connect

MOST_FEE_STEP = 100  # basis points in one vote


def test_form_becomes_an_executed_rule(stand: Stand, context: BrowserContext, page: Page) -> None:
    stage = stand.stage
    bounds = {one["field"]: one for one in stand.get("/rules/bounds")["items"]}
    fee, delay = bounds["feeBps.gig"], bounds["evidencePeriod"]
    assert int(fee["step"]) == MOST_FEE_STEP
    new_fee, new_delay = int(fee["value"]) - 40, int(delay["value"]) + 60
    wallet = TestWallet(Person.MARA.account, stand.node.url).announce(context)
    page.goto("/")
    connect(page, wallet)
    page.goto("/proposals")
    page.get_by_role("link", name="Make a proposal").click()

    percent = _refused_fees(page, fee)
    percent.fill(f"{new_fee / 100}")
    expect(page.get_by_text("Something was changed since")).to_be_visible()
    _choose(page, "Time for evidence")
    page.get_by_label("New value, in seconds").fill(str(new_delay))
    page.get_by_label("Why").fill("Cheaper gigs\n\nand <b>time</b> to tell")
    page.get_by_role("button", name="See what it does").click()
    drafted = page.get_by_role("region", name="What it does")
    expect(drafted.get_by_text("The execution would work.")).to_be_visible()
    expect(drafted.get_by_text("fees, dispute rules")).to_be_visible()
    row = drafted.get_by_role("row").filter(has_text="Fee: gig").get_by_role("cell")
    expect(row).to_have_text([f"{int(fee['value']) / 100:g} %", f"{new_fee / 100:g} %"])
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cheaper gigs")

    [made, *_] = stand.get("/proposals")["items"]
    assert (made["title"], made["proposer"]) == ("Cheaper gigs", Person.MARA.address)
    stage.wait_until(made["snapshot"] + 1)
    expect(page.get_by_text("Yours weighs 1,000 points")).to_be_visible()
    page.get_by_role("button", name="Send the vote").click()
    expect(page.get_by_role("region", name="Votes").get_by_role("listitem")).to_have_count(1)
    cast = stage.deployment.governor.castVote
    stage.send(Person.NOOR, cast, made["id"], voting.FOR)
    stage.wait_until(made["deadline"] + 1)
    page.get_by_role("button", name="Queue it").click()
    expect(page.get_by_text("Accepted, waiting")).to_be_visible()
    stage.wait_until(stand.get(f"/proposals/{made['id']}")["proposal"]["eta"])
    page.get_by_role("button", name="Execute it").click()
    expect(page.get_by_text("Executed", exact=True)).to_be_visible()
    rules = {one["field"]: one["new"] for one in stand.get("/rules")["items"][0]["fields"]}
    assert (rules["feeBps.gig"], rules["evidencePeriod"]) == (str(new_fee), str(new_delay))


@pytest.mark.parametrize("asset", ["coin", "token"])
def test_payment_from_an_empty_treasury_is_told_before_it_is_proposed(
    stand: Stand, page: Page, watch: Watch, asset: str
) -> None:
    address = "0x" + "0" * 40 if asset == "coin" else stand.token
    page.goto("/proposals/new")
    _choose(page, "Pay from the treasury")
    page.get_by_label("Who is paid").fill(Person.BOB.address)
    page.get_by_label("Asset (address").fill(address)
    page.get_by_label("Amount").fill("987654")
    page.get_by_role("button", name="See what it does").click()
    expect(page.get_by_text("The execution would be refused")).to_be_visible()
    drafted = page.get_by_role("region", name="What it does")
    expect(drafted).to_contain_text("987,654 ETH" if asset == "coin" else "987,654 TUSD")
    expect(drafted).to_contain_text("treasury")


def test_attestors_and_terms_of_proposals_are_told_in_words(stand: Stand, page: Page) -> None:
    """True and false too; two changes of what one type takes are one call."""
    bounds = {one["field"]: one for one in stand.get("/rules/bounds")["items"]}
    quorum, delay = bounds["terms.fees.quorumBps"], bounds["terms.fees.delay"]
    new_quorum = int(quorum["value"]) + 100
    page.goto("/proposals/new")
    _choose(page, "Quorum of proposals: fees")
    card = page.get_by_role("group", name="Quorum of proposals: fees")
    field = card.get_by_label("New value, in percent")
    field.fill(f"{(int(quorum['most']) + 1) / 100}")
    expect(card).to_contain_text("outside the bounds")
    field.fill(f"{new_quorum / 100}")
    _choose(page, "Wait before the execution of proposals: fees")
    seconds = str(int(delay["value"]) + 60)
    page.get_by_label("New value, in seconds").fill(seconds)
    _choose(page, "Let an account attest, or no longer")
    card = page.get_by_role("group", name="Let an account attest, or no longer")
    card.get_by_label("Account").fill(Person.BOB.address)
    card.get_by_label("What it attests").select_option("a credit band")
    page.get_by_role("button", name="See what it does").click()
    expect(page.get_by_text("The execution would work.")).to_be_visible()
    drafted = page.get_by_role("region", name="What it does")
    expect(drafted.get_by_role("article")).to_have_count(2)
    row = drafted.get_by_role("row").filter(has_text="Quorum of proposals: fees")
    said = [f"{int(quorum['value']) / 100:g} %", f"{new_quorum / 100:g} %"]
    expect(row.get_by_role("cell")).to_have_text(said)
    row = drafted.get_by_role("row").filter(has_text="May attest: a credit band")
    expect(row.get_by_role("cell")).to_have_text(["no", "yes"])


def test_rate_of_an_asset_is_drafted(stand: Stand, page: Page) -> None:
    [asset] = [one for one in stand.get("/assets")["items"] if one["asset"] == stand.token]
    rate = int(asset["rate"]) + 1
    page.goto("/proposals/new")
    _choose(page, "Allow or forbid an asset")
    page.get_by_label("Asset (address").fill(stand.token)
    page.get_by_label("Rate").fill(str(rate))
    page.get_by_role("button", name="See what it does").click()
    expect(page.get_by_text("The execution would work.")).to_be_visible()
    row = page.get_by_role("region", name="What it does").get_by_role("row")
    cells = row.filter(has_text="Points for a fee in").get_by_role("cell")
    expect(cells).to_have_text([asset["rate"], str(rate)])


def _choose(page: Page, what: str) -> None:
    page.get_by_label("What to change").select_option(what)
    page.get_by_role("button", name="Add it").click()


def _refused_fees(page: Page, fee: dict[str, str]) -> Locator:
    """What the form and the draft say to values that cannot be; gives the field."""
    _choose(page, "Fee: gig")
    card = page.get_by_role("group", name="Fee: gig")
    expect(card).to_contain_text(f"Now {int(fee['value']) / 100:g} %")
    expect(card).to_contain_text("one vote may move it by 1 %")
    percent = card.get_by_label("New value, in percent")
    percent.fill("a few")
    expect(card).to_contain_text("no such number")
    expect(page.get_by_role("button", name="See what it does")).to_be_disabled()
    percent.fill(f"{(int(fee['value']) - MOST_FEE_STEP - 1) / 100}")
    expect(card).to_contain_text("further than one vote may move it")
    percent.fill(f"{(int(fee['most']) + 1) / 100}")
    expect(card).to_contain_text("outside the bounds")
    page.get_by_role("button", name="See what it does").click()
    expect(page.get_by_text("The execution would be refused")).to_be_visible()
    expect(page.get_by_text("RuleBook_OutOfBounds")).to_be_visible()
    return percent
