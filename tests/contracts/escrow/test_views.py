"""statusOf, tranchesOf, nextDefault, wordOf and the plain ones

├── the trade is unknown: statusOf is None, tranchesOf and nextDefault → UnknownTrade
├── the trade is known
│   ├── every tranche's status, since when, and once final who got what
│   ├── what silence leads to, and when
│   └── the same in whichever word and cell it stands
└── the deployment
    └── needs a rule book and a treasury → ZeroAddress
"""

import pytest
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS, Terms
from backend.terms.typed_data import hash_offer, trade_id
from tests.contracts.escrow.actions import advance, in_status, perform, split
from tests.contracts.escrow.market import (
    ACCEPTED,
    AMOUNT,
    DAY,
    DEFAULTED,
    DISPUTED,
    DUE_IN,
    FINAL,
    LAPSED,
    MISSED,
    NONE,
    OPEN,
    PERFORMED,
    REFUNDED,
    REVIEW,
    RULED,
    RULING_PERIOD,
    SPLIT,
    goods,
)
from tests.contracts.expect import plain, reverts

ROUNDED = 2**14  # seconds: of the cells that also hold a share
NOTHING = (0, 0, 0, 0, 0)
# performer's bps and the three sums of 1,000,003 at 250 bps
PAYOUTS = {
    ACCEPTED: (10_000, 975_003, 0, 25_000),
    REFUNDED: (0, 0, AMOUNT, 0),
    LAPSED: (10_000, 975_003, 0, 25_000),
    MISSED: (0, 0, AMOUNT, 0),
    SPLIT: (5_000, 487_501, 500_002, 12_500),
    RULED: (5_000, 487_501, 500_002, 12_500),
    DEFAULTED: (3_000, 292_500, 700_003, 7_500),
}


def states(market, opened):
    return plain(market.escrow.tranchesOf(opened.packed))[1]


@pytest.mark.parametrize("status", [OPEN, PERFORMED, DISPUTED, *FINAL])
def test_tranchesOf_in_every_status(market, status):
    opened = in_status(market, status)
    since = opened.opened_at if status == OPEN else market.now
    if status in (SPLIT, RULED, DEFAULTED):
        since -= (since - opened.opened_at) % ROUNDED
    (state,) = states(market, opened)
    assert state == (status, since, *PAYOUTS.get(status, (0, 0, 0, 0)))


@pytest.mark.parametrize(
    ("status", "outcome", "period", "sums"),
    [
        (OPEN, MISSED, DUE_IN, (0, AMOUNT, 0)),
        (PERFORMED, LAPSED, REVIEW, (975_003, 0, 25_000)),
        (DISPUTED, DEFAULTED, RULING_PERIOD, (292_500, 700_003, 7_500)),
    ],
)
def test_nextDefault(market, status, outcome, period, sums):
    opened = in_status(market, status)
    expected = (outcome, market.now + period, *sums)
    assert plain(market.escrow.nextDefault(opened.packed)) == (expected,)
    market.mine_at(market.now + 100 * DAY)  # it does not move
    assert plain(market.escrow.nextDefault(opened.packed)) == (expected,)


@pytest.mark.parametrize("status", FINAL)
def test_nextDefault_of_a_final_tranche(market, status):
    opened = in_status(market, status)
    assert plain(market.escrow.nextDefault(opened.packed)) == (NOTHING,)


@pytest.mark.parametrize("size", [1, 4, 5, 12, 13, 20])
def test_views_in_whichever_cell_a_tranche_stands(market, size):
    """Each tranche another amount, each its own way; neighbours do not touch one another."""
    opened = market.open(*[goods(10_000 * (i + 1)) for i in range(size)])
    ways = [PERFORMED, ACCEPTED, OPEN, REFUNDED, SPLIT, RULED, DISPUTED]
    for i in reversed(range(size)):
        advance(market, opened, ways[i % 7], i)
    expected = [ways[i % 7] for i in range(size)]
    assert [market.status(opened, i) for i in range(size)] == expected
    found = states(market, opened)
    assert [state[0] for state in found] == expected
    for i, state in enumerate(found):
        if state[0] in FINAL:
            assert sum(state[3:]) == 10_000 * (i + 1)
        if state[0] in (SPLIT, RULED):
            assert state[2] == 5_000
    silence = plain(market.escrow.nextDefault(opened.packed))
    assert [bool(one[0]) for one in silence] == [status not in FINAL for status in expected]


