"""expire

├── the tranche is final → WrongStatus (see test_statuses)
├── its deadline has not passed → NotDue
└── anyone, from one second after the deadline
    ├── open: missed, the checker is paid the amount
    ├── performed: lapsed, the performer is paid the amount less the fee
    └── disputed: defaulted, split by the pinned default, less the fee
"""

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.actions import due_at, expire, in_status
from tests.contracts.escrow.market import (
    AMOUNT,
    DAY,
    DEFAULTED,
    DISPUTED,
    DUE_IN,
    LAPSED,
    MISSED,
    OPEN,
    PERFORMED,
    REVIEW,
    RULING_PERIOD,
    bond,
    goods,
)
from tests.contracts.expect import reverts

# 30% of 1,000,003 is 300,000.9; the fee of 300,000 at 250 bps is 7,500
OUTCOMES = {
    OPEN: (MISSED, DUE_IN, {"performer": 0, "checker": AMOUNT, "fee": 0}),
    PERFORMED: (LAPSED, REVIEW, {"performer": 975_003, "checker": 0, "fee": 25_000}),
    DISPUTED: (DEFAULTED, RULING_PERIOD, {"performer": 292_500, "checker": 700_003, "fee": 7_500}),
}
BONDS = {
    OPEN: {"performer": 0, "checker": AMOUNT, "fee": 0},
    PERFORMED: {"performer": AMOUNT, "checker": 0, "fee": 0},
    DISPUTED: {"performer": 300_000, "checker": 700_003, "fee": 0},
}
EVENTS = {MISSED: "TrancheMissed", LAPSED: "TrancheLapsed", DEFAULTED: "TrancheDefaulted"}


@pytest.mark.parametrize("second", [-1, 0, 1])
@pytest.mark.parametrize("status", OUTCOMES)
def test_expire_around_the_deadline_E13(market, asset, status, second):
    outcome, period, sums = OUTCOMES[status]
    opened = in_status(market, status, asset=asset)
    last = market.now + period
    market.next_at(last + second)
    if second <= 0:
        with reverts("Escrow_NotDue", HexBytes(opened.id), 0, last):
            expire(market, opened)
        return
    receipt = expire(market, opened)
    event = receipt.events[EVENTS[outcome]]
    assert (HexBytes(event["tradeId"]), event["tranche"]) == (opened.id, 0)
    if outcome != MISSED:
        assert event["fee"] == sums["fee"]
    if outcome == DEFAULTED:
        assert event["performerBps"] == 3_000
    market.assert_closed(opened, receipt, outcome, asset=asset, **sums)


@pytest.mark.parametrize("status", OUTCOMES)
def test_expire_a_bond(market, status):
    opened = in_status(market, status, bond())
    market.mine_at(due_at(market, opened) + 1)
    market.assert_closed(opened, expire(market, opened), OUTCOMES[status][0], **BONDS[status])


@pytest.mark.parametrize("who", ["seller", "buyer", "arbitrator", "guest"])
def test_expire_by_anyone(market, people, who):
    opened = in_status(market, PERFORMED)
    market.mine_at(market.now + REVIEW + 1)
    receipt = market.escrow.expire(opened.packed, 0, {"from": people[who].account})
    market.assert_closed(opened, receipt, LAPSED, **OUTCOMES[PERFORMED][2])


@pytest.mark.parametrize("years", [1, 9, 50])
@pytest.mark.parametrize("status", OUTCOMES)
def test_expire_very_late_E14(market, status, years):
    """No state locks funds for ever; times beyond a cell's 28 bits (8.5 years) do no harm."""
    opened = in_status(market, status)
    market.mine_at(market.now + years * 366 * DAY)
    outcome, _, sums = OUTCOMES[status]
    market.assert_closed(opened, expire(market, opened), outcome, **sums)


@pytest.mark.parametrize("status", OUTCOMES)
def test_expire_at_the_end_of_the_longest_periods_E14(market, status):
    """Two years to perform, two to review: each step at its last second."""
    longest = 730 * DAY
    opened = market.open(goods(due_in=longest, review_period=longest))
    last = opened.opened_at + longest
    if status != OPEN:
        market.next_at(last)
        market.escrow.perform(opened.packed, 0, {"from": market.seller.account})
        last += longest
    if status == DISPUTED:
        market.next_at(last)
        market.escrow.dispute(opened.packed, 0, {"from": market.buyer.account})
        last += RULING_PERIOD
    market.next_at(last)
    with reverts("Escrow_NotDue", HexBytes(opened.id), 0, last):
        expire(market, opened)
    market.next_at(last + 1)
    outcome, _, sums = OUTCOMES[status]
    market.assert_closed(opened, expire(market, opened), outcome, **sums)


def test_expire_the_last_of_several_tranches_only(market):
    opened = market.open(goods(due_in=DAY), goods(due_in=3 * DAY), goods(due_in=2 * DAY))
    market.mine_at(opened.opened_at + 2 * DAY + 1)
    with reverts("Escrow_NotDue", HexBytes(opened.id), 1, opened.opened_at + 3 * DAY):
        expire(market, opened, 1)
    expire(market, opened, 2)
    assert [market.status(opened, i) for i in range(3)] == [OPEN, OPEN, MISSED]
