"""expireBatch

├── not one tranche per trade → LengthMismatch
├── a trade or tranche is unknown → UnknownTrade, UnknownTranche
├── nothing in it is due and open → NothingDue
└── each due one is closed as expire would; the others are passed over
"""

import pytest
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import in_status
from tests.contracts.escrow.market import (
    ACCEPTED,
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
    goods,
)
from tests.contracts.expect import reverts


def expire_all(market, *items, sender="stranger"):
    trades, tranches = [o.packed for o, _ in items], [index for _, index in items]
    return market.escrow.expireBatch(trades, tranches, {"from": market.people[sender].account})


def test_expireBatch_closes_what_is_due_and_passes_over_the_rest(market, token):
    missed = market.open(goods(due_in=DAY), asset=token)
    lapsed = in_status(market, PERFORMED, goods(review_period=DAY))
    defaulted = in_status(market, DISPUTED)
    closed = in_status(market, ACCEPTED)
    waiting = market.open(goods(due_in=30 * DAY))
    items = [(one, 0) for one in (closed, missed, waiting, lapsed, defaulted, missed)]
    market.mine_at(market.now + 6 * DAY)
    receipt = expire_all(market, *items)
    outcomes = [market.status(one) for one, _ in items]
    assert outcomes == [ACCEPTED, MISSED, OPEN, LAPSED, DEFAULTED, MISSED]
    assert [e.name for e in receipt.events if e.name.startswith("Tranche")] == [
        "TrancheMissed",
        "TrancheLapsed",
        "TrancheDefaulted",
    ]
    assert market.gained(receipt, token, market.buyer) == AMOUNT
    assert market.gained(receipt, ZERO_ADDRESS, market.seller) == 975_003 + 292_500
    assert market.gained(receipt, ZERO_ADDRESS, market.buyer) == 700_003
    assert market.owed(receipt, ZERO_ADDRESS, market.people["treasury"]) == 25_000 + 7_500


def test_expireBatch_several_tranches_of_one_trade(market, asset):
    opened = market.open(*[goods(100 + i, due_in=DAY + i) for i in range(13)], asset=asset)
    market.mine_at(opened.opened_at + DAY + 12)  # the last one is not due yet
    receipt = expire_all(market, *[(opened, i) for i in range(13)])
    assert [market.status(opened, i) for i in range(13)] == [MISSED] * 12 + [OPEN]
    assert market.gained(receipt, asset, market.buyer) == sum(100 + i for i in range(12))


def test_expireBatch_the_same_tranche_twice_E12(market, asset):
    opened = market.open(asset=asset)
    market.mine_at(opened.opened_at + DUE_IN + 1)
    receipt = expire_all(market, (opened, 0), (opened, 0))
    assert market.gained(receipt, asset, market.buyer) == AMOUNT
    assert market.gained(receipt, asset, market.escrow) == -AMOUNT


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_expireBatch_around_the_deadline_E13(market, second):
    opened = in_status(market, PERFORMED)
    market.next_at(market.now + REVIEW + second)
    if second == 1:
        expire_all(market, (opened, 0))
        assert market.status(opened) == LAPSED
        return
    with reverts("Escrow_NothingDue"):
        expire_all(market, (opened, 0))


def test_expireBatch_of_nothing(market):
    with reverts("Escrow_NothingDue"):
        expire_all(market)


def test_expireBatch_again(market):
    opened = market.open()
    market.mine_at(opened.opened_at + DUE_IN + 1)
    expire_all(market, (opened, 0))
    with reverts("Escrow_NothingDue"):
        expire_all(market, (opened, 0))


@pytest.mark.parametrize(("trades", "tranches"), [(1, 0), (0, 1), (1, 2), (2, 1)])
def test_expireBatch_with_another_number_of_tranches(market, trades, tranches):
    opened = market.open()
    market.mine_at(opened.opened_at + DUE_IN + 1)
    sender = {"from": market.buyer.account}
    with reverts("Escrow_LengthMismatch", trades, tranches):
        market.escrow.expireBatch([opened.packed] * trades, [0] * tranches, sender)


def test_expireBatch_with_an_unknown_trade_E16(market):
    """It is the sender's own list: what is wrong in it is said, not passed over."""
    opened = market.open()
    market.mine_at(opened.opened_at + DUE_IN + 1)
    other = opened.altered(opened_at=opened.opened_at - 1)
    sender = {"from": market.buyer.account}
    with reverts("Escrow_UnknownTrade", HexBytes(opened.id)):
        market.escrow.expireBatch([opened.packed, other], [0, 0], sender)


def test_expireBatch_with_an_unknown_tranche_E16(market):
    opened = market.open()
    market.mine_at(opened.opened_at + DUE_IN + 1)
    with reverts("Escrow_UnknownTranche", 1):
        expire_all(market, (opened, 0), (opened, 1))
