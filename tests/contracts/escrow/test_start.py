"""A trade that starts at a time of the calendar: `startsAt`

├── not zero: every time of the tranches counts from it
│   ├── what happens until then happens at the start
│   │   ├── performed: the review ends a review period after the start
│   │   ├── disputed: the ruling is due a ruling period after the start
│   │   └── accepted, refunded, split: at once, and told as at the start
│   └── not opened by then: it never is (test_open_terms.py)
└── zero: from the opening (everywhere else)
"""

import pytest
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import accept, dispute, expire, perform, refund
from tests.contracts.escrow.market import (
    ACCEPTED,
    AMOUNT,
    DAY,
    DEFAULTED,
    DISPUTED,
    DUE_IN,
    FEE,
    LAPSED,
    MISSED,
    OPEN,
    PERFORMED,
    REFUNDED,
    REVIEW,
    RULING_PERIOD,
)
from tests.contracts.expect import reverts

AHEAD = 40 * DAY


@pytest.fixture
def start(market):
    return market.now + AHEAD


@pytest.fixture
def opened(market, start):
    return market.open(starts_at=start)


def silence(market, opened):
    return tuple(market.escrow.nextDefault(opened.packed)[0][:2])


def since(market, opened):
    return market.escrow.tranchesOf(opened.packed)[1][0][1]


def test_the_pin_keeps_both_times(market, opened, start):
    assert opened.trade.pin.opened_at == market.now
    assert opened.trade.pin.starts_in == start - market.now


def test_the_due_time_counts_from_the_start(market, opened, start):
    assert silence(market, opened) == (MISSED, start + DUE_IN)
    assert (market.status(opened), since(market, opened)) == (OPEN, start)
    market.next_at(start + DUE_IN)
    perform(market, opened)
    assert silence(market, opened) == (LAPSED, start + DUE_IN + REVIEW)


def test_a_due_time_that_has_passed(market, opened, start):
    market.mine_at(start + DUE_IN + 1)
    with reverts("Escrow_TooLate", HexBytes(opened.id), 0, start + DUE_IN):
        perform(market, opened)
    expire(market, opened)
    assert market.status(opened) == MISSED


def test_a_review_does_not_end_before_the_start(market, opened, start):
    perform(market, opened)
    assert (market.status(opened), since(market, opened)) == (PERFORMED, start)
    assert silence(market, opened) == (LAPSED, start + REVIEW)
    market.next_at(start + REVIEW)
    with reverts("Escrow_NotDue", HexBytes(opened.id), 0, start + REVIEW):
        expire(market, opened)
    market.next_at(start + REVIEW + 1)
    expire(market, opened)
    assert market.status(opened) == LAPSED


def test_a_ruling_has_its_time_from_the_start(market, opened, start):
    perform(market, opened)
    dispute(market, opened)
    assert (market.status(opened), since(market, opened)) == (DISPUTED, start)
    assert silence(market, opened) == (DEFAULTED, start + RULING_PERIOD)


@pytest.mark.parametrize(
    ("action", "status"), [(accept, ACCEPTED), (refund, REFUNDED)], ids=["accept", "refund"]
)
def test_the_end_may_come_before_the_start(market, opened, start, action, status):
    """Nobody has to wait: a guest who cannot come is paid back at once."""
    receipt = action(market, opened)
    fee = AMOUNT * FEE // 10_000 if action is accept else 0
    assert market.gained(receipt, ZERO_ADDRESS, market.escrow) == fee - AMOUNT
    assert (market.status(opened), since(market, opened)) == (status, start)
