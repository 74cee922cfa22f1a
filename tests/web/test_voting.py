"""The proposals and the rules, as anybody reads them."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from scripts.people import Person
from scripts.story import voting
from tests.web.browser import Watch
from tests.web.stand import Stand
from tests.web.wallet import TestWallet, connect


def test_rules_tell_every_value_in_force(stand: Stand, page: Page) -> None:
    rules = stand.get("/rules")
    [version] = [one for one in rules["items"] if one["version"] == rules["inForce"]]
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Rules").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rules")
    section = page.get_by_role("region", name=f"Version {rules['inForce']}", exact=True)
    expect(section.get_by_text("In force", exact=True)).to_be_visible()
    expect(section.get_by_role("term")).to_have_count(len(version["fields"]))
    goods = section.get_by_role("term").filter(has_text="Fee: goods")
    percent = f"{version['fees']['goods'] / 100:g} %"
    expect(goods.locator("xpath=following-sibling::dd[1]")).to_have_text(percent)
    [bounds] = [
        one for one in stand.get("/rules/bounds")["items"] if one["field"] == "feeBps.goods"
    ]
    least, most, step = (f"{int(bounds[name]) / 100:g} %" for name in ("least", "most", "step"))
    expect(goods.locator("xpath=following-sibling::dd[2]")).to_contain_text(
        f"From {least} to {most}, by {step} at most in one vote."
    )


def test_unknown_proposal_is_told(page: Page, watch: Watch) -> None:
    watch.expect("404")
    page.goto("/proposals/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such proposal")


def test_proposal_tells_old_and_new_values_and_votes_with_hostile_reasons(
    stand: Stand, page: Page
) -> None:
    stage = stand.stage
    voting.propose_fee(stage, Person.MARA, 150)
    voting.wait_for_vote(stage)
    reason = "<img src=x onerror=alert(1)> \u202eyes"
    cast = stage.deployment.governor.castVoteWithReason
    stage.send(Person.MARA, cast, stage.proposal["id"], voting.FOR, reason)
    [told] = stand.get(f"/proposals/{stage.proposal['id']}")["calls"]
    [change] = [one for one in told["changes"] if one["old"] != one["new"]]
    assert (change["field"], change["new"]) == ("feeBps.goods", "150")
    page.goto("/proposals")
    page.get_by_role("article").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lower the fee for goods")
    row = page.get_by_role("row").filter(has_text="Fee: goods")
    expect(row.get_by_role("cell")).to_have_text([f"{int(change['old']) / 100:g} %", "1.5 %"])
    expect(page.get_by_text("Being voted on")).to_be_visible()
    votes = page.get_by_role("region", name="Votes")
    expect(votes).to_contain_text("<img src=x onerror=alert(1)> [U+202E]yes")
    expect(page.get_by_text("The execution would work.")).to_be_visible()
    expect(page.get_by_text("closed in the last 90 days")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_vote_queue_and_execution_by_wallets_make_the_rule(
    stand: Stand, context: BrowserContext, page: Page
) -> None:
    stage = stand.stage
    voting.propose_fee(stage, Person.NOOR, 160)
    voting.wait_for_vote(stage)
    proposal = f"/proposals/{stage.proposal['id']}"
    for voter in (Person.MARA, Person.OLU):
        voting.vote(stage, voter, voting.FOR)
    wallet = TestWallet(Person.NOOR.account, stand.node.url).announce(context)
    page.goto("/")
    connect(page, wallet)
    stand.service.wait_for_head()
    page.goto(proposal)
    page.get_by_label("Abstain").check()
    page.get_by_label("Why").fill("I proposed it myself")
    page.get_by_role("button", name="Send the vote").click()
    votes = page.get_by_role("region", name="Votes")
    expect(votes.get_by_role("listitem").filter(has_text="I proposed it myself")).to_contain_text(
        "Abstain"
    )
    voting.wait_for_result(stage)
    page.get_by_role("button", name="Queue it").click()
    expect(page.get_by_text("Accepted, waiting")).to_be_visible()
    stage.wait_until(stand.get(proposal)["proposal"]["eta"])
    page.get_by_role("button", name="Execute it").click()
    expect(page.get_by_text("Executed", exact=True)).to_be_visible()
    expect(page.get_by_text("The execution would")).to_have_count(0)
    assert stand.get(proposal)["proposal"]["state"] == "executed"
    page.goto("/rules")
    newest = stand.get("/rules")["items"][0]["version"]
    section = page.get_by_role("region", name=f"Version {newest}", exact=True)
    expect(section.get_by_text("To come", exact=True)).to_be_visible()
    expect(section.get_by_role("listitem").first).to_contain_text("Fee: goods")
    expect(section.get_by_role("listitem").first).to_contain_text("1.6 %")
    section.get_by_text("Every value").click()
    voted = section.get_by_role("link", name=f"Voted in with version {newest}", exact=True)
    expect(voted).to_have_count(1)
    voted.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("to 1.6 %")


def test_signed_vote_is_sent_by_another_who_has_no_points(
    stand: Stand, new_context: Callable[..., BrowserContext], page: Page, wallet: TestWallet
) -> None:
    stage = stand.stage
    voting.propose_fee(stage, Person.MARA, 170)
    voting.wait_for_vote(stage)
    proposal = f"/proposals/{stage.proposal['id']}"
    elsewhere = new_context()
    voter = TestWallet(Person.OLU.account, stand.node.url).announce(elsewhere)
    signing = elsewhere.new_page()
    signing.goto("/")
    connect(signing, voter)
    signing.goto(proposal)
    signing.get_by_label("Against").check()
    signing.get_by_label("Why").fill("Not <b>now</b> & not #later")
    signing.get_by_role("button", name="Sign it for another to send").click()
    link = signing.get_by_label("The signed vote, as a link").input_value()
    assert voter.confirmed == ["eth_signTypedData_v4"]
    page.goto("/")
    connect(page, wallet)
    page.goto(link)
    offered = page.get_by_role("region", name="A signed vote")
    expect(offered).to_contain_text("Olu")
    expect(offered).to_contain_text("Not <b>now</b> & not #later")
    for window in (signing, page):
        window.set_viewport_size({"width": 360, "height": 780})
        found = Axe().run(window)
        assert found.violations_count == 0, found.generate_report()
        wide = window.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, "the page scrolls sideways"
    offered.get_by_role("button", name="Send the signed vote").click()
    expect(offered.get_by_text("Done, in block")).to_be_visible()
    vote = page.get_by_role("region", name="Votes").get_by_role("listitem")
    expect(vote).to_contain_text(["Not <b>now</b> & not #later"])
    [counted] = stand.get(f"{proposal}/votes")["items"]
    assert (counted["voter"], counted["support"]) == (Person.OLU.address, "against")
    page.reload()
    offered.get_by_role("button", name="Send the signed vote").click()
    expect(offered.get_by_role("alert")).to_contain_text("This did not work")
    assert len(wallet.sent) == 1
