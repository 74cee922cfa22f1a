"""More windows of one browser than it opens connections: one listens, and all are told."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Request, expect

from tests.web.stand import Stand

MANY = 8  # browsers open six connections to a place over HTTP/1.1


def test_many_windows_listen_through_one(stand: Stand, context: BrowserContext) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/stream"):
            asked.append(request.url)

    context.on("request", note)
    pages = [context.new_page() for _ in range(MANY)]
    for page in pages:
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Market")
    assert len(asked) == 1
    stand.node.rpc("evm_mine")
    head = int(stand.node.rpc("eth_blockNumber"), 16)
    for page in pages:
        expect(page.get_by_text(f"Block {head}")).to_be_visible()
    pages[0].close()
    stand.node.rpc("evm_mine")
    for page in pages[1:]:
        expect(page.get_by_text(f"Block {head + 1}")).to_be_visible()
    assert len(asked) == 2
