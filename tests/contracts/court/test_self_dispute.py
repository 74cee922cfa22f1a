"""Both sides of a dispute, and most of its jurors, are one person

├── all three jurors → it loses the market's fee on what the performer is given, and nothing else
├── two of three, the third votes otherwise → it wins what the third loses
└── fewer → it pays the others' fees
"""

import pytest

from tests.contracts.court.world import FEE, JURY, SLASH, STAKE
from tests.contracts.escrow.market import AMOUNT
from tests.contracts.expect import event

MARKET_FEE_BPS = 250
COIN = "0x" + "00" * 20


def wealth(room, dispute, friends):
    """What came back to the sides and their friends, and what friends have staked."""
    executed = dispute.execute()
    dispute.settle()
    sides = (dispute.performer, dispute.checker)
    paid = sum(room.market.gained(executed, COIN, side) for side in sides)
    owed = sum(room.credit(one) for one in (*sides, *friends))
    return paid + owed + sum(room.stake(one)[0] for one in friends)


def market_fee(bps):
    return AMOUNT * bps // 10_000 * MARKET_FEE_BPS // 10_000


@pytest.mark.parametrize("bps", [0, 5_000, 10_000])
def test_a_dispute_with_oneself_before_friends_J14(room, bps):
    dispute = room.dispute()
    dispute.to_decision(bps, bps, bps)
    friends = dispute.seated()
    put_in = AMOUNT + 2 * FEE + 3 * STAKE
    assert put_in - wealth(room, dispute, friends) == market_fee(bps)


def test_a_dispute_with_oneself_before_two_friends_J14(room):
    """The third, who votes by the evidence, loses a slashed share to them: that is the prize."""
    dispute = room.dispute()
    dispute.to_decision(0, 0, 10_000)
    *friends, honest = dispute.seated()
    put_in = AMOUNT + 2 * FEE + 2 * STAKE
    dust = 1 + FEE % 2  # of the odd share and of the odd fee, to the treasury
    assert SLASH % 2 == 1
    assert wealth(room, dispute, friends) - put_in == SLASH - dust
    assert room.stake(honest) == (STAKE - SLASH, 0)


@pytest.mark.parametrize(("friendly", "lost"), [(1, 2), (0, 3)])
def test_a_dispute_with_oneself_before_others_J14(room, friendly, lost):
    """Friends in the minority had better agree; the others' fees are the price."""
    dispute = room.dispute()
    dispute.to_decision(0, 0, 0)
    friends = dispute.seated()[:friendly]
    put_in = AMOUNT + 2 * FEE + friendly * STAKE
    assert put_in - wealth(room, dispute, friends) == lost * JURY.juror_fee


def test_a_dispute_with_oneself_that_is_settled_once_the_panel_is_known_J14(room):
    """Before anybody commits nothing is due: a panel can be looked at for the price of gas."""
    dispute = room.dispute()
    dispute.to_evidence()
    dispute.seed()
    dispute.draw()
    others = dispute.seated()
    escrow, packed = room.market.escrow, dispute.opened.packed
    escrow.refund(packed, dispute.index, {"from": dispute.performer.account})
    closed = dispute.execute()
    assert event(closed, "CaseClosed")["caseId"] == dispute.id
    dispute.settle()
    assert room.credit(dispute.performer) + room.credit(dispute.checker) == 2 * FEE
    assert all(room.stake(one) == (STAKE, 0) and room.credit(one) == 0 for one in others)
