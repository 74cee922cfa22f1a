"""A payee or a token that calls back

├── into what moves money: refused, whatever let it in
├── into what does not (perform, dispute, cancel): as if it came alone, and it changes no payment
└── into the views: what it reads is final already
"""

import pytest
from eth_utils import keccak
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import accept, expire, refund, rule, split
from tests.contracts.escrow.between_contracts import bring_to, close, hire, open_between
from tests.contracts.escrow.market import (
    ACCEPTED,
    AMOUNT,
    DISPUTED,
    LAPSED,
    MISSED,
    OPEN,
    PERFORMED,
    REFUNDED,
    RULED,
    SPLIT,
    bond,
    goods,
)

REFUSED = HexBytes(keccak(text="ReentrancyGuardReentrantCall()")[:4])
REFUSE = 1
FOR_EVER = 2**40 - 1

# how money goes out: from which status, by what, to which side first
EXITS = {
    "accept": (OPEN, accept, ACCEPTED, 0),
    "refund": (OPEN, refund, REFUNDED, 1),
    "lapse": (PERFORMED, expire, LAPSED, 0),
    "miss": (OPEN, expire, MISSED, 1),
    "rule": (DISPUTED, rule, RULED, 0),
    "split": (OPEN, split, SPLIT, 1),
}


@pytest.fixture(params=["coin", "token"])
def asset(request, odd):
    return ZERO_ADDRESS if request.param == "coin" else odd


@pytest.fixture
def sides(market, StubPayee, odd):
    made = [hire(market, StubPayee, name, odd) for name in ("seller", "buyer")]
    for side in made:
        odd.setHooked(side.address, True, {"from": side.owner.account})
    return made


def calls_back(market, sides, opened):
    """Every function that moves money, with arguments that would do it."""
    trade = opened.packed
    offer = market.offer(goods(1), parties=(sides[0], None), kind=4)
    signed = market.sign(offer, sides[0].owner)
    halves = [market.sign_split(opened.id, s.owner, 5_000, FOR_EVER, 1) for s in sides]
    return {
        "openTrade": (offer.pack(), 0, signed),
        "openTradeWithPermits": (offer.pack(), 0, signed, []),
        "accept": (trade, 1),
        "refund": (trade, 1),
        "rule": (trade, 1, 5_000),
        "split": (trade, 1, 5_000, FOR_EVER, *halves),
        "expire": (trade, 1),
        "expireBatch": ([trade], [1]),
        "withdraw": (sides[0].address, ZERO_ADDRESS, sides[0].address),
    }


GUARDED = (
    "openTrade",
    "openTradeWithPermits",
    "accept",
    "refund",
    "rule",
    "split",
    "expire",
    "expireBatch",
    "withdraw",
)


def reaction(receipt):
    """What came of the call that the payee made."""
    event = receipt.events["Reacted"]
    return event["success"], HexBytes(event["answer"])


@pytest.mark.parametrize("function", GUARDED)
@pytest.mark.parametrize("exit_", EXITS)
def test_calling_back_when_paid_E1(market, sides, asset, exit_, function):
    """The second tranche of the trade is open: it would be the payee's to take."""
    status, action, outcome, paid = EXITS[exit_]
    opened = open_between(market, sides, goods(), goods(), asset=asset)
    bring_to(market, sides, opened, status)
    args = calls_back(market, sides, opened)[function]
    data = getattr(market.escrow, function).encode_input(*args)
    sides[paid].set("setCall", market.escrow, data)
    receipt = close(market, sides, opened, action)
    assert reaction(receipt) == (False, REFUSED)
    assert market.status(opened, 0) == outcome
    assert market.status(opened, 1) == OPEN
    assert "Credited" not in receipt.events  # it was paid all the same
    out = market.gained(receipt, asset, market.escrow)
    fee = market.owed(receipt, asset, market.people["treasury"])
    assert out == fee - AMOUNT


@pytest.mark.parametrize("function", GUARDED)
def test_calling_back_when_withdrawing_E1(market, sides, asset, function):
    opened = open_between(market, sides, goods(), goods(), asset=asset)
    sides[0].set("setMood", REFUSE)
    close(market, sides, opened, accept)
    due = market.credit(sides[0], asset)
    assert due == AMOUNT - 25_000
    args = calls_back(market, sides, opened)[function]
    if function == "withdraw":  # itself, once more
        args = (sides[0].address, asset, sides[0].address)
    sides[0].set("setCall", market.escrow, getattr(market.escrow, function).encode_input(*args))
    receipt = market.escrow.withdraw(
        sides[0].address, asset, sides[0].address, {"from": market.people["stranger"].account}
    )
    assert reaction(receipt) == (False, REFUSED)
    assert market.gained(receipt, asset, sides[0]) == due
    assert market.credit(sides[0], asset) == 0


@pytest.mark.parametrize("function", GUARDED)
def test_calling_back_when_paying_in_E1(market, sides, odd, function):
    """A token that tells its sender: the trade is being opened, its money is not there yet."""
    opened = open_between(market, sides, goods(), goods(), asset=odd)
    args = calls_back(market, sides, opened)[function]
    sides[1].set("setCall", market.escrow, getattr(market.escrow, function).encode_input(*args))
    offer = market.offer(parties=(sides[0], None), asset=odd)
    receipt = sides[1].send(
        market.escrow.openTrade, offer.pack(), 0, market.sign(offer, sides[0].owner)
    )
    assert reaction(receipt) == (False, REFUSED)
    assert market.gained(receipt, odd, market.escrow) == AMOUNT
    assert [market.status(opened, i) for i in (0, 1)] == [OPEN, OPEN]


