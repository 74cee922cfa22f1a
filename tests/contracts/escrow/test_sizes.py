"""The largest trade and large batches stay within a block's 30 million gas (E18)

The figures of docs/attacks.md are those of this file: change both together.
"""

from backend.terms.offer import ZERO_ADDRESS, Tranche
from tests.contracts.escrow.actions import (
    accept,
    dispute,
    expire,
    past_due,
    perform,
    refund,
    rule,
    split,
)
from tests.contracts.escrow.market import (
    DAY,
    DEFAULTED,
    DUE_IN,
    MISSED,
    REVIEW,
    RULING_PERIOD,
    goods,
)

BLOCK = 30_000_000
BURN_GAS = 4  # what the token does


def largest(market, asset, **times):
    """Twenty tranches between four parties, with every role in many hands."""
    people = market.people
    named = (people["courier"], people["guest"], market.seller)
    funder = (lambda i: 3) if asset == ZERO_ADDRESS else (lambda i: i % 4)
    tranches = [
        Tranche(funder(i), i % 4, (i + 1) % 4, 10**9 + i, DUE_IN, REVIEW) for i in range(20)
    ]
    return market.open(*tranches, parties=(*named, None), signers=named, asset=asset, **times)


def send(market, items):
    """Closes these in one transaction with a block's gas; its raw receipt."""
    trades, tranches = zip(*items, strict=True)
    eth = market.web3.eth
    transaction = {
        "from": market.people["stranger"].address,
        "to": market.escrow.address,
        "data": market.escrow.expireBatch.encode_input(list(trades), list(tranches)),
        "gas": BLOCK,
    }
    receipt = eth.wait_for_transaction_receipt(eth.send_transaction(transaction))
    assert receipt["status"] == 1
    return receipt


def test_the_largest_trade_E18(market, asset):
    opened = largest(market, asset)
    assert opened.receipt.gas_used < (150_000 if asset == ZERO_ADDRESS else 220_000)
    for index, action in enumerate([accept, refund, split, perform]):
        assert action(market, opened, 19 - index).gas_used < 110_000
    assert dispute(market, opened, 16).gas_used < 60_000
    assert rule(market, opened, 16).gas_used < 110_000
    past_due(market, opened, 5)
    assert expire(market, opened, 5).gas_used < 110_000


def test_a_batch_of_one_hundred_small_trades_E18(market):
    """Each costs less than a block's 1,300th part."""
    offer = market.offer(goods(1_000, due_in=DAY), fills=100)
    trades = [market.open(offer=offer, fill=fill) for fill in range(100)]
    market.mine_at(market.now + 2 * DAY)
    receipt = send(market, [(opened.packed, 0) for opened in trades])
    assert receipt["gasUsed"] < 100 * BLOCK / 1_300
    assert {market.status(opened) for opened in trades} == {MISSED}


def test_a_batch_of_the_largest_trades_E18(market, asset):
    """480 tranches, each with all the terms of its twenty: half a block."""
    trades = [largest(market, asset) for _ in range(24)]
    market.mine_at(market.now + DUE_IN + 1)
    receipt = send(market, [(opened.packed, i) for opened in trades for i in range(20)])
    assert receipt["gasUsed"] < BLOCK / 2
    assert {market.status(o, i) for o in trades for i in range(20)} == {MISSED}


def test_a_batch_in_a_token_that_burns_all_gas_E18(market, odd):
    """Two payments a tranche that each use up all that a payment allows, and become credits."""
    trades = [largest(market, odd) for _ in range(2)]
    for opened in trades:
        for index in range(20):
            perform(market, opened, index)
            dispute(market, opened, index)
    odd.setAct(BURN_GAS, {"from": market.buyer.account})
    market.mine_at(market.now + RULING_PERIOD + 1)
    receipt = send(market, [(opened.packed, i) for opened in trades for i in range(20)])
    assert 40 * 2 * 300_000 < receipt["gasUsed"] < BLOCK
    assert {market.status(o, i) for o in trades for i in range(20)} == {DEFAULTED}
