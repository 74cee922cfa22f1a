"""commit

├── the Escrow knows no such trade → Escrow_UnknownTrade
├── a tranche is not final → NotClosed
├── the trade starts later → NotClosed
├── the caller and the reviewed are not two sides of a tranche → NotSides
├── the commit window is over → TooLate
├── the caller has committed to or told a review of this side → AlreadyReviewed
└── a side of a closed trade: its commitment is stored, once for each other side
"""

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.actions import accept, advance, refund
from tests.contracts.escrow.market import DAY, FINAL, OPEN, PERFORMED, SPLIT, bond, goods
from tests.contracts.expect import event, next_at, reverts
from tests.contracts.reviews.conftest import COMMIT_WINDOW, COMMITTED, NONE, REVEAL_WINDOW

ROUNDED_BY = 16_383
# Party 1 buys from party 0, and party 2, whom the buyer pays, carries.
CARRIED = goods(), goods(performer=2)


def test_commit(desk):
    opened = desk.closed()
    written = desk.write(opened)
    until = desk.market.now + COMMIT_WINDOW
    commitment = written.review.commitment(desk.desk, written.salt)
    assert event(desk.commit(written), "ReviewCommitted") == {
        "tradeId": opened.id,
        "author": desk.buyer.address,
        "subject": desk.seller.address,
        "commitment": commitment,
        "commitUntil": until,
        "revealUntil": until + REVEAL_WINDOW,
    }
    assert desk.state(written) == (COMMITTED, until, commitment, 0, 0, False)
    assert bytes(HexBytes(desk.contract.commitmentOf(*written.key, *written.opening))) == commitment


@pytest.mark.parametrize("status", FINAL)
def test_commit_however_the_trade_ended(desk, status):
    opened = desk.market.open()
    advance(desk.market, opened, status)
    desk.commit(desk.write(opened, desk.seller, desk.buyer))


@pytest.mark.parametrize("status", [OPEN, PERFORMED])
@pytest.mark.parametrize("place", [0, 1])
def test_commit_before_the_trade_is_closed(desk, status, place):
    opened = desk.market.open(goods(), bond())
    advance(desk.market, opened, status, place)
    accept(desk.market, opened, 1 - place)
    with reverts("Reviews_NotClosed", HexBytes(opened.id)):
        desk.commit(desk.write(opened))


def test_commit_before_a_trade_that_is_over_has_started(desk):
    start = desk.market.now + 30 * DAY
    opened = desk.market.open(starts_at=start)
    refund(desk.market, opened)
    next_at(start - 1)
    with reverts("Reviews_NotClosed", HexBytes(opened.id)):
        desk.commit(desk.write(opened))
    next_at(start)
    assert desk.commit(desk.write(opened)).events["ReviewCommitted"]["commitUntil"] == (
        start + COMMIT_WINDOW
    )


@pytest.mark.parametrize(
    "changed",
    [{"fill": 1}, {"opened_at": 1}, {"listing_hash": bytes(32)}, {"asset": "0x" + "11" * 20}],
)
def test_commit_of_a_trade_that_never_was_E16(desk, changed):
    opened = desk.closed()
    with pytest.raises(Exception, match="Escrow_UnknownTrade"):
        desk.commit(desk.write(opened), opened.altered(**changed))


@pytest.mark.parametrize(
    ("author", "subject"),
    [
        ("stranger", "seller"),
        ("buyer", "stranger"),
        ("buyer", "buyer"),
        ("courier", "seller"),
        ("seller", "courier"),
    ],
)
def test_commit_by_who_is_no_side_R1(desk, people, author, subject):
    """Seller and courier are parties of one trade, but no tranche has both."""
    opened = desk.closed(
        *CARRIED,
        parties=(desk.seller, None, people["courier"]),
        signers=(desk.seller, people["courier"]),
    )
    written = desk.write(opened, people[author], people[subject])
    with reverts("Reviews_NotSides", people[author].address, people[subject].address):
        desk.commit(written)


def test_each_pair_of_sides_reviews_each_other(desk, people):
    courier = people["courier"]
    opened = desk.closed(
        *CARRIED, parties=(desk.seller, None, courier), signers=(desk.seller, courier)
    )
    pairs = [
        (desk.buyer, desk.seller),
        (desk.buyer, courier),
        (desk.seller, desk.buyer),
        (courier, desk.buyer),
    ]
    for author, subject in pairs:
        desk.commit(desk.write(opened, author, subject))


def test_a_funder_who_does_nothing_else_is_a_side(desk, people):
    """A sponsor, whose money the performer gets if the checker accepts."""
    guest = people["guest"]
    opened = desk.closed(
        goods(funder=2),
        parties=(desk.seller, desk.buyer, None),
        taker=guest,
        signers=(desk.seller, desk.buyer),
    )
    for author, subject in ((guest, desk.seller), (desk.seller, guest), (guest, desk.buyer)):
        desk.commit(desk.write(opened, author, subject))


def test_commit_twice_R1(desk):
    written = desk.write(desk.closed())
    desk.commit(written)
    with reverts("Reviews_AlreadyReviewed", *map(HexBytes, written.key[:1]), *written.key[1:]):
        desk.commit(desk.write(written.opened, rating=1))


@pytest.mark.parametrize(("status", "longer"), [(FINAL[0], 0), (SPLIT, ROUNDED_BY)])
def test_the_last_second_of_the_commit_window_E13(desk, status, longer):
    """Of a split the Escrow tells too early when it was, by less than 16,384 s."""
    opened = desk.market.open()
    advance(desk.market, opened, status)
    closed_at = desk.market.now
    until, reveal_until = desk.windows(opened)
    since = int(desk.market.escrow.tranchesOf(opened.packed)[1][0][1])
    assert until == since + longer + COMMIT_WINDOW >= closed_at + COMMIT_WINDOW
    assert reveal_until == until + REVEAL_WINDOW
    next_at(until)
    desk.commit(desk.write(opened))
    next_at(until + 1)
    with reverts("Reviews_TooLate", until):
        desk.commit(desk.write(opened, desk.seller, desk.buyer))


def test_the_window_begins_with_the_last_tranche(desk):
    opened = desk.market.open(goods(), bond())
    accept(desk.market, opened, 1)
    next_at(desk.market.now + DAY)
    accept(desk.market, opened, 0)
    assert desk.windows(opened)[0] == desk.market.now + COMMIT_WINDOW


def test_nothing_is_known_of_a_review_that_is_not(desk):
    assert desk.state(desk.write(desk.closed())) == (NONE, 0, bytes(26), 0, 0, False)
