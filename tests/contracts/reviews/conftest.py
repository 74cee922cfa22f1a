"""Reviews of trades at a real Escrow, and what sides do with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from eth_utils import keccak

from backend.terms.reviews import Desk, Review, Sides
from tests.contracts.escrow.actions import accept
from tests.contracts.escrow.conftest import (  # noqa: F401
    escrow,
    isolation,
    labels,
    market,
    odd,
    people,
    points,
    ready,
    rules,
    token,
)
from tests.contracts.escrow.market import DAY, Market, Opened, Person
from tests.contracts.expect import plain

COMMIT_WINDOW, REVEAL_WINDOW = 14 * DAY, 7 * DAY
WORDS = keccak(text="sent in time, well packed")
NONE, COMMITTED, REVEALED = range(3)


@dataclass(frozen=True)
class Written:
    """A review before it is told: the tests change one thing of it."""

    opened: Opened
    author: Person
    subject: Person
    review: Review
    salt: bytes

    @property
    def key(self) -> tuple[bytes, str, str]:
        """What names it in the contract."""
        return self.opened.id, self.author.address, self.subject.address

    @property
    def opening(self) -> tuple[Any, ...]:
        return self.review.rating, self.review.content_hash, self.salt


class ReviewDesk:
    """The contract, and shorthands for what sides do with it."""

    def __init__(self, contract: Any, market: Market) -> None:  # noqa: F811
        self.contract, self.market = contract, market
        self.seller, self.buyer = market.seller, market.buyer
        self.desk = Desk(market.chain.id, str(contract.address))

    def closed(self, *tranches: Any, **made: Any) -> Opened:
        """A trade all of whose tranches were accepted."""
        opened = self.market.open(*tranches, **made)
        for index in range(len(opened.trade.terms.tranches)):
            accept(self.market, opened, index)
        return opened

    def write(
        self,
        opened: Opened,
        author: Person | None = None,
        subject: Person | None = None,
        rating: int = 4,
        words: bytes = WORDS,
    ) -> Written:
        """By default the buyer's of the seller."""
        author, subject = author or self.buyer, subject or self.seller
        sides = Sides(opened.id, author.address, subject.address)
        salt = keccak(text=f"salt of {author.name} for {subject.name}")
        return Written(opened, author, subject, Review(sides, rating, words), salt)

    def both(self, opened: Opened) -> tuple[Written, Written]:
        """The buyer's of the seller, and the seller's of the buyer."""
        answer = self.write(opened, self.seller, self.buyer, rating=2)
        return self.write(opened), answer

    def commit(self, written: Written, trade: Any = None) -> Any:
        commitment = written.review.commitment(self.desk, written.salt)
        named = written.opened.packed if trade is None else trade
        sender = {"from": written.author.account}
        return self.contract.commit(named, written.subject.address, commitment, sender)

    def reveal(self, written: Written, opening: tuple[Any, ...] | None = None) -> Any:
        """By somebody who has nothing to do with it."""
        sender = {"from": self.market.people["stranger"].account}
        return self.contract.reveal(*written.key, *(opening or written.opening), sender)

    def review(self, written: Written) -> Any:
        """Openly."""
        told = written.opened.packed, written.subject.address
        sender = {"from": written.author.account}
        return self.contract.review(
            *told, written.review.rating, written.review.content_hash, sender
        )

    def reply(self, written: Written, words: bytes = WORDS, by: Person | None = None) -> Any:
        sender = {"from": (by or written.subject).account}
        return self.contract.reply(written.key[0], written.author.address, words, sender)

    def state(self, written: Written) -> tuple[Any, ...]:
        """Status, commit until, commitment, rating, revealed at, replied."""
        return plain(self.contract.reviewOf(*written.key))

    def windows(self, opened: Opened) -> tuple[int, int]:
        """The last seconds of commitments and of revelations."""
        _, commit_until, reveal_until = self.contract.windowsOf(opened.packed)
        return int(commit_until), int(reveal_until)


@pytest.fixture(scope="module")
def contract(Reviews, people, escrow):  # noqa: F811
    return people["deployer"].account.deploy(Reviews, escrow, COMMIT_WINDOW, REVEAL_WINDOW)


@pytest.fixture
def desk(contract, market) -> ReviewDesk:  # noqa: F811
    return ReviewDesk(contract, market)
