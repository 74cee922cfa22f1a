"""strike: which trades prove a conflict (J10)

├── a trade of the juror with a side, opened no later than the case, within the conflict period
├── the disputed trade itself, however old, of which the juror is another party
├── none that was never opened → UnknownTrade of the Escrow
└── else → NoConflict
    ├── the juror is no party of it
    ├── no side of the case is a party of it
    ├── it was opened after the case
    └── it was opened before the conflict period
"""

from functools import partial

import pytest

from tests.contracts.court.striking import strike, trade_between
from tests.contracts.court.world import EMPTY, JURY, Dispute
from tests.contracts.escrow.actions import in_status
from tests.contracts.escrow.market import DAY, PERFORMED, Person, goods
from tests.contracts.expect import next_at, now, reverts, until


def drawn(dispute):
    dispute.join()
    dispute.seed()
    dispute.draw()


def complain(dispute):
    """The checker disputes at the Escrow."""
    market = dispute.room.market
    market.escrow.dispute(dispute.opened.packed, 0, {"from": dispute.checker.account})


def foreseen(dispute):
    """Who will sit on seat 0: it follows from the case and the seed alone."""

    def first() -> Person:
        if dispute.room.market.status(dispute.opened) == PERFORMED:
            complain(dispute)
        dispute.open()
        drawn(dispute)
        return dispute.seated()[0]

    return dispute.room.foresee(first)


def test_strike_without_a_conflict_J10(room, dispute, conflicts):
    """Another's trade; one with nobody's side; one that nobody opened."""
    juror, other = dispute.seated()[:2]
    with reverts("Court_NoConflict", juror, conflicts[other.address].id):
        strike(dispute, 0, conflicts[other.address])
    apart = trade_between(room, room.people["courier"], juror)
    with reverts("Court_NoConflict", juror, apart.id):
        strike(dispute, 0, apart)
    trade = conflicts[juror.address]
    forged = trade.altered(fill=1)
    with reverts(
        "Escrow_UnknownTrade",
        room.market.escrow.tradeIdOf(room.market.escrow.hashOffer(trade.offer.pack()), 1),
    ):
        room.court.strike(dispute.id, 0, forged, {"from": room.stranger})


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_a_trade_opened_around_the_opening_of_the_case_J10(room, second):
    """A side that could trade with a juror afterwards would choose its panel."""
    dispute = room.dispute()
    juror = foreseen(dispute)
    offer = room.market.offer(parties=(room.people["seller"], None))
    signed = room.market.sign(offer)
    at = now() + 100
    next_at(at + min(second, 0))
    if second < 0:
        receipt = room.market.take(offer, signed, juror)
        next_at(at)
    dispute.open()
    if second >= 0:
        next_at(at + second)
        receipt = room.market.take(offer, signed, juror)
    assert receipt.timestamp == at + second
    trade = room.market.opened(offer, receipt)
    drawn(dispute)
    if second <= 0:
        strike(dispute, 0, trade)
        return
    with reverts("Court_NoConflict", juror, trade.id):
        strike(dispute, 0, trade)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_a_trade_opened_around_the_beginning_of_the_conflict_period_J10(room, second):
    """The trade is just old enough, or one second short of it."""
    dispute = Dispute(room, in_status(room.market, PERFORMED, goods(review_period=60 * DAY)))
    juror = foreseen(dispute)
    trade = trade_between(room, room.people["seller"], juror)
    until(trade.opened_at + JURY.conflict_period - 10)
    complain(dispute)
    next_at(trade.opened_at + JURY.conflict_period + second)
    dispute.open()
    drawn(dispute)
    if second <= 0:
        strike(dispute, 0, trade)
        return
    with reverts("Court_NoConflict", juror, trade.id):
        strike(dispute, 0, trade)


def test_a_party_of_the_disputed_trade_J10(room):
    """It is no side of the tranche; the trade is older than the conflict period."""
    market, seller = room.market, room.people["seller"]
    third = next(one for one in room.jurors)
    terms = goods(due_in=60 * DAY)
    offer = market.offer(terms, parties=(seller, None, third))
    opened = market.opened(offer, market.take(offer, market.sign(offer, seller, third)))
    until(now() + JURY.conflict_period + 1)
    market.escrow.perform(opened.packed, 0, {"from": seller.account})
    market.escrow.dispute(opened.packed, 0, {"from": market.buyer.account})
    dispute = Dispute(room, opened)
    dispute.open()
    dispute.join()

    def seated(seed: int) -> list[Person]:
        dispute.seed(seed)
        dispute.draw()
        return dispute.seated()

    seed = next(i for i in range(1, 100) if third in room.foresee(partial(seated, i)))
    seat = seated(seed).index(third)
    other = trade_between(room, room.people["courier"], third)
    with reverts("Court_NoConflict", third, other.id):
        strike(dispute, seat, other)
    strike(dispute, seat, opened)
    assert dispute.panel()[1][seat]["state"] == EMPTY
