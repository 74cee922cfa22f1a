"""revealTogether

├── the trade is not closed → NotClosed; its authors are no sides of it → NotSides
├── the reveal window is over → TooLate
├── one has committed or reviewed → AlreadyReviewed
├── one has not signed this very review, over a commitment to the other's → BadSignature
├── a rating is not 1 to 5 → BadRating
└── anyone brings both; the signature of one who calls may be empty
"""

from dataclasses import replace

import pytest
from hexbytes import HexBytes

from backend.terms.reviews import Desk
from tests.contracts.escrow.actions import accept
from tests.contracts.expect import next_at, plain, reverts
from tests.contracts.reviews.conftest import REVEALED, WORDS


class Pair:
    """Two reviews of each other, signed by their authors; a test changes one thing."""

    def __init__(self, desk, opened):
        self.desk, self.opened = desk, opened
        self.written = list(desk.both(opened))
        self.signatures = [self.sign(place) for place in range(2)]

    def sign(self, place, key=None, where=None, counterpart=None, **changed):
        """What the author of this place signs, or something else."""
        where = where or self.desk.desk
        mine, other = self.written[place], self.written[1 - place]
        review = mine.review
        sides = {name: changed.pop(name) for name in ("trade_id", "subject") if name in changed}
        review = replace(review, sides=replace(review.sides, **sides), **changed)
        if counterpart is None:
            counterpart = other.review.commitment(where, other.salt)
        message = review.signable(where, counterpart)
        return bytes((key or mine.author.key).sign_message(message).signature)

    def send(self, sender="stranger"):
        packed = [
            (w.author.address, w.review.rating, w.review.content_hash, w.salt, signature)
            for w, signature in zip(self.written, self.signatures, strict=True)
        ]
        who = {"from": self.desk.market.people[sender].account}
        return self.desk.contract.revealTogether(self.opened.packed, packed, who)


@pytest.fixture
def pair(desk):
    return Pair(desk, desk.closed())


def test_reveal_together(desk, pair):
    receipt = pair.send()
    assert [plain(dict(told)) for told in receipt.events["ReviewRevealed"]] == [
        {
            "tradeId": pair.opened.id,
            "author": author.address,
            "subject": subject.address,
            "rating": rating,
            "contentHash": WORDS,
        }
        for author, subject, rating in (
            (desk.buyer, desk.seller, 4),
            (desk.seller, desk.buyer, 2),
        )
    ]
    assert [desk.state(written)[0] for written in pair.written] == [REVEALED] * 2


@pytest.mark.parametrize(("sender", "place"), [("buyer", 0), ("seller", 1)])
def test_who_calls_need_not_sign(pair, sender, place):
    pair.signatures[place] = b""
    pair.send(sender)


@pytest.mark.parametrize("place", [0, 1])
def test_who_does_not_call_must_sign(pair, place):
    pair.signatures[place] = b""
    with reverts("Reviews_BadSignature", pair.written[place].author.address):
        pair.send()


ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141  # of secp256k1


def malleated(signature):
    """The other signature that recovers to the same key."""
    r, s, v = signature[:32], int.from_bytes(signature[32:64], "big"), signature[64]
    return r + (ORDER - s).to_bytes(32, "big") + bytes([55 - v])


SIGNED = {
    "another trade": {"trade_id": bytes(32)},
    "another side": {"subject": "0x" + "11" * 20},
    "another rating": {"rating": 5},
    "other words": {"content_hash": bytes(32)},
    "another review of the other": {"counterpart": bytes(26)},
}


@pytest.mark.parametrize("what", SIGNED)
def test_something_else_was_signed_E20(pair, what):
    pair.signatures[0] = pair.sign(0, **SIGNED[what])
    with reverts("Reviews_BadSignature", pair.desk.buyer.address):
        pair.send()


@pytest.mark.parametrize("what", ["chain", "contract"])
def test_signed_for_elsewhere_E20(pair, people, what):
    here = pair.desk.desk
    where = (
        Desk(here.chain_id + 1, here.reviews)
        if what == "chain"
        else Desk(here.chain_id, people["stranger"].address)
    )
    mine = pair.written[1].review.commitment(here, pair.written[1].salt)
    pair.signatures[0] = pair.sign(0, where=where, counterpart=mine)
    with reverts("Reviews_BadSignature", pair.desk.buyer.address):
        pair.send()