def test_wordOf_is_laid_out_as_drawn(market):
    opened = market.open(goods(), goods(), goods(), goods(), goods())
    assert market.escrow.wordOf(opened.id) % 2**128 == 0
    market.next_at(opened.opened_at + 5)
    perform(market, opened, 1)
    market.next_at(opened.opened_at + 40_000)
    split(market, opened, 3, bps=1_234)
    perform(market, opened, 4)
    cells = market.escrow.wordOf(opened.id) % 2**128
    assert cells >> 96 == SPLIT << 28 | 1_234 << 14 | 40_000 >> 14
    assert cells % 2**96 == (PERFORMED << 28 | 5) << 32


def test_wordOf_an_unknown_trade(market):
    assert market.escrow.wordOf(b"\1" * 32) == 0


@pytest.mark.parametrize("elapsed", [2**28 - 2, 2**28 - 1, 2**28, 2**29])
def test_tranchesOf_times_beyond_a_cell_E14(market, elapsed):
    """After 8.5 years the time of closing stands still."""
    opened = market.open()
    market.next_at(opened.opened_at + elapsed)
    market.escrow.expire(opened.packed, 0, {"from": market.buyer.account})
    state = states(market, opened)[0]
    assert state[:2] == (MISSED, opened.opened_at + min(elapsed, 2**28 - 1))


@pytest.mark.parametrize("elapsed", [2**14 - 1, 2**14, 2**28 - 1, 2**30])
def test_tranchesOf_times_of_a_split_E14(market, elapsed):
    opened = market.open()
    market.next_at(opened.opened_at + elapsed)
    split(market, opened)
    kept = min(elapsed, 2**28 - 1) >> 14 << 14
    assert states(market, opened)[0][:3] == (SPLIT, opened.opened_at + kept, 5_000)


@pytest.mark.parametrize("index", [1, 4, 20, 2**255])
def test_statusOf_an_unknown_tranche(market, index):
    opened = market.open()
    assert market.escrow.statusOf(opened.packed, index) == NONE


def test_views_of_a_trade_without_terms_E16(market):
    """What was never opened is unknown, even if there is nothing to look at."""
    empty = (ZERO_ADDRESS, [], [], b"\0" * 32, 0)
    assert market.escrow.statusOf(empty, 0) == NONE
    unknown = trade_id(hash_offer(Terms(ZERO_ADDRESS, (), ()), bytes(32)), 0)
    for view in (market.escrow.tranchesOf, market.escrow.nextDefault):
        with reverts("Escrow_UnknownTrade", HexBytes(unknown)):
            view(empty)


def test_plain_views(market, people):
    assert market.escrow.treasury() == people["treasury"].address
    assert market.escrow.ruleBook() == market.rules
    assert market.escrow.creditOf(people["guest"].address, ZERO_ADDRESS) == 0
    assert market.escrow.cancelledUntil(people["guest"].address) == 0
    assert market.escrow.isCancelled(b"\1" * 32) is False


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_deploying_without_what_it_needs_E8(Escrow, people, rules, points, labels, missing):
    """Rule book, treasury, reputation; labels alone may be left out."""
    arguments = [rules.address, people["treasury"].address, points.address, labels.address]
    arguments[missing] = ZERO_ADDRESS
    with reverts("Escrow_ZeroAddress"):
        people["deployer"].account.deploy(Escrow, *arguments)
