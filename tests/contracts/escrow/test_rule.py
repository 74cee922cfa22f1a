"""rule

├── the caller is not the arbitrator of the pinned rules → NotArbitrator
├── the tranche is not disputed → WrongStatus (see test_statuses)
├── the ruling period has passed → TooLate
├── the share is above 10,000 → BadSplit
└── up to and including its last second
    ├── the performer is paid its share, rounded down, less the fee
    └── the checker is paid the rest
"""

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.actions import in_status, rule
from tests.contracts.escrow.market import AMOUNT, DISPUTED, RULED, RULING_PERIOD, bond, goods
from tests.contracts.expect import reverts

# share, performer, checker, fee of 1,000,003 at 250 bps
SHARES = [
    (0, 0, 1_000_003, 0),
    (1, 98, 999_903, 2),  # 100.0003; fee 2.5
    (3_333, 324_968, 666_703, 8_332),  # 333,300.9999; fee 8,332.5
    (5_000, 487_501, 500_002, 12_500),  # 500,001.5; fee 12,500.025
    (9_999, 974_905, 101, 24_997),  # 999,902.9997; fee 24,997.55
    (10_000, 975_003, 0, 25_000),
]


@pytest.mark.parametrize(("bps", "performer", "checker", "fee"), SHARES)
def test_rule(market, asset, bps, performer, checker, fee):
    opened = in_status(market, DISPUTED, asset=asset)
    receipt = rule(market, opened, bps=bps)
    event = receipt.events["TrancheRuled"]
    told = event["tranche"], event["performerBps"], event["fee"]
    assert HexBytes(event["tradeId"]) == opened.id
    assert told == (0, bps, fee)
    market.assert_closed(
        opened, receipt, RULED, performer=performer, checker=checker, fee=fee, asset=asset
    )


def test_rule_on_a_bond_without_fee(market):
    opened = in_status(market, DISPUTED, bond())
    receipt = rule(market, opened, bps=2_500)
    market.assert_closed(opened, receipt, RULED, performer=250_000, checker=750_003, fee=0)


@pytest.mark.parametrize("who", ["seller", "buyer", "stranger", "timelock", "guardian", "deployer"])
def test_rule_by_another(market, people, who):
    opened = in_status(market, DISPUTED)
    with reverts("Escrow_NotArbitrator", people[who]):
        market.escrow.rule(opened.packed, 0, 5_000, {"from": people[who].account})


@pytest.mark.parametrize("bps", [10_001, 2**14, 2**128, 2**256 - 1])
def test_rule_more_than_all(market, bps):
    """Nor what would spill out of the cell's 14 bits."""
    opened = in_status(market, DISPUTED)
    with reverts("Escrow_BadSplit", bps):
        rule(market, opened, bps=bps)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_rule_around_the_end_of_the_ruling_period_E13(market, second):
    opened = in_status(market, DISPUTED)
    last = market.now + RULING_PERIOD
    market.next_at(last + second)
    if second <= 0:
        rule(market, opened)
        return
    with reverts("Escrow_TooLate", HexBytes(opened.id), 0, last):
        rule(market, opened)


def test_rule_on_each_of_several_tranches(market):
    opened = in_status(market, DISPUTED, goods(), goods(AMOUNT * 2))
    market.escrow.perform(opened.packed, 1, {"from": market.seller.account})
    market.escrow.dispute(opened.packed, 1, {"from": market.buyer.account})
    rule(market, opened, 1, bps=0)
    assert [market.status(opened, i) for i in (0, 1)] == [DISPUTED, RULED]
