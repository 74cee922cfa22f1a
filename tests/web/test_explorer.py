"""Blocks, transactions and accounts of the local chain, decoded."""

from __future__ import annotations

from eth_utils import keccak
from playwright.sync_api import Page, expect

from scripts.people import Person
from scripts.toolchain.node import rpc
from tests.web.stand import Stand


def test_a_transaction_is_told_with_its_call_and_its_events(stand: Stand, page: Page) -> None:
    stage = stand.stage
    cancel = stage.deployment.escrow.cancelAllOffers
    receipt = stage.send(Person.RITA, cancel)
    hash_ = receipt["transactionHash"].to_0x_hex()
    page.goto(f"/block/{receipt['blockNumber']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Block {receipt['blockNumber']}")
    expect(page.get_by_text("1 transaction", exact=True)).to_be_visible()
    page.get_by_role("main").get_by_role("link", name=hash_[:10]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Transaction")
    expect(page.get_by_text("Succeeded", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Calls cancelAllOffers")).to_be_visible()
    event = page.get_by_role("region", name="Events").get_by_role("article")
    expect(event.get_by_role("heading")).to_have_text("Escrow OffersCancelled")
    expect(event).to_contain_text(Person.RITA.title)
    page.get_by_role("link", name="Escrow").first.click()
    expect(page.get_by_text("Contract of the market: Escrow")).to_be_visible()


def test_a_failed_transaction_tells_why(stand: Stand, page: Page) -> None:
    sent = {
        "from": Person.RITA.address,
        "to": stand.stage.deployment.rule_book.address,
        "data": "0x" + keccak(text="resumeOpening()")[:4].hex(),
        "gas": hex(500_000),
    }
    hash_ = rpc(stand.node.url, "eth_sendTransaction", sent)
    page.goto(f"/tx/{hash_}")
    expect(page.get_by_text("Failed", exact=True)).to_be_visible()
    expect(
        page.get_by_role("definition").filter(has_text="The caller is not the timelock.")
    ).to_be_visible()


def test_what_the_chain_has_not_is_said_so(page: Page) -> None:
    for path in ("/tx/0x12", "/tx/0x" + "ab" * 32, "/block/999999999", "/address/0x99"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "There is no such thing on this chain"
        )


def test_blocks_go_back_to_the_first(page: Page) -> None:
    page.goto("/blocks?from=21")
    expect(page.get_by_role("heading", level=2)).to_have_count(20)
    expect(page.get_by_role("heading", level=2).first).to_have_text("Block 21")
    page.get_by_role("link", name="Older blocks").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Block 1", "Block 0"])
