"""review, openly

├── the commit window is not over → TooEarly
├── the reveal window is over → TooLate
├── the caller has committed or reviewed → AlreadyReviewed
├── the other has committed or reviewed → WouldAnswer
└── a side of a closed trade in which nobody has committed
"""

import pytest
from hexbytes import HexBytes

from backend.terms.reviews import NO_CONTENT
from tests.contracts.expect import event, next_at, now, reverts
from tests.contracts.reviews.conftest import REVEALED, WORDS


def named(written):
    return HexBytes(written.key[0]), *written.key[1:]


@pytest.fixture
def pair(desk):
    return desk.both(desk.closed())


@pytest.fixture
def windows(desk, pair):
    return desk.windows(pair[0].opened)


@pytest.mark.parametrize("words", [WORDS, NO_CONTENT])
def test_review(desk, pair, windows, words):
    written = desk.write(pair[0].opened, words=words)
    next_at(windows[0] + 1)
    assert event(desk.review(written), "ReviewRevealed") == {
        "tradeId": written.opened.id,
        "author": desk.buyer.address,
        "subject": desk.seller.address,
        "rating": 4,
        "contentHash": words,
    }
    assert desk.state(written) == (REVEALED, 0, bytes(26), 4, now(), False)


def test_review_while_commitments_are_taken_R2(desk, pair, windows):
    next_at(windows[0])
    with reverts("Reviews_TooEarly", windows[0]):
        desk.review(pair[0])


def test_review_in_the_last_second_E13(desk, pair, windows):
    next_at(windows[1])
    desk.review(pair[0])


def test_review_after_the_reveal_window_E13(desk, pair, windows):
    next_at(windows[1] + 1)
    with reverts("Reviews_TooLate", windows[1]):
        desk.review(pair[0])


def test_review_before_the_trade_is_closed(desk):
    opened = desk.market.open()
    with reverts("Reviews_NotClosed", HexBytes(opened.id)):
        desk.review(desk.write(opened))


def test_review_by_a_stranger_R1(desk, people, pair, windows):
    written = desk.write(pair[0].opened, people["stranger"])
    next_at(windows[0] + 1)
    with reverts("Reviews_NotSides", people["stranger"].address, desk.seller.address):
        desk.review(written)


def test_review_twice_R1(desk, pair, windows):
    next_at(windows[0] + 1)
    desk.review(pair[0])
    with reverts("Reviews_AlreadyReviewed", *named(pair[0])):
        desk.review(desk.write(pair[0].opened, rating=1))


def test_review_what_one_has_committed_to_R1(desk, pair, windows):
    desk.commit(pair[0])
    next_at(windows[0] + 1)
    with reverts("Reviews_AlreadyReviewed", *named(pair[0])):
        desk.review(desk.write(pair[0].opened, rating=1))


def test_answer_a_review_R2(desk, pair, windows):
    next_at(windows[0] + 1)
    desk.review(pair[0])
    with reverts("Reviews_WouldAnswer", *named(pair[1])):
        desk.review(pair[1])


def test_review_who_has_committed_R2(desk, pair, windows):
    """Its author could wait for the open one to decide whether to reveal."""
    desk.commit(pair[0])
    next_at(windows[0] + 1)
    with reverts("Reviews_WouldAnswer", *named(pair[1])):
        desk.review(pair[1])


@pytest.mark.parametrize("rating", [0, 6])
def test_review_with_a_rating_that_is_none(desk, pair, windows, rating):
    next_at(windows[0] + 1)
    with reverts("Reviews_BadRating", rating):
        desk.review(desk.write(pair[0].opened, rating=rating))
