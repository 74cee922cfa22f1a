"""An offer is made in the pages: from the form to its being taken, and to its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.backend.content.pictures import with_a_place, zip_of_names
from tests.web.browser import Watch
from tests.web.stand import Stand
from tests.web.wallet import TestWallet, connect

NewContext = Callable[..., BrowserContext]


def fill_goods(page: Page, title: str, price: str) -> None:
    page.get_by_label("What it is, in one line.").fill(title)
    page.get_by_label("What one piece costs").fill(price)


def test_goods_from_the_form_to_being_taken(
    stand: Stand, connected: Page, wallet: TestWallet, new_context: NewContext
) -> None:
    page = connected
    page.get_by_role("navigation").get_by_role("link", name="Offer", exact=True).click()
    page.get_by_role("link", name="goods").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Make an offer: goods")
    expect(page.get_by_text("Fill in the form, and every case is told here.")).to_be_visible()
    # What is missing is told where it is missing.
    page.get_by_role("button", name="Sign and list it").click()
    expect(page.get_by_text("This is needed.")).to_have_count(2)
    fill_goods(page, "A samovar <b>of brass</b>", "12.3456789")
    expect(page.get_by_text("Not an amount of TUSD, or finer than it goes.")).to_be_visible()
    fill_goods(page, "A samovar <b>of brass</b>", "33")
    cases = page.get_by_role("region", name="What happens")
    expect(cases).to_contain_text("33 TUSD")
    # The draft outlives a reload.
    page.reload()
    expect(page.get_by_label("What one piece costs")).to_have_value("33")
    expect(cases).to_contain_text("33 TUSD")
    page.get_by_text("What you sign").click()
    expect(page.get_by_text("contentHash", exact=True)).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    wallet.refuses = {"eth_signTypedData_v4"}
    page.get_by_role("button", name="Sign and list it").click()
    expect(page.get_by_text("You declined in the wallet.")).to_be_visible()
    expect(page.get_by_label("What one piece costs")).to_have_value("33")
    wallet.refuses = set()
    page.get_by_role("button", name="Sign and list it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is listed.")
    assert wallet.sent == []  # who is paid puts nothing in
    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A samovar <b>of brass</b>")
    offer = page.url.rsplit("/", 1)[1]
    told = stand.get(f"/offers/{offer}")
    assert told["amount"]["value"] == "33000000"
    assert [one["party"] for one in told["signatures"]] == [wallet.account.address]

    buyer = stand.newcomer("who buys a samovar", tokens=50_000_000)
    context = new_context()
    paying = TestWallet(buyer, stand.node.url).announce(context)
    other = context.new_page()
    other.goto(f"/offers/{offer}")
    connect(other, paying)
    other.get_by_role("button", name="Take it for 33 TUSD").click()
    expect(other.get_by_text("The trade is open.")).to_be_visible()
    [trade] = stand.trades_of(wallet.account.address)
    assert trade["offerHash"] == offer


def test_gig_with_milestones_by_keyboard_alone(connected: Page, wallet: TestWallet) -> None:
    page = connected
    page.goto("/offers/new/gig")
    title = page.get_by_label("What it is, in one line.")
    title.focus()
    page.keyboard.type("A logo in two parts")
    page.keyboard.press("Tab")  # what else was promised
    page.keyboard.press("Tab")
    for number, (part, pay) in enumerate((("Sketch", "20"), ("Drawing", "30.5"))):
        if number:
            page.get_by_role("button", name="Add one").focus()
            page.keyboard.press("Enter")
            page.get_by_role("group", name="Number 2").get_by_label("What is delivered").focus()
        page.keyboard.type(part)
        page.keyboard.press("Tab")
        page.keyboard.type(pay)
        page.keyboard.press("Tab")
        page.keyboard.type("5")
    cases = page.get_by_role("region", name="What happens")
    expect(cases.get_by_role("heading", name="Part 2")).to_be_visible()
    expect(cases).to_contain_text("30.5 TUSD")
    button = page.get_by_role("button", name="Sign and list it")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("It is listed.")
    assert wallet.confirmed == ["eth_signTypedData_v4"]


def test_who_pays_lets_the_escrow_take_exactly_that(
    stand: Stand, connected: Page, wallet: TestWallet, watch: Watch
) -> None:
    watch.expect("400")  # the service says what cannot be
    page = connected
    page.goto("/offers/new/goods")
    page.get_by_role("radio", name="buyer").check()
    fill_goods(page, "Wanted: a samovar", "40")
    page.get_by_label("Paid in").select_option("ETH")
    expect(page.get_by_role("alert")).to_contain_text("choose a token")
    page.get_by_label("Paid in").select_option("TUSD")
    expect(page.get_by_text("You let the Escrow take 40 TUSD")).to_be_visible()
    page.get_by_role("button", name="Sign and list it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is listed.")
    assert wallet.confirmed == ["eth_sendTransaction", "eth_signTypedData_v4"]
    [approval] = wallet.sent
    assert int(approval["data"][74:], 16) == 40_000_000
    [offer] = stand.get("/offers", maker=wallet.account.address)["items"]
    assert offer["side"] == "performs"
    assert offer["obstacles"] == []


def test_a_maker_takes_it_off_the_list_and_cancels(
    stand: Stand, connected: Page, wallet: TestWallet
) -> None:
    page = connected
    page.goto("/offers/new/goods")
    fill_goods(page, "A samovar that goes", "5")
    page.get_by_role("button", name="Sign and list it").click()
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("button", name="Take it off the list").click()
    expect(page.get_by_text("Its maker took it off the list.")).to_be_visible()
    expect(page.get_by_role("button", name="Take it off the list")).to_have_count(0)
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("Its maker has cancelled it.")).to_be_visible()
    page.goto("/offers/new/goods")
    fill_goods(page, "A samovar that goes too", "5")
    page.get_by_role("button", name="Sign and list it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is listed.")
    page.goto("/offers/mine")
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("button", name="Cancel all").click()
    expect(page.get_by_text("cannot be taken now", exact=True)).to_be_visible()
    [offer] = stand.get("/offers", maker=wallet.account.address, standing="any")["items"]
    assert offer["obstacles"] == ["offer-cancelled"]


def test_terms_that_do_not_hold_are_told(connected: Page, watch: Watch) -> None:
    watch.expect("404")
    page = connected
    page.goto("/offers/new/goods")
    fill_goods(page, "A samovar of yesterday", "5")
    page.get_by_role("textbox", name="How long the seller has to send it").fill("10000")
    expect(page.get_by_text("Too much.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign and list it")).to_be_visible()
    page.goto("/offers/new/barter")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such way of trading")


def test_two_bargain_and_the_maker_takes_the_counter_offer(
    stand: Stand, connected: Page, wallet: TestWallet, new_context: NewContext
) -> None:
    page = connected
    page.goto("/offers/new/goods")
    fill_goods(page, "A rocking chair", "40")
    page.get_by_label("Area").fill("Anywhere")
    expect(page.get_by_text("A geohash has digits and small letters")).to_be_visible()
    page.get_by_label("Area").fill("u33d")
    page.get_by_label("Name of the thing").fill("the-chair")
    page.get_by_role("button", name="Sign and list it").click()
    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A rocking chair")
    offer = page.url.rsplit("/", 1)[1]
    told = stand.get(f"/offers/{offer}")
    assert (told["area"], told["calendar"]) == ("u33d", "the-chair")
    expect(page.get_by_role("link", name="Make a counter-offer")).to_have_count(0)

    buyer = stand.newcomer("who bargains for a chair", tokens=50_000_000)
    context = new_context()
    paying = TestWallet(buyer, stand.node.url).announce(context)
    other = context.new_page()
    other.goto(f"/offers/{offer}")
    connect(other, paying)
    other.get_by_role("link", name="Make a counter-offer").click()
    expect(other.get_by_text("A counter-offer: change what you like.")).to_be_visible()
    expect(other.get_by_label("What it is, in one line.")).to_have_value("A rocking chair")
    expect(other.get_by_label("What one piece costs")).to_have_value("40")
    expect(other.get_by_label("Area")).to_have_value("u33d")
    found = Axe().run(other)
    assert found.violations_count == 0, found.generate_report()
    other.get_by_label("What one piece costs").fill("31")  # what is signed is what stands there
    other.get_by_role("button", name="Sign and list it").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("It is listed.")
    other.get_by_role("link", name="Look at it").click()
    versions = other.get_by_role("region", name="Versions so far")
    expect(versions.get_by_role("listitem")).to_have_count(2)
    answer = other.url.rsplit("/", 1)[1]
    assert stand.get(f"/offers/{answer}")["answers"] == offer

    page.goto(f"/offers/{answer}")
    expect(page.get_by_role("region", name="Versions so far")).to_contain_text("31 TUSD")
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("The trade is open.")).to_be_visible()
    [trade] = stand.trades_of(buyer.address)
    assert trade["offerHash"] == answer


def test_pictures_are_kept_without_their_place_and_shown(
    stand: Stand, connected: Page, wallet: TestWallet, tmp_path: Path
) -> None:
    file = tmp_path / "lamp.jpg"
    file.write_bytes(with_a_place())
    page = connected
    page.goto("/offers/new/goods")
    fill_goods(page, "A lamp with a picture", "12")
    page.get_by_label("Anything else that was promised").fill("As new.")
    keep = page.get_by_role("button", name="Sign and keep it")
    expect(keep).to_be_disabled()
    page.get_by_label("A picture: JPEG").set_input_files(file)
    page.get_by_label("What it shows").fill("the lamp, <b>lit</b>")
    keep.click()
    expect(page.get_by_role("img", name="the lamp, <b>lit</b>")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Sign and list it").click()
    page.get_by_role("link", name="Look at it").click()
    agreed = page.get_by_role("region", name="What is agreed")
    expect(agreed.get_by_role("img", name="the lamp, <b>lit</b>")).to_be_visible()
    expect(agreed).to_contain_text("As new.")
    expect(agreed).not_to_contain_text("ipfs://")
    shown = agreed.get_by_role("img")
    assert shown.evaluate("picture => picture.naturalWidth") == 30  # turned upright
    address = shown.get_attribute("src")
    kept = page.request.get(f"{stand.url}{address}")
    assert kept.headers["content-type"] == "image/jpeg"
    assert b"Exif" not in kept.body()
    text = stand.get(f"/offers/{page.url.rsplit('/', 1)[1]}")["text"]
    assert text.endswith(f"![the lamp, <b>lit</b>](ipfs://{address.rsplit('/', 1)[1]})")


def test_a_picture_that_is_none_is_refused(connected: Page, watch: Watch, tmp_path: Path) -> None:
    watch.expect("400")
    file = tmp_path / "lamp.jpg"
    file.write_bytes(zip_of_names())
    page = connected
    page.goto("/offers/new/goods")
    page.get_by_label("A picture: JPEG").set_input_files(file)
    page.get_by_role("button", name="Sign and keep it").click()
    expect(page.get_by_role("alert").filter(has_text="not taken")).to_be_visible()
