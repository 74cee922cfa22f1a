"""reveal

├── the author has committed to none, or it is revealed → NotCommitted
├── the other has not committed, and the commit window is not over → TooEarly
├── the reveal window is over → TooLate
├── it is not what was committed to → WrongOpening
├── the rating is not 1 to 5 → BadRating
└── anyone who can open it
"""

from dataclasses import replace

import pytest
from hexbytes import HexBytes

from backend.terms.reviews import Desk
from tests.contracts.expect import event, next_at, reverts
from tests.contracts.reviews.conftest import COMMITTED, REVEALED, WORDS


def named(written):
    return HexBytes(written.key[0]), *written.key[1:]


@pytest.mark.parametrize("rating", range(1, 6))
def test_reveal_once_both_have_committed(desk, rating):
    opened = desk.closed()
    first, second = desk.write(opened, rating=rating), desk.both(opened)[1]
    desk.commit(first)
    desk.commit(second)
    assert event(desk.reveal(first), "ReviewRevealed") == {
        "tradeId": opened.id,
        "author": desk.buyer.address,
        "subject": desk.seller.address,
        "rating": rating,
        "contentHash": WORDS,
    }
    assert desk.state(first) == (REVEALED, 0, bytes(26), rating, desk.market.now, False)
    assert desk.state(second)[0] == COMMITTED
    desk.reveal(second)
    assert desk.state(second)[3] == 2


def test_reveal_before_the_other_has_committed_R2(desk):
    """Else the other would answer it."""
    written = desk.write(desk.closed())
    desk.commit(written)
    until, _ = desk.windows(written.opened)
    next_at(until)
    with reverts("Reviews_TooEarly", until):
        desk.reveal(written)
    next_at(until + 1)
    desk.reveal(written)


def test_who_was_silent_cannot_answer_R2(desk):
    first, second = desk.both(desk.closed())
    desk.commit(first)
    until, _ = desk.windows(first.opened)
    next_at(until + 1)
    desk.reveal(first)
    with reverts("Reviews_TooLate", until):
        desk.commit(second)
    with reverts("Reviews_WouldAnswer", *named(second)):
        desk.review(second)


@pytest.mark.parametrize("answered", [False, True])
def test_the_last_second_of_the_reveal_window_E13(desk, answered):
    first, second = desk.both(desk.closed())
    desk.commit(first)
    if answered:
        desk.commit(second)
    _, until = desk.windows(first.opened)
    next_at(until + 1)
    with reverts("Reviews_TooLate", until):
        desk.reveal(first)
    assert desk.state(first)[0] == COMMITTED


def test_reveal_in_the_last_second_E13(desk):
    first, _ = desk.both(desk.closed())
    desk.commit(first)
    next_at(desk.windows(first.opened)[1])
    desk.reveal(first)
    assert desk.state(first)[0] == REVEALED


def committed(desk):
    first, second = desk.both(desk.closed())
    desk.commit(first)
    desk.commit(second)
    return first


@pytest.mark.parametrize("place", range(3))
def test_reveal_something_else_J2(desk, place):
    written = committed(desk)
    opening = list(written.opening)
    opening[place] = (5, bytes(32), bytes(32))[place]
    with reverts("Reviews_WrongOpening", *named(written)):
        desk.reveal(written, tuple(opening))


@pytest.mark.parametrize("what", ["chain", "contract", "trade", "author", "subject"])
def test_reveal_a_commitment_to_something_else_E20(desk, people, what):
    """Of another chain, contract, trade or side: each is worth nothing here."""
    first, second = desk.both(desk.closed())
    sides = first.review.sides
    other = desk.desk
    if what == "chain":
        other = Desk(desk.desk.chain_id + 1, desk.desk.reviews)
    elif what == "contract":
        other = Desk(desk.desk.chain_id, people["stranger"].address)
    elif what == "trade":
        sides = replace(sides, trade_id=desk.closed().id)
    else:
        sides = replace(sides, **{what: people["stranger"].address})
    foreign = replace(first.review, sides=sides).commitment(other, first.salt)
    sender = {"from": desk.buyer.account}
    desk.contract.commit(first.opened.packed, desk.seller.address, foreign, sender)
    desk.commit(second)
    with reverts("Reviews_WrongOpening", *named(first)):
        desk.reveal(first)


def test_a_copied_commitment_cannot_be_opened_J1(desk):
    first, second = desk.both(desk.closed())
    desk.commit(first)
    copied = first.review.commitment(desk.desk, first.salt)
    sender = {"from": desk.seller.account}
    desk.contract.commit(first.opened.packed, desk.buyer.address, copied, sender)
    desk.reveal(first)
    with reverts("Reviews_WrongOpening", *named(second)):
        desk.reveal(second, first.opening)


@pytest.mark.parametrize("rating", [0, 6, 255])
def test_reveal_a_rating_that_is_none(desk, rating):
    first, second = desk.both(desk.closed())
    first = desk.write(first.opened, rating=rating)
    desk.commit(first)
    desk.commit(second)
    with reverts("Reviews_BadRating", rating):
        desk.reveal(first)


def test_reveal_twice_R1(desk):
    written = committed(desk)
    desk.reveal(written)
    with reverts("Reviews_NotCommitted", *named(written)):
        desk.reveal(written)


def test_reveal_without_a_commitment(desk):
    written = desk.write(desk.closed())
    with reverts("Reviews_NotCommitted", *named(written)):
        desk.reveal(written)


def test_commit_after_revealing_R1(desk):
    written = committed(desk)
    desk.reveal(written)
    with reverts("Reviews_AlreadyReviewed", *named(written)):
        desk.commit(written)
