"""The list of offers and the page of one, without any wallet."""

import re

from playwright.sync_api import Page, expect

from tests.web.stand import Stand


def test_every_offer_is_listed_and_leads_to_its_page(stand: Stand, page: Page) -> None:
    page.goto("/")
    cards = page.get_by_role("article")
    expect(cards.first).to_be_visible()
    told = {one["hash"] for one in stand.get("/offers", limit=25)["items"]}
    links = {link.get_attribute("href") for link in page.locator("article a").all()}
    assert links == {f"/offers/{one}" for one in told}
    cards.filter(has_text="A loft by the river").get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/offers/{stand.offers['stay']}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A loft by the river")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Market")


def test_words_and_filters_are_in_the_address(stand: Stand, page: Page) -> None:
    title = "A filtered samovar"
    stand.lamp(title, price=77_000_000)
    page.goto("/")
    page.get_by_label("Search").fill("filtered samovar")
    page.get_by_role("button", name="Find").click()
    cards = page.get_by_role("article")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("77 TUSD")
    expect(page).to_have_url(re.compile(r"\?q=filtered\+samovar$"))
    page.get_by_label("Paid in").select_option("TUSD")
    page.get_by_label("From").fill("77.000001")
    page.get_by_label("From").press("Enter")
    expect(page.get_by_text("No offer fits.")).to_be_visible()
    page.get_by_label("From").fill("77")
    page.get_by_label("From").press("Enter")
    expect(cards).to_have_count(1)
    page.reload()
    expect(cards).to_have_count(1)
    expect(page.get_by_label("From")).to_have_value("77")
    page.get_by_role("link", name="Commonhold").click()
    expect(cards).not_to_have_count(1)


def test_amount_that_is_none_is_told(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Up to").fill("12")
    page.get_by_label("Up to").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose what it is paid in")
    page.get_by_label("Paid in").select_option("TUSD")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_label("Up to").fill("twelve")
    page.get_by_label("Up to").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Not an amount of TUSD")


def test_offer_tells_every_case_in_words(stand: Stand, page: Page) -> None:
    told = stand.get(f"/offers/{stand.offers['stay']}")
    body = {"offer": told["offer"], "text": told["text"]}
    sentences = stand.service.client.post("/api/v1/terms/explain", json=body).json()["sentences"]
    assert len(sentences) > 10
    page.goto(f"/offers/{stand.offers['stay']}")
    for one in sentences:
        expect(page.get_by_role("listitem").filter(has_text=one["text"]).first).to_be_visible()
    expect(page.get_by_text("530 TUSD").first).to_be_visible()
    expect(page.get_by_role("button", name="Connect a wallet")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Take"))).to_have_count(0)


def test_what_is_not_there_is_told(page: Page, watch) -> None:
    watch.expect("404")
    page.goto(f"/offers/0x{'ab' * 32}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody posted this offer")
    page.goto("/no/such/page")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    page.get_by_role("link", name="Back to the market").click()
    expect(page.get_by_role("article").first).to_be_visible()


def test_language_and_colours_are_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Language").select_option("de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Markt")
    page.get_by_label("Farben").select_option("dark")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Markt")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert page.evaluate("document.documentElement.lang") == "de"


def test_hostile_title_is_shown_as_text(stand: Stand, page: Page) -> None:
    stand.words("<img src=x onerror=alert(1)> \u0440\u0430ypal")
    page.goto("/")
    card = page.get_by_role("article").filter(has_text="<img src=x onerror=alert(1)>")
    card.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.get_by_text("mixes letters of several alphabets").first).to_be_visible()
