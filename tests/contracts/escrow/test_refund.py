"""refund

├── the caller is not the tranche's performer → NotPerformer
├── the tranche is final → WrongStatus (see test_statuses)
└── the tranche is open, performed or disputed
    └── the checker, whoever funded it, is paid the amount: no fee
"""

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.actions import in_status, refund
from tests.contracts.escrow.market import (
    AMOUNT,
    DAY,
    DISPUTED,
    DUE_IN,
    OPEN,
    PERFORMED,
    REFUNDED,
    REVIEW,
    RULING_PERIOD,
    bond,
    goods,
)
from tests.contracts.expect import reverts

BACK = {"performer": 0, "checker": AMOUNT, "fee": 0}


@pytest.mark.parametrize("status", [OPEN, PERFORMED, DISPUTED])
def test_refund(market, asset, status):
    opened = in_status(market, status, asset=asset)
    receipt = refund(market, opened)
    event = receipt.events["TrancheRefunded"]
    assert (HexBytes(event["tradeId"]), event["tranche"]) == (opened.id, 0)
    market.assert_closed(opened, receipt, REFUNDED, asset=asset, **BACK)


@pytest.mark.parametrize(
    ("status", "wait"), [(OPEN, DUE_IN), (PERFORMED, REVIEW), (DISPUTED, RULING_PERIOD)]
)
def test_refund_after_the_deadline_if_nobody_closed_it(market, status, wait):
    opened = in_status(market, status)
    market.mine_at(market.now + wait + DAY)
    market.assert_closed(opened, refund(market, opened), REFUNDED, **BACK)


def test_refund_gives_a_bond_away(market, asset):
    """The performer gives up: the checker keeps the deposit."""
    opened = market.open(bond(), asset=asset)
    market.assert_closed(opened, refund(market, opened), REFUNDED, asset=asset, **BACK)


def test_refund_pays_the_checker_not_the_funder(market, people, token):
    courier = people["courier"]
    opened = market.open(
        goods(AMOUNT, funder=2, performer=0, checker=1),
        parties=(market.seller, courier, None),
        signers=(market.seller, courier),
        asset=token,
    )
    receipt = refund(market, opened)
    market.assert_closed(opened, receipt, REFUNDED, asset=token, **BACK)
    assert market.gained(receipt, token, market.buyer) == 0


@pytest.mark.parametrize("who", ["buyer", "stranger", "arbitrator", "timelock"])
def test_refund_by_another(market, people, who):
    opened = market.open()
    with reverts("Escrow_NotPerformer", people[who]):
        market.escrow.refund(opened.packed, 0, {"from": people[who].account})
