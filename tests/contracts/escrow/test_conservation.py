"""Every split of every amount adds up, to the unit (E10)

amount * bps / 10,000, rounded down, is the performer's; the rest is the checker's; of what is the
performer's, feeBps / 10,000, rounded down, is the fee, unless it funded the tranche itself.
"""

import random

import pytest

from tests.contracts.escrow.actions import ACTIONS, advance, split
from tests.contracts.escrow.market import (
    ACCEPTED,
    DEFAULTED,
    FEES,
    FINAL,
    LAPSED,
    MISSED,
    REFUNDED,
    RULED,
    SPLIT,
    bond,
    goods,
)
from tests.contracts.expect import plain

WIDEST = 2**128 - 1
DUST = [1, 2, 3, 7, 9, 39, 40, 41, 99, 101, 9_999, 10_000, 10_001, 19_999]
LARGE = [10**18 + 1, 10**24 - 1, 2**64, 2**96 + 1, 2**127 - 1, WIDEST - 1, WIDEST]
SHARES = [0, 1, 2, 33, 4_999, 5_000, 5_001, 9_967, 9_998, 9_999, 10_000]


def shares(amount: int, bps: int, fee_bps: int, own: bool) -> tuple[int, int, int]:
    """Performer, checker, fee."""
    performer = amount * bps // 10_000
    fee = 0 if own else performer * fee_bps // 10_000
    return performer - fee, amount - performer, fee


@pytest.mark.parametrize("kind", [1, 4, 9, 10])
@pytest.mark.parametrize("own", [False, True])
def test_every_split_of_every_amount_E10(market, token, people, kind, own):
    """Twenty tranches at a time, closed by signed splits."""
    chosen = random.Random(kind)
    amounts = [*DUST, *LARGE[: 20 - len(DUST)]] if own else [*DUST[-13:], *LARGE]
    token.mint(market.buyer.address, sum(amounts), {"from": people["deployer"].account})
    make = bond if own else goods
    opened = market.open(*map(make, amounts), asset=token, kind=kind, max_fee_bps=1_000)
    total = {"sides": 0, "fee": 0}
    for index, amount in enumerate(amounts):
        bps = chosen.choice(SHARES)
        receipt = split(market, opened, index, bps=bps)
        expected = shares(amount, bps, FEES[kind - 1], own)
        performer, checker = (1, 0) if own else (0, 1)
        sides = (market.seller, market.buyer)
        gains = [market.gained(receipt, token, sides[i]) for i in (performer, checker)]
        fee = market.owed(receipt, token, people["treasury"])
        assert (*gains, fee) == expected
        total["sides"] += sum(gains)
        total["fee"] += fee
    assert total["sides"] + total["fee"] == sum(amounts)
    assert token.balanceOf(market.escrow) == total["fee"]
    if total["fee"]:
        treasury = people["treasury"]
        market.escrow.withdraw(
            treasury.address, token, treasury.address, {"from": treasury.account}
        )
    assert token.balanceOf(market.escrow) == 0


@pytest.mark.parametrize("bps", SHARES)
def test_every_share_of_one_amount_by_ruling_E10(market, bps):
    opened = market.open(goods(10_007), kind=10, max_fee_bps=1_000)
    advance(market, opened, 3)
    receipt = market.escrow.rule(
        opened.packed, 0, bps, {"from": market.people["arbitrator"].account}
    )
    performer, checker, fee = shares(10_007, bps, 1_000, own=False)
    market.assert_closed(opened, receipt, RULED, performer=performer, checker=checker, fee=fee)


@pytest.mark.parametrize("seed", range(4))
def test_a_market_that_closes_everything_is_empty_E10_E12(market, asset, people, seed):
    """Trades of all sizes, closed in all ways, then every credit withdrawn."""
    chosen = random.Random(seed)
    paid_in = 0
    for _ in range(6):
        size = chosen.choice([1, 2, 4, 5, 9])
        make = [chosen.choice([goods, bond]) for _ in range(size)]
        tranches = [one(chosen.choice([1, 39, 10_007, 10**12 + 7])) for one in make]
        kind = chosen.randrange(1, 11)
        opened = market.open(*tranches, asset=asset, kind=kind, max_fee_bps=1_000)
        paid_in += sum(t.amount for t in tranches)
        for index in chosen.sample(range(size), size):
            if market.now > opened.opened_at + tranches[index].due_in:
                ACTIONS["expire"](market, opened, index)
            else:
                advance(market, opened, chosen.choice(FINAL), index)
        states = plain(market.escrow.tranchesOf(opened.packed))[1]
        for tranche, state in zip(tranches, states, strict=True):
            assert state[0] in (ACCEPTED, REFUNDED, LAPSED, MISSED, SPLIT, RULED, DEFAULTED)
            own = tranche.funder == tranche.performer
            assert state[3:] == shares(tranche.amount, state[2], FEES[kind - 1], own)
    treasury = people["treasury"]
    fees = market.credit(treasury, asset)
    assert market.held(asset, market.escrow) == fees < paid_in
    market.escrow.withdraw(treasury.address, asset, treasury.address, {"from": treasury.account})
    assert market.held(asset, market.escrow) == 0
