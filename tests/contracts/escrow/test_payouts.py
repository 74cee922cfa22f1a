"""Money out is never blocked

├── one side refuses its payment, whatever way it closes
│   ├── it has a credit of just that sum, and the log says so
│   ├── the other side is paid
│   └── the tranche is final
└── the token does odd things when it pays out: the same
"""

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import accept, expire, in_status, past_due, refund, rule, split
from tests.contracts.escrow.between_contracts import bring_to, close, hire, open_between
from tests.contracts.escrow.market import (
    ACCEPTED,
    AMOUNT,
    DEFAULTED,
    DISPUTED,
    LAPSED,
    MISSED,
    OPEN,
    PERFORMED,
    REFUNDED,
    RULED,
    SPLIT,
)

TAKE, REFUSE, BURN_GAS, LONG_REFUSAL = range(4)
TRUE, NOTHING, FALSE, TWO, SHORT, LONG = range(6)
MOVE, FEE, SKIP, REVERT, BURN, SHRINK = range(6)

# how it closes: from which status, by what, and to whom how much of 1,000,003
ENDINGS = {
    ACCEPTED: (OPEN, accept, {"performer": 975_003, "checker": 0, "fee": 25_000}),
    REFUNDED: (OPEN, refund, {"performer": 0, "checker": AMOUNT, "fee": 0}),
    LAPSED: (PERFORMED, expire, {"performer": 975_003, "checker": 0, "fee": 25_000}),
    MISSED: (OPEN, expire, {"performer": 0, "checker": AMOUNT, "fee": 0}),
    SPLIT: (OPEN, split, {"performer": 487_501, "checker": 500_002, "fee": 12_500}),
    RULED: (DISPUTED, rule, {"performer": 487_501, "checker": 500_002, "fee": 12_500}),
    DEFAULTED: (DISPUTED, expire, {"performer": 292_500, "checker": 700_003, "fee": 7_500}),
}


@pytest.fixture
def sides(market, StubPayee):
    """A seller and a buyer that are contracts."""
    return [hire(market, StubPayee, name) for name in ("seller", "buyer")]


@pytest.mark.parametrize("mood", [REFUSE, BURN_GAS, LONG_REFUSAL])
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("outcome", ENDINGS)
def test_a_side_that_refuses_coin_E3(market, sides, outcome, side, mood):
    status, action, sums = ENDINGS[outcome]
    opened = open_between(market, sides)
    bring_to(market, sides, opened, status)
    sides[side].set("setMood", mood)
    receipt = close(market, sides, opened, action)
    market.assert_closed(opened, receipt, outcome, credited=[sides[side]], **sums)
    due = (sums["performer"], sums["checker"])[side]
    logged = [e for e in receipt.events if e.name == "Credited"]
    told = [(e["account"], e["asset"], e["amount"]) for e in logged]
    assert told == ([(sides[side].address, ZERO_ADDRESS, due)] if due else [])


@pytest.mark.parametrize("outcome", ENDINGS)
def test_both_sides_refuse_coin_E3(market, sides, outcome):
    status, action, sums = ENDINGS[outcome]
    opened = open_between(market, sides)
    bring_to(market, sides, opened, status)
    for side in sides:
        side.set("setMood", REFUSE)
    receipt = close(market, sides, opened, action)
    market.assert_closed(opened, receipt, outcome, credited=sides, **sums)


@pytest.mark.parametrize("side", ["seller", "buyer"])
@pytest.mark.parametrize("outcome", ENDINGS)
def test_a_side_whom_the_token_denies_E3(market, odd, people, outcome, side):
    status, action, sums = ENDINGS[outcome]
    opened = in_status(market, status, asset=odd)
    odd.setDenied(people[side].address, True, {"from": market.buyer.account})
    if action is expire:
        past_due(market, opened)
    receipt = action(market, opened)
    market.assert_closed(opened, receipt, outcome, asset=odd, credited=[people[side]], **sums)


