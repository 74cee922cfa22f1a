"""A member's page: what it did, what its votes weigh, claiming and delegating."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from scripts.people import Person
from tests.web.browser import Watch
from tests.web.stand import CAST, Stand
from tests.web.wallet import TestWallet, connect

PRICE = 40_000_000  # base units of the token
HALF_LIFE = 13  # weeks


def test_member_claims_reputation_delegates_it_and_takes_it_back(
    stand: Stand, context: BrowserContext, page: Page
) -> None:
    lamp = stand.offer("goods", {"title": "A lamp to claim", "price": str(PRICE)}, CAST)
    stand.traders.allow(Person.BOB, PRICE)
    bargain = stand.traders.take(lamp)
    stand.traders.act(bargain, "seller", "perform", 0)
    stand.traders.act(bargain, "buyer", "accept", 0)
    alice = Person.ALICE.address
    before = int(stand.get(f"/members/{alice}/power")["votes"]["points"])
    waiting = stand.get(f"/members/{alice}/claimable")
    assert bargain.trade_id in [one["id"] for one in waiting["items"]]
    wallet = TestWallet(Person.ALICE.account, stand.node.url).announce(context)
    page.goto("/")
    connect(page, wallet)
    page.goto("/proposals")
    page.get_by_role("link", name="Your votes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alice")
    page.get_by_role("button", name=re.compile("^Claim [0-9]+ trade")).click()
    claiming = page.get_by_role("region", name="Reputation to claim")
    expect(claiming.get_by_text("Done, in block")).to_be_visible()
    left = waiting["inAll"] - len(waiting["items"])
    expect(claiming.get_by_text(f"{left} closed trades wait")).to_be_visible()
    told = stand.get(f"/members/{alice}/power")
    assert int(told["votes"]["points"]) > before

    votes = page.get_by_role("region", name="Votes", exact=True)
    points = int(told["votes"]["points"])
    expect(votes).to_contain_text(f"{_shown(points)} points")
    votes.get_by_text("Week by week").click()
    rows = votes.get_by_role("row")
    expect(rows).to_have_count(1 + len(told["fading"]))
    half = rows.nth(1 + HALF_LIFE).get_by_role("cell").last
    expect(half).to_have_text(_shown(points // 2))

    page.get_by_label("Account to delegate to").fill("Bob")
    expect(page.get_by_role("button", name="Delegate my votes")).to_be_disabled()
    page.get_by_label("Account to delegate to").fill(Person.BOB.address)
    page.get_by_role("button", name="Delegate my votes").click()
    expect(votes).to_contain_text("Votes through")
    expect(votes.get_by_role("link")).to_contain_text("Bob")
    assert stand.get(f"/members/{alice}/power")["votes"]["units"] == "0"
    page.get_by_role("button", name="Take my votes back").click()
    expect(votes).not_to_contain_text("Votes through")
    assert stand.get(f"/members/{alice}/power")["votes"] == told["votes"]


def test_address_that_is_none_is_told(page: Page, watch: Watch) -> None:
    watch.expect("422")
    page.goto("/members/nobody")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is no account")


def _shown(points: int) -> str:
    """Base units of points as a page writes them."""
    return f"{points / 10**6:,.6f}".rstrip("0").rstrip(".")
