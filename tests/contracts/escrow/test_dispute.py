"""dispute

├── the caller is not the tranche's checker → NotChecker
├── the tranche is not performed → WrongStatus
├── the review period has passed → TooLate
└── up to and including its last second
    ├── the tranche is disputed, and the ruling is due a ruling period from now
    └── no money moves
"""

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.actions import dispute, in_status, past_due, perform
from tests.contracts.escrow.market import (
    DAY,
    DEFAULTED,
    DISPUTED,
    OPEN,
    PERFORMED,
    REVIEW,
    RULING_PERIOD,
    goods,
)
from tests.contracts.expect import reverts


def test_dispute(market, asset):
    opened = in_status(market, PERFORMED, asset=asset)
    at = market.now + 777
    market.next_at(at)
    receipt = dispute(market, opened)
    event = receipt.events["TrancheDisputed"]
    assert (HexBytes(event["tradeId"]), event["tranche"]) == (opened.id, 0)
    assert market.status(opened) == DISPUTED
    assert market.gained(receipt, asset, market.escrow) == 0
    outcome, due_at, *_ = market.escrow.nextDefault(opened.packed)[0]
    assert (outcome, due_at) == (DEFAULTED, at + RULING_PERIOD)


@pytest.mark.parametrize("who", ["seller", "stranger", "arbitrator", "timelock"])
def test_dispute_by_another(market, people, who):
    opened = in_status(market, PERFORMED)
    with reverts("Escrow_NotChecker", people[who]):
        market.escrow.dispute(opened.packed, 0, {"from": people[who].account})


def test_dispute_before_the_performance(market):
    """Who has not performed is not disputed with: silence refunds."""
    opened = market.open()
    with reverts("Escrow_WrongStatus", HexBytes(opened.id), 0, OPEN):
        dispute(market, opened)
    past_due(market, opened)
    with reverts("Escrow_WrongStatus", HexBytes(opened.id), 0, OPEN):
        dispute(market, opened)


def test_dispute_twice(market):
    opened = in_status(market, DISPUTED)
    with reverts("Escrow_WrongStatus", HexBytes(opened.id), 0, DISPUTED):
        dispute(market, opened)


@pytest.mark.parametrize("review", [0, REVIEW])
@pytest.mark.parametrize("second", [-1, 0, 1])
def test_dispute_around_the_end_of_the_review_E13(market, review, second):
    opened = market.open(goods(review_period=review))
    market.next_at(opened.opened_at + DAY)
    perform(market, opened)
    last = opened.opened_at + DAY + review
    if last + second <= market.now:
        return  # before the performance
    market.next_at(last + second)
    if second <= 0:
        dispute(market, opened)
        return
    with reverts("Escrow_TooLate", HexBytes(opened.id), 0, last):
        dispute(market, opened)


def test_dispute_one_tranche_of_three(market):
    opened = market.open(*[goods()] * 3)
    perform(market, opened, 1)
    dispute(market, opened, 1)
    assert [market.status(opened, i) for i in range(3)] == [OPEN, DISPUTED, OPEN]
