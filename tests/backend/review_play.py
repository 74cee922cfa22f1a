"""Reviews of every kind: revealed, still hidden, alone, together, replied to; labels that hold,
that were taken by either side, and struck."""

from __future__ import annotations

from typing import Any

from eth_utils.crypto import keccak

from backend.terms.attestations import Attestation, Claim
from backend.terms.cid import content_hash
from backend.terms.reviews import NO_CONTENT, Desk, Review, Sides
from scripts.people import Person
from tests.backend.market import DAY, Market, Opened

ALICE, BOB, CAROL, DAVE, ERIN = Person.ALICE, Person.BOB, Person.CAROL, Person.DAVE, Person.ERIN
NOOR, RITA = Person.NOOR, Person.RITA
WORDS = content_hash("sent in time, well packed")
THANKS = content_hash("thank you")


class ReviewPlay:
    """What the sides of one closed trade say of each other."""

    def __init__(self, market: Market, opened: Opened) -> None:
        self.market, self.opened = market, opened
        self.desk = Desk(market.deployment.chain_id, market.deployment.address("Reviews"))
        self.trade_id = bytes.fromhex(opened.trade_id[2:])

    @classmethod
    def of(cls, market: Market, buyer: Person = BOB) -> ReviewPlay:
        """A trade that Alice performed, and the buyer accepted."""
        opened = market.open(buyer=buyer)
        market.act(ALICE, "perform", opened, 0)
        market.act(buyer, "accept", opened, 0)
        return cls(market, opened)

    def written(
        self, author: Person, subject: Person, rating: int, words: bytes = WORDS
    ) -> tuple[Review, bytes]:
        """A review, and its salt."""
        review = Review(Sides(self.trade_id, author.address, subject.address), rating, words)
        return review, keccak(self.trade_id + author.address.encode())

    def commit(self, author: Person, subject: Person, rating: int, words: bytes = WORDS) -> None:
        review, salt = self.written(author, subject, rating, words)
        hidden = review.commitment(self.desk, salt)
        self._send(author, "commit", self.opened.call, subject.address, hidden)

    def reveal(self, author: Person, subject: Person, rating: int, words: bytes = WORDS) -> None:
        review, salt = self.written(author, subject, rating, words)
        about = (self.trade_id, author.address, subject.address)
        self._send(RITA, "reveal", *about, review.rating, review.content_hash, salt)

    def review(self, author: Person, subject: Person, rating: int) -> None:
        self._send(author, "review", self.opened.call, subject.address, rating, WORDS)

    def reply(self, subject: Person, author: Person) -> None:
        self._send(subject, "reply", self.trade_id, author.address, THANKS)

    def together(self, first: Person, second: Person, ratings: tuple[int, int]) -> None:
        own, own_salt = self.written(first, second, ratings[0])
        other, other_salt = self.written(second, first, ratings[1], NO_CONTENT)
        parts = []
        for who, review, salt, counter, counter_salt in (
            (first, own, own_salt, other, other_salt),
            (second, other, other_salt, own, own_salt),
        ):
            message = review.signable(self.desk, counter.commitment(self.desk, counter_salt))
            signature = bytes(who.account.sign_message(message).signature)
            parts.append((who.address, review.rating, review.content_hash, salt, signature))
        self._send(RITA, "revealTogether", self.opened.call, parts)

    @property
    def windows(self) -> tuple[int, int]:
        """The last seconds to commit, and to reveal."""
        _, commit_until, reveal_until = self.market.view("Reviews", "windowsOf", self.opened.call)
        return commit_until, reveal_until

    def wait_past_commits(self) -> None:
        self.market.wait_until(self.windows[0] + 1)

    def _send(self, who: Person, function: str, *arguments: object) -> None:
        self.market.send(who, "Reviews", function, *arguments)


def play_reviews(market: Market) -> None:
    both = ReviewPlay.of(market)
    both.commit(ALICE, BOB, 5)
    both.commit(BOB, ALICE, 2)
    both.reveal(BOB, ALICE, 2)
    both.reveal(ALICE, BOB, 5)
    both.reply(ALICE, BOB)
    together = ReviewPlay.of(market, CAROL)
    together.together(ALICE, CAROL, (4, 5))
    late = ReviewPlay.of(market, DAVE)
    late.commit(DAVE, ALICE, 3, NO_CONTENT)
    alone = ReviewPlay.of(market, ERIN)
    alone.wait_past_commits()
    late.reveal(DAVE, ALICE, 3, NO_CONTENT)
    alone.review(ERIN, ALICE, 1)
    hidden = ReviewPlay.of(market)
    hidden.commit(BOB, ALICE, 4)


def play_labels(market: Market) -> None:
    for attestor, claim in ((RITA, Claim.PERSON), (RITA, Claim.CREDIT_BAND), (NOOR, Claim.PERSON)):
        if not market.view("Attestations", "isAttestor", attestor.address, int(claim)):
            allow(market, attestor, claim, True)  # else members did, in the story
    until = market.now + 30 * DAY
    for who in (ALICE, BOB, CAROL):
        attest(market, RITA, Attestation(Claim.PERSON, who.address, until))
    attest(market, RITA, Attestation(Claim.CREDIT_BAND, BOB.address, until, 3))
    attest(market, RITA, Attestation(Claim.CREDIT_BAND, BOB.address, until, 2))
    attested = attest(market, NOOR, Attestation(Claim.PERSON, DAVE.address, until))
    own = attest(market, NOOR, Attestation(Claim.PERSON, ERIN.address, until))
    market.send(ERIN, "Attestations", "revoke", own)
    allow(market, NOOR, Claim.PERSON, False)
    market.send(BOB, "Attestations", "strike", [attested])


def allow(market: Market, attestor: Person, claim: Claim, allowed: bool) -> None:
    """As members would vote."""
    market.by_timelock("Attestations", "setAttestor", attestor.address, int(claim), allowed)


def attest(market: Market, attestor: Person, attestation: Attestation) -> bytes:
    """The uid."""
    told = market.send(attestor, "Attestations", "attest", attestation.pack())
    event: Any = told[-1].event
    return bytes.fromhex(event.uid[2:])
