"""withdraw

├── no receiver → ZeroAddress
├── to another, by somebody else → NotOwner
├── nothing is owed → NoCredit
├── the receiver refuses → PayoutFailed; the credit stays
└── else: by the owner to anybody, by anybody to the owner
"""

import pytest

from tests.contracts.court.world import FEE
from tests.contracts.expect import ZERO, event, reverts


@pytest.fixture
def owed(room):
    """The buyer is owed its deposit."""
    dispute = room.dispute()
    dispute.open()
    dispute.past()
    return room.people["buyer"]


def test_withdraw_to_another(room, owed):
    courier = room.people["courier"]
    before = courier.account.balance()
    receipt = room.court.withdraw(owed.address, courier.address, {"from": owed.account})
    assert event(receipt, "Withdrawn") == {
        "account": owed.address,
        "to": courier.address,
        "amount": FEE,
    }
    assert receipt.return_value == FEE
    assert courier.account.balance() - before == FEE
    assert room.credit(owed) == 0
    with reverts("Court_NoCredit", owed):
        room.court.withdraw(owed.address, owed.address, {"from": owed.account})


def test_withdraw_for_another(room, owed):
    before = owed.account.balance()
    room.court.withdraw(owed.address, owed.address, {"from": room.stranger})
    assert owed.account.balance() - before == FEE


def test_withdraw_anothers_to_oneself(room, owed):
    with reverts("Court_NotOwner", owed):
        room.court.withdraw(owed.address, room.stranger, {"from": room.stranger})


def test_withdraw_to_nobody(room, owed):
    with reverts("Court_ZeroAddress"):
        room.court.withdraw(owed.address, ZERO, {"from": owed.account})


def test_withdraw_to_who_refuses(room, owed):
    """The Escrow takes no coin without a trade."""
    escrow = room.market.escrow
    with reverts("Court_PayoutFailed", escrow):
        room.court.withdraw(owed.address, escrow, {"from": owed.account})
    assert room.credit(owed) == FEE