@pytest.mark.parametrize("exit_", ["accept", "lapse", "rule"])
def test_performing_another_tranche_when_paid_E1(market, sides, asset, exit_):
    """It may, as at any time: the word that was written is not written over."""
    status, action, outcome, paid = EXITS[exit_]
    opened = open_between(market, sides, goods(review_period=1), goods(), asset=asset)
    bring_to(market, sides, opened, status)
    data = market.escrow.perform.encode_input(opened.packed, 1)
    sides[paid].set("setCall", market.escrow, data)
    receipt = close(market, sides, opened, action)
    assert reaction(receipt)[0] is True
    assert [market.status(opened, i) for i in (0, 1)] == [outcome, PERFORMED]


def test_performing_in_the_midst_of_a_batch_E1(market, sides, asset):
    """Each tranche is looked at when its turn comes."""
    opened = open_between(
        market, sides, bond(due_in=1), goods(due_in=86_400), goods(due_in=1), asset=asset
    )
    market.mine_at(market.now + 100)
    data = market.escrow.perform.encode_input(opened.packed, 1)
    sides[0].set("setCall", market.escrow, data)  # paid by the bond that is missed
    stranger = {"from": market.people["stranger"].account}
    receipt = market.escrow.expireBatch([opened.packed] * 3, [0, 1, 2], stranger)
    assert reaction(receipt)[0] is True
    assert [market.status(opened, i) for i in range(3)] == [MISSED, PERFORMED, MISSED]
    assert market.gained(receipt, asset, market.escrow) == -2 * AMOUNT


def test_disputing_another_tranche_when_paid_E1(market, sides, asset):
    opened = open_between(market, sides, goods(), goods(), asset=asset)
    sides[0].send(market.escrow.perform, opened.packed, 1)
    sides[1].set("setCall", market.escrow, market.escrow.dispute.encode_input(opened.packed, 1))
    receipt = close(market, sides, opened, refund)
    assert reaction(receipt)[0] is True
    assert [market.status(opened, i) for i in (0, 1)] == [REFUNDED, DISPUTED]


def test_performing_the_very_tranche_that_is_being_paid_E1(market, sides, asset):
    opened = open_between(market, sides, asset=asset)
    sides[0].set("setCall", market.escrow, market.escrow.perform.encode_input(opened.packed, 0))
    receipt = close(market, sides, opened, accept)
    success, answer = reaction(receipt)
    assert not success
    assert answer[:4] == keccak(text="Escrow_WrongStatus(bytes32,uint256,uint8)")[:4]
    assert market.status(opened) == ACCEPTED


def test_cancelling_while_paying_in_E1_E23(market, sides, odd):
    """What is being opened is open; no further fill can be."""
    offer = market.offer(parties=(sides[0], sides[1]), asset=odd, fills=2)
    sides[1].set("setCall", market.escrow, market.escrow.cancelOffer.encode_input(offer.pack()))
    signed = market.sign(offer, sides[0].owner)
    receipt = sides[1].send(market.escrow.openTrade, offer.pack(), 0, signed)
    assert reaction(receipt)[0] is True
    assert market.status(market.opened(offer, receipt)) == OPEN
    assert market.escrow.isCancelled(market.escrow.hashOffer(offer.pack())) is True


@pytest.mark.parametrize("exit_", EXITS)
def test_reading_when_paid_E2(market, sides, asset, exit_):
    """The status is final before anybody is paid."""
    status, action, outcome, paid = EXITS[exit_]
    opened = open_between(market, sides, asset=asset)
    bring_to(market, sides, opened, status)
    data = market.escrow.statusOf.encode_input(opened.packed, 0)
    sides[paid].set("setCall", market.escrow, data)
    success, answer = reaction(close(market, sides, opened, action))
    assert (success, int.from_bytes(answer, "big")) == (True, outcome)


def test_reading_ones_credit_when_withdrawing_E2(market, sides, asset):
    opened = open_between(market, sides, asset=asset)
    sides[0].set("setMood", REFUSE)
    close(market, sides, opened, accept)
    data = market.escrow.creditOf.encode_input(sides[0].address, asset)
    sides[0].set("setCall", market.escrow, data)
    receipt = market.escrow.withdraw(
        sides[0].address, asset, sides[0].address, {"from": market.people["stranger"].account}
    )
    assert reaction(receipt) == (True, HexBytes(bytes(32)))


def test_reading_the_fee_when_paid_E2(market, sides, asset):
    """The treasury's credit is booked before the performer is paid."""
    opened = open_between(market, sides, asset=asset)
    data = market.escrow.creditOf.encode_input(market.people["treasury"].address, asset)
    sides[0].set("setCall", market.escrow, data)
    success, answer = reaction(close(market, sides, opened, accept))
    assert (success, int.from_bytes(answer, "big")) == (True, 25_000)
