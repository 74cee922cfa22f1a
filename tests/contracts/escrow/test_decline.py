"""decline

├── the caller is not the arbitrator of the pinned rules → NotArbitrator
├── the tranche is not disputed → WrongStatus (see test_statuses)
├── the ruling period has passed → TooLate
└── up to and including its last second: the pinned default, whatever the newest rules say
"""

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.actions import decline, in_status
from tests.contracts.escrow.market import DAY, DEFAULTED, DISPUTED, HOUR, RULING_PERIOD
from tests.contracts.expect import reverts

# 30% of 1,000,003 at 250 bps: 300,000.9 less 7,500.0225
PERFORMER, CHECKER, FEE = 292_500, 700_003, 7_500


def test_decline(market, asset):
    opened = in_status(market, DISPUTED, asset=asset)
    receipt = decline(market, opened)
    event = receipt.events["TrancheDefaulted"]
    assert HexBytes(event["tradeId"]) == opened.id
    assert (event["tranche"], event["performerBps"], event["fee"]) == (0, 3_000, FEE)
    sums = {"performer": PERFORMER, "checker": CHECKER, "fee": FEE}
    market.assert_closed(opened, receipt, DEFAULTED, **sums, asset=asset)


def test_decline_under_newer_rules_E11(market, rules, people):
    opened = in_status(market, DISPUTED)
    newer = (people["stranger"].address, RULING_PERIOD + DAY, 9_000)
    rules.setDisputeRules(newer, {"from": people["timelock"].account})
    market.mine_at(market.now + HOUR)
    assert rules.currentVersion() == 2
    with reverts("Escrow_NotArbitrator", people["stranger"]):
        market.escrow.decline(opened.packed, 0, {"from": people["stranger"].account})
    receipt = decline(market, opened)
    sums = {"performer": PERFORMER, "checker": CHECKER, "fee": FEE}
    market.assert_closed(opened, receipt, DEFAULTED, **sums)


@pytest.mark.parametrize("who", ["seller", "buyer", "stranger", "timelock", "guardian", "deployer"])
def test_decline_by_another(market, people, who):
    opened = in_status(market, DISPUTED)
    with reverts("Escrow_NotArbitrator", people[who]):
        market.escrow.decline(opened.packed, 0, {"from": people[who].account})


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_decline_around_the_end_of_the_ruling_period_E13(market, second):
    opened = in_status(market, DISPUTED)
    last = market.now + RULING_PERIOD
    market.next_at(last + second)
    if second <= 0:
        decline(market, opened)
        return
    with reverts("Escrow_TooLate", HexBytes(opened.id), 0, last):
        decline(market, opened)
