"""A dispute from the first deposit to the last payment, by wallets in browsers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from backend.terms.jury_salt import Ballot
from backend.terms.signed_secret import sign_secret
from scripts.parameters import GOODS
from scripts.people import JURORS, Person
from scripts.story import court, jurors, trading
from scripts.story.steps import OLD_FEE
from scripts.toolchain.node import rpc
from tests.backend.commands import invoke
from tests.backend.content.pictures import with_a_place
from tests.backend.ways.conftest import reachable
from tests.web.browser import Watch
from tests.web.stand import Stand
from tests.web.wallet import TestWallet, connect

COIN = 10**18
VOTES = (2_500, 3_000, 3_500)
NewContext = Callable[..., BrowserContext]


def window(new_context: NewContext, stand: Stand, who: Person, path: str = "/") -> Page:
    """Somebody's browser, connected, at a page."""
    context = new_context()
    wallet = TestWallet(who.account, stand.node.url).announce(context)
    page = context.new_page()
    page.goto(path)
    connect(page, wallet)
    return page


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_jurors_stake_and_ask_back(stand: Stand, new_context: NewContext) -> None:
    page = window(new_context, stand, Person.ADA, "/jury")
    expect(page.get_by_text("You have staked nothing.")).to_be_visible()
    expect(page.get_by_text("Nothing now.")).to_be_visible()
    amount = page.get_by_label("Amount (ETH)")
    amount.fill("0.5x")
    expect(page.get_by_text("A number of at most 18 decimals.")).to_be_visible()
    expect(page.get_by_role("button", name="Stake it")).to_be_disabled()
    amount.fill("1")
    page.get_by_role("button", name="Stake it").click()
    held = page.get_by_role("region", name="Your stake").get_by_role("definition")
    expect(held.first).to_have_text("1 ETH")
    assert stand.get(f"/jurors/{Person.ADA.address}")["stake"]["value"] == str(COIN)
    amount.fill("0.25")
    page.get_by_role("button", name="Ask it back").click()
    expect(held.nth(2)).to_contain_text("0.25 ETH")
    page.get_by_role("button", name="Do not draw me").click()
    expect(page.get_by_role("button", name="Draw me again")).to_be_visible()
    accessible(page)
    # She stays, for the case below.
    amount.fill("0")
    page.get_by_role("button", name="Ask it back").click()
    expect(page.get_by_text("Asked back", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Draw me again").click()
    expect(page.get_by_role("button", name="Do not draw me")).to_be_visible()


def disclosed(stand: Stand, trade: str, folder: Path) -> tuple[Path, Path]:
    """A file that proves what Erin wrote to Bob, and the same with other words in it."""
    at = ["--rpc-url", stand.node.url, "--deployment", str(stand.place.record)]

    def tell(who: Person | None, *arguments: object) -> str:
        named = ["--as", who.name.lower()] if who else []
        code, said = invoke(*arguments, *named, "--api-url", stand.url, *at)
        assert code == 0, said
        return said

    reachable(tell, Person.ERIN, Person.BOB)
    tell(Person.ERIN, "message", "send", trade, "--text", "The scratch was there before.")
    proof, forged = folder / "proof.json", folder / "forged.json"
    tell(Person.BOB, "message", "disclose", trade, "--message", 1, "--out", proof)
    forged.write_text(proof.read_text().replace(b"before".hex(), b"beside".hex()))
    return proof, forged


def test_a_dispute_through_its_jury_to_the_payout(  # noqa: PLR0915
    stand: Stand, new_context: NewContext, watch: Watch, tmp_path: Path
) -> None:
    watch.expect("404")  # nobody listed the offer that the trade came of
    stage = stand.stage
    everybody = [one for one in JURORS if not staked(stand, one)]
    jurors.stake(stage, tuple(everybody), COIN)
    jurors.wait_for_epoch(stage)
    sale = {"text": "a guitar, as new", "symbol": "ETH", "price": COIN, "kind": GOODS}
    trading.sign_sale(stage, "guitar", Person.ERIN, max_fee_bps=OLD_FEE, **sale)
    trading.take(stage, "guitar", "guitar", Person.BOB)
    trading.perform(stage, ("guitar",), Person.ERIN)
    trade = f"/trades/0x{stage.trades['guitar'].trade_id.hex()}"
    stand.get(trade)

    # Bob disputes, and goes to court; Erin answers.
    bob = window(new_context, stand, Person.BOB, trade)
    bob.get_by_text("More you can do").click()
    bob.get_by_label("I have read this").check()
    bob.get_by_role("button", name="Dispute it").click()
    bob.get_by_role("button", name="Open the case").click()
    bob.get_by_role("link", name="The dispute before the Court").click()
    expect(bob.get_by_text("Waits for the other side's deposit").first).to_be_visible()
    case = "/disputes/0x" + court.case_id(stage, "guitar").hex()
    assert bob.url.endswith(case)
    bob.get_by_label("What the jurors should know").fill("A scratch, <b>seen</b> at once")
    bob.get_by_role("button", name="Show evidence").click()
    evidence = bob.get_by_role("region", name="Evidence")
    expect(evidence).to_contain_text("A scratch, <b>seen</b> at once")
    scratch = tmp_path / "scratch.jpg"
    scratch.write_bytes(with_a_place())
    bob.get_by_label("Or a file").set_input_files(scratch)
    bob.get_by_role("button", name="Show evidence").click()
    expect(evidence.get_by_role("img")).to_be_visible()
    proof, forged = disclosed(stand, trade.removeprefix("/trades/"), tmp_path)
    for file in (proof, forged):
        bob.get_by_label("Or a file").set_input_files(file)
        bob.get_by_role("button", name="Show evidence").click()
        expect(bob.get_by_label("Or a file")).to_have_value("")
    expect(evidence.get_by_text("The scratch was there before.")).to_be_visible()
    expect(evidence.get_by_text("proves nothing")).to_have_count(1)
    erin = window(new_context, stand, Person.ERIN, "/disputes?of=me")
    erin.get_by_role("main").get_by_role("link", name="Dispute").first.click()
    erin.get_by_role("button", name="Deposit").click()
    expect(erin.get_by_text("Evidence is shown, and jurors are drawn").first).to_be_visible()

    # The first giver of the seed uses the pages, the others do not; anyone draws.
    seed = stage.deployment.seed
    number = seed.currentRound()
    givers = [person_of(one) for one in seed.roundOf(number).dict()["givers"]]
    giver = window(new_context, stand, givers[0], "/jury")
    giver.get_by_role("button", name="Commit to it").click()
    expect(giver.get_by_role("button", name="Commit to it")).to_have_count(0)
    for seat, one in list(enumerate(givers))[1:]:
        commitment = seed.commitmentOf(number, one.address, jurors._secret(one, number))
        stage.send(one, seed.commit, number, seat, commitment)
    rpc(stand.node.url, "anvil_mine", hex(seed.depth() + 1))
    giver.get_by_role("button", name="Show it").click()
    expect(giver.get_by_role("button", name="Show it")).to_have_count(0)
    for seat, one in list(enumerate(givers))[1:]:
        stage.send(one, seed.reveal, number, seat, jurors._secret(one, number))
    bob.get_by_role("button", name="Draw the jurors").click()
    panel = bob.get_by_role("region", name="Jury of round 1")
    expect(panel.get_by_role("row")).to_have_count(1 + len(VOTES))
    court.wait_for_period(stage, "guitar", Person.RITA)

    # The first juror votes in the pages; what comes of it is what the command line makes.
    found = stand.get(case)
    drawn = [person_of(seat["juror"]) for seat in found["panels"][0]["seats"]]
    ballots = [ballot_of(stand, one) for one in drawn]
    juror = window(new_context, stand, drawn[0], "/jury")
    juror.get_by_role("listitem").filter(has_text="Vote in a dispute").get_by_role("link").click()
    share = juror.get_by_label("To who delivers, in percent")
    share.fill("100.01")
    expect(juror.get_by_text("From 0 to 100")).to_be_visible()
    share.fill("25")
    expect(juror.get_by_text("0.25 ETH to who delivers, 0.75 ETH back")).to_be_visible()
    accessible(juror)
    juror.get_by_role("button", name="Vote").click()
    expect(juror.get_by_text("voted, unseen", exact=True)).to_be_visible()
    salts = [
        sign_secret(ballot.message(), one.address, one.account)
        for ballot, one in zip(ballots, drawn, strict=True)
    ]
    commitments = [
        ballot.commitment(vote, salt)
        for ballot, vote, salt in zip(ballots, VOTES, salts, strict=True)
    ]
    [seat, *_] = stand.get(case)["panels"][0]["seats"]
    assert seat["commitment"] == "0x" + commitments[0].hex()
    for number in (1, 2):
        commit = stage.deployment.court.commit
        stage.send(drawn[number], commit, ballots[0].case_id, number, commitments[number])

    # All have voted. The first one's browser was closed meanwhile: the wallet finds the vote.
    juror.context.close()
    juror = window(new_context, stand, drawn[0], case)
    juror.get_by_role("button", name="Show your vote").click()
    expect(juror.get_by_role("cell", name="25%")).to_be_visible()
    for number in (1, 2):
        reveal = stage.deployment.court.reveal
        stage.send(drawn[number], reveal, ballots[0].case_id, number, VOTES[number], salts[number])
    expect(bob.get_by_text("Ruled; may be appealed").first).to_be_visible()
    expect(bob.get_by_role("button", name="Fund the appeal, for who delivers")).to_be_visible()

    # Nobody appeals: it is carried out, and everybody is paid.
    court.wait_for_period(stage, "guitar", Person.RITA)
    bob.get_by_role("button", name="Carry it out").click()
    bob.get_by_role("button", name="Pay the jurors of round 1").click()
    expect(bob.get_by_role("button", name="Pay the jurors of round 1")).to_have_count(0)
    expect(bob.get_by_text("30% to who delivers").first).to_be_visible()
    accessible(bob)
    told = stand.get(case)
    assert (told["status"], told["performerBps"], told["decision"]) == ("closed", 3_000, "jury")
    assert stand.get(trade)["tranches"][0]["status"] == "ruled"
    before = int(stand.node.rpc("eth_getBalance", Person.BOB.address, "latest"), 16)
    bob.goto("/trades")
    bob.get_by_role("button", name="Withdraw").first.click()
    expect(bob.get_by_role("region", name="Yours to withdraw")).to_have_count(0)
    assert int(stand.node.rpc("eth_getBalance", Person.BOB.address, "latest"), 16) > before


def test_unknown_dispute_is_told(page: Page, watch: Watch) -> None:
    watch.expect("404")
    page.goto(f"/disputes/0x{'12' * 32}")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such dispute")


def staked(stand: Stand, who: Person) -> bool:
    return int(stand.stage.deployment.juror_pool.stakeOf(who.address)[0]) > 0


def person_of(account: str) -> Person:
    return next(one for one in Person if one.address == account)


def ballot_of(stand: Stand, juror: Person) -> Ballot:
    """Of the first panel."""
    deployment = stand.stage.deployment
    case = court.case_id(stand.stage, "guitar")
    return Ballot(deployment.chain_id, deployment.court.address, case, 0, 0, juror.address)
