"""perform

├── the caller is not the tranche's performer → NotPerformer
├── the tranche is not open → WrongStatus
├── the due time has passed → TooLate
└── up to and including it
    ├── the tranche is performed, and the review runs from now
    └── no money moves
"""

from dataclasses import replace

import pytest
from hexbytes import HexBytes

from tests.contracts.escrow.actions import perform
from tests.contracts.escrow.market import (
    DAY,
    DUE_IN,
    LAPSED,
    OPEN,
    PERFORMED,
    REVIEW,
    bond,
    goods,
)
from tests.contracts.expect import reverts


def test_perform(market, asset):
    opened = market.open(asset=asset)
    market.next_at(opened.opened_at + 1_000)
    receipt = perform(market, opened)
    event = receipt.events["TranchePerformed"]
    assert (HexBytes(event["tradeId"]), event["tranche"]) == (opened.id, 0)
    assert market.status(opened) == PERFORMED
    assert market.gained(receipt, asset, market.escrow) == 0
    outcome, due_at, *_ = market.escrow.nextDefault(opened.packed)[0]
    assert (outcome, due_at) == (LAPSED, opened.opened_at + 1_000 + REVIEW)


def test_perform_in_the_second_of_the_opening(market):
    """A cell that says performed after no time is not the cell of an open tranche."""
    opened = market.open(goods(due_in=1))
    market.next_at(opened.opened_at + 1)
    perform(market, opened)
    assert market.status(opened) == PERFORMED


def test_perform_by_the_funder_of_a_bond(market):
    opened = market.open(bond())
    perform(market, opened)
    assert market.status(opened) == PERFORMED


@pytest.mark.parametrize("who", ["buyer", "stranger", "arbitrator", "timelock"])
def test_perform_by_another(market, people, who):
    opened = market.open()
    with reverts("Escrow_NotPerformer", people[who]):
        market.escrow.perform(opened.packed, 0, {"from": people[who].account})


def test_perform_another_performers_tranche(market):
    opened = market.open(goods(), bond())
    with reverts("Escrow_NotPerformer", market.seller):
        market.escrow.perform(opened.packed, 1, {"from": market.seller.account})


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_perform_around_the_due_time_E13(market, second):
    opened = market.open()
    due_at = opened.opened_at + DUE_IN
    market.next_at(due_at + second)
    if second <= 0:
        perform(market, opened)
        return
    with reverts("Escrow_TooLate", HexBytes(opened.id), 0, due_at):
        perform(market, opened)


def test_perform_each_tranche_by_its_own_due_time(market):
    opened = market.open(goods(due_in=DAY), goods(due_in=2 * DAY))
    market.mine_at(opened.opened_at + DAY + 1)
    with reverts("Escrow_TooLate", HexBytes(opened.id), 0, opened.opened_at + DAY):
        perform(market, opened, 0)
    perform(market, opened, 1)
    assert [market.status(opened, i) for i in (0, 1)] == [OPEN, PERFORMED]


def test_perform_with_a_longer_due_time_than_agreed_E16(market):
    """The terms travel with the call; other terms are another trade."""
    opened = market.open()
    tranche = replace(opened.tranche(), due_in=DUE_IN * 2)
    market.mine_at(opened.opened_at + DUE_IN + 1)
    with reverts("Escrow_UnknownTrade", unknown(market, opened, tranche)):
        market.escrow.perform(
            opened.altered(tranches=(tranche,)), 0, {"from": market.seller.account}
        )


def unknown(market, opened, tranche):
    """The id that the altered trade would have."""
    terms = replace(opened.offer.terms, tranches=(tranche,))
    other = replace(opened.offer, terms=terms)
    return HexBytes(market.escrow.tradeIdOf(market.escrow.hashOffer(other.pack()), 0))
