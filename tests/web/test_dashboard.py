"""The market in figures, against what the API tells of the same days."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scripts.people import Person
from tests.web.stand import CAST, Stand


def test_charts_have_their_tables_and_grow_with_the_chain(stand: Stand, page: Page) -> None:
    page.goto("/dashboard")
    expect(page.get_by_role("heading", level=1)).to_have_text("The market in figures")
    kite = stand.offer("goods", {"title": "A kite to count", "price": "3000000"}, CAST)
    stand.traders.allow(Person.BOB, 3_000_000)
    stand.traders.take(kite)
    [*_, today] = stand.get("/analytics")["items"]
    assert today["opened"] > 0
    trades = page.get_by_role("figure").filter(has_text="Trades opened")
    trades.get_by_text("The table behind it").click()
    row = trades.get_by_role("row").last
    expect(row.get_by_role("cell").last).to_have_text(str(today["opened"]))
    (money,) = [one for one in today["money"] if one["asset"] == stand.token]
    assert int(money["opened"]) >= 3_000_000
    spread = stand.get("/analytics")["concentration"]
    votes = page.get_by_role("region", name="How votes are spread").get_by_role("definition")
    expect(votes.first).to_have_text(str(spread["voters"]))
    treasury = page.get_by_role("region", name="Treasury")
    expect(treasury.get_by_role("definition")).to_have_count(3)


def test_figures_in_german(stand: Stand, page: Page) -> None:
    page.goto("/dashboard")
    page.get_by_label("Language").select_option("de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Der Markt in Zahlen")
    expect(page.get_by_role("region", name="Gemeinsame Kasse")).to_be_visible()
