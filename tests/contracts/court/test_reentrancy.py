"""A payee that calls back or refuses: when a ruling is carried out (J8), when the court pays."""

import pytest

from tests.contracts.court.world import CLOSED, FEE, Dispute
from tests.contracts.escrow.between_contracts import bring_to, hire, open_between
from tests.contracts.escrow.market import AMOUNT, DISPUTED, RULED
from tests.contracts.expect import event


@pytest.fixture
def sides(room, StubPayee):
    """Two contracts, and a case between them that is decided for a split of half."""
    market = room.market
    hired = [hire(market, StubPayee, "seller"), hire(market, StubPayee, "buyer")]
    opened = open_between(market, hired)
    bring_to(market, hired, opened, DISPUTED)
    return hired, opened


def decided(room, sides):
    hired, opened = sides
    dispute = Case(room, opened)
    hired[1].send(room.court.openCase, opened.packed, 0, value=FEE)
    hired[0].send(room.court.join, dispute.id, value=FEE)
    dispute.to_decision(5_000, 5_000, 5_000)
    return dispute


class Case(Dispute):
    def to_evidence(self):
        """It is there already."""


def test_a_payee_that_calls_back_at_the_ruling_J8(room, sides):
    hired, opened = sides
    dispute = decided(room, sides)
    again = room.court.execute.encode_input(dispute.id, opened.packed)
    hired[0].set("setCall", room.court.address, again)
    receipt = dispute.execute()
    (reaction,) = receipt.events["Reacted"]
    assert not reaction["success"]
    assert dispute.status == CLOSED
    assert room.market.status(opened) == RULED


def test_a_payee_that_refuses_at_the_ruling_J8(room, sides):
    """It is owed by the Escrow; the other is paid, and the jurors."""
    hired, _opened = sides
    dispute = decided(room, sides)
    hired[0].set("setMood", 1)
    receipt = dispute.execute()
    assert event(receipt, "CaseClosed")["how"] == 1
    assert room.market.escrow.creditOf(hired[0].address, "0x" + "00" * 20) > 0
    assert room.market.gained(receipt, "0x" + "00" * 20, hired[1].contract) == AMOUNT - AMOUNT // 2
    assert event(dispute.settle(), "RoundSettled")["paid"] == 0b111


def test_a_payee_that_calls_back_when_the_court_pays_it_J8(room, sides):
    """It gets its credit once."""
    hired, _ = sides
    decided(room, sides)
    owed = room.credit(hired[0])
    assert owed == FEE // 2
    again = room.court.withdraw.encode_input(hired[0].address, hired[0].address)
    hired[0].set("setCall", room.court.address, again)
    before = hired[0].contract.balance()
    receipt = room.court.withdraw(hired[0].address, hired[0].address, {"from": room.stranger})
    (reaction,) = receipt.events["Reacted"]
    assert not reaction["success"]
    assert hired[0].contract.balance() - before == owed


def test_a_payee_that_refuses_the_court_holds_up_nobody_J8(room, sides):
    hired, _ = sides
    dispute = decided(room, sides)
    hired[0].set("setMood", 1)
    dispute.execute()
    dispute.settle()
    room.court.withdraw(hired[1].address, hired[1].address, {"from": room.stranger})
    assert room.credit(hired[1]) == 0