@pytest.mark.parametrize("outcome", [ACCEPTED, MISSED, RULED])
def test_the_token_denies_the_escrow_itself_E3(market, odd, outcome):
    """Its tokens are stuck for now, as credits; nothing else is."""
    status, action, sums = ENDINGS[outcome]
    opened = in_status(market, status, asset=odd)
    odd.setDenied(market.escrow, True, {"from": market.buyer.account})
    if action is expire:
        past_due(market, opened)
    both = [market.seller, market.buyer]
    receipt = action(market, opened)
    market.assert_closed(opened, receipt, outcome, asset=odd, credited=both, **sums)
    odd.setDenied(market.escrow, False, {"from": market.buyer.account})
    for person in both:
        due = market.credit(person, odd)
        if due:
            paid = market.escrow.withdraw(
                person.address, odd, person.address, {"from": person.account}
            )
            assert market.gained(paid, odd, person) == due


@pytest.mark.parametrize("answer", [TRUE, NOTHING, LONG])
def test_paying_in_a_token_that_answers_true_or_nothing_E6(market, odd, answer):
    opened = in_status(market, DISPUTED, asset=odd)
    odd.setAnswer(answer, {"from": market.buyer.account})
    receipt = rule(market, opened)
    market.assert_closed(opened, receipt, RULED, asset=odd, **ENDINGS[RULED][2])


@pytest.mark.parametrize("act_", [REVERT, BURN])
def test_paying_in_a_token_that_reverts_E6(market, odd, act_):
    opened = in_status(market, DISPUTED, asset=odd)
    odd.setAct(act_, {"from": market.buyer.account})
    receipt = rule(market, opened)
    both = [market.seller, market.buyer]
    market.assert_closed(opened, receipt, RULED, asset=odd, credited=both, **ENDINGS[RULED][2])


@pytest.mark.parametrize("answer", [FALSE, TWO, SHORT])
def test_paying_in_a_token_that_does_not_say_true_E6(market, odd, answer):
    """It moves nothing and says so, clearly or not."""
    opened = in_status(market, DISPUTED, asset=odd)
    odd.setAct(SKIP, {"from": market.buyer.account})
    odd.setAnswer(answer, {"from": market.buyer.account})
    receipt = rule(market, opened)
    both = [market.seller, market.buyer]
    market.assert_closed(opened, receipt, RULED, asset=odd, credited=both, **ENDINGS[RULED][2])


def test_a_token_that_shrinks_touches_no_other_asset_E5(market, odd, token):
    """The last ones to leave find it empty: a credit. Coin and other tokens are all there."""
    trades = [market.open(asset=odd) for _ in range(2)]
    others = [market.open(asset=token), market.open()]
    odd.setAct(SHRINK, {"from": market.buyer.account})
    odd.transfer(market.escrow, 1, {"from": market.buyer.account})
    odd.setAct(MOVE, {"from": market.buyer.account})
    assert odd.balanceOf(market.escrow) == AMOUNT + 1  # half of two amounts and a unit
    first, last = (refund(market, opened) for opened in trades)
    market.assert_closed(trades[0], first, REFUNDED, asset=odd, **ENDINGS[REFUNDED][2])
    market.assert_closed(
        trades[1], last, REFUNDED, asset=odd, credited=[market.buyer], **ENDINGS[REFUNDED][2]
    )
    for opened, asset in zip(others, (token, ZERO_ADDRESS), strict=True):
        market.assert_closed(
            opened, accept(market, opened), ACCEPTED, asset=asset, **ENDINGS[ACCEPTED][2]
        )


def test_a_token_that_vanished(market, odd, web3):
    """Without code nothing is believed to be paid."""
    opened = market.open(asset=odd)
    web3.provider.make_request("anvil_setCode", [odd.address, "0x"])
    receipt = accept(market, opened)
    assert [e["amount"] for e in receipt.events["Credited"]] == [975_003]
    assert market.status(opened) == ACCEPTED