@pytest.mark.parametrize("spoil", ["another key", "malleable", "short"])
def test_bad_signatures_E21(pair, people, spoil):
    given = pair.signatures[0]
    pair.signatures[0] = {
        "another key": lambda: pair.sign(0, key=people["guest"].key),
        "malleable": lambda: malleated(given),
        "short": lambda: given[:64],
    }[spoil]()
    with reverts("Reviews_BadSignature", pair.desk.buyer.address):
        pair.send()


def test_a_review_changed_after_seeing_the_others_R2(pair):
    """The buyer's signature holds for the seller's review as it was committed to, no other."""
    seller = pair.written[1]
    pair.written[1] = replace(seller, review=replace(seller.review, rating=1))
    pair.signatures[1] = pair.sign(1)
    with reverts("Reviews_BadSignature", pair.desk.buyer.address):
        pair.send()


def test_together_twice_R1(pair):
    pair.send()
    written = pair.written[0]
    with reverts("Reviews_AlreadyReviewed", HexBytes(written.key[0]), *written.key[1:]):
        pair.send()


@pytest.mark.parametrize("place", [0, 1])
def test_together_after_a_commitment_R1(pair, place):
    written = pair.written[place]
    pair.desk.commit(written)
    with reverts("Reviews_AlreadyReviewed", HexBytes(written.key[0]), *written.key[1:]):
        pair.send()


def test_together_until_the_end_of_the_reveal_window_E13(desk):
    first, second = (Pair(desk, desk.closed()) for _ in range(2))
    next_at(desk.windows(first.opened)[1])
    first.send()
    until = desk.windows(second.opened)[1]
    next_at(until + 1)
    with reverts("Reviews_TooLate", until):
        second.send()


def test_together_before_the_trade_is_closed(desk):
    opened = desk.market.open()
    pair = Pair(desk, opened)
    with reverts("Reviews_NotClosed", HexBytes(opened.id)):
        pair.send()
    accept(desk.market, opened)
    pair.send()


def test_together_by_strangers_R1(pair, people):
    pair.written[0] = pair.desk.write(pair.opened, people["stranger"])
    pair.signatures = [pair.sign(place) for place in range(2)]
    with reverts("Reviews_NotSides", people["stranger"].address, pair.desk.seller.address):
        pair.send()


@pytest.mark.parametrize("rating", [0, 6])
def test_together_with_a_rating_that_is_none(pair, rating):
    pair.written[0] = pair.desk.write(pair.opened, rating=rating)
    pair.signatures = [pair.sign(place) for place in range(2)]
    with reverts("Reviews_BadRating", rating):
        pair.send()


HONEST, LIE, REVERT, BURN_GAS, GARBAGE = range(5)


@pytest.fixture
def wallets(desk, StubWallet1271, people):
    """A trade whose seller is a wallet contract that the courier owns."""
    wallet = people["deployer"].account.deploy(StubWallet1271, people["courier"].address)
    opened = desk.closed(parties=(wallet, None), signers=(people["courier"],))
    pair = Pair(desk, opened)
    seller = replace(people["courier"], account=wallet)
    pair.written = [desk.write(opened, subject=seller), desk.write(opened, seller, desk.buyer)]
    pair.signatures = [pair.sign(place) for place in range(2)]
    return wallet, pair


def test_a_wallet_signs_E21(wallets):
    wallet, pair = wallets
    pair.send()
    assert pair.desk.state(pair.written[1])[:1] == (REVEALED,)
    assert pair.written[1].author.address == wallet.address


@pytest.mark.parametrize("mode", [REVERT, GARBAGE])
def test_a_wallet_that_denies_E21(wallets, people, mode):
    wallet, pair = wallets
    wallet.setMode(mode, {"from": people["courier"].account})
    with reverts("Reviews_BadSignature", wallet.address):
        pair.send()


def test_another_key_for_a_wallet_E21(wallets, people):
    wallet, pair = wallets
    pair.signatures[1] = pair.sign(1, key=people["guest"].key)
    with reverts("Reviews_BadSignature", wallet.address):
        pair.send()
