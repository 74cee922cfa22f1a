"""On which exits the fee is due, and how it can be avoided (E24)

├── a performer who is not the funder is paid: accepted, lapsed, split, ruled, defaulted: the fee
├── a performer gets its own money back: no fee
├── the checker is paid: no fee
└── what cannot be prevented
    ├── giving up and paying outside: without escrow, without reputation
    ├── a forfeit: the payer as performer gives up in favour of the payee as checker
    └── amounts so small that the fee is rounded away
"""

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import accept, expire, in_status, past_due, refund, rule, split
from tests.contracts.escrow.market import (
    ACCEPTED,
    AMOUNT,
    DEFAULTED,
    DISPUTED,
    FINAL,
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

ALL = 10_000
SHARE = {ACCEPTED: ALL, REFUNDED: 0, LAPSED: ALL, MISSED: 0, SPLIT: 5_000, RULED: 5_000} | {
    DEFAULTED: 3_000
}


@pytest.mark.parametrize("status", FINAL)
def test_fee_of_every_exit(market, asset, status):
    """The same rate of whatever the performer is paid, on whichever way."""
    in_status(market, status, asset=asset)
    fee = AMOUNT * SHARE[status] // ALL * 250 // ALL
    assert market.credit(market.people["treasury"], asset) == fee


@pytest.mark.parametrize("status", FINAL)
def test_no_fee_of_ones_own_money(market, asset, status):
    in_status(market, status, bond(), asset=asset)
    assert market.credit(market.people["treasury"], asset) == 0


def test_no_way_to_all_of_it_is_cheaper_than_another_E24(market):
    """By acceptance, ruling, signed split or silence: all for the performer costs the same."""
    ways = {
        "accept": (OPEN, lambda o: accept(market, o)),
        "split": (OPEN, lambda o: split(market, o, bps=ALL)),
        "split in a dispute": (DISPUTED, lambda o: split(market, o, bps=ALL)),
        "accept in a dispute": (DISPUTED, lambda o: accept(market, o)),
        "ruling": (DISPUTED, lambda o: rule(market, o, bps=ALL)),
        "silence": (PERFORMED, lambda o: (past_due(market, o), expire(market, o))[1]),
    }
    for name, (status, way) in ways.items():
        receipt = way(in_status(market, status))
        assert market.gained(receipt, ZERO_ADDRESS, market.seller) == 975_003, name
        assert market.owed(receipt, ZERO_ADDRESS, market.people["treasury"]) == 25_000, name


def test_cutting_it_into_tranches_does_not_help_E24(market):
    """Each rounds the fee down by less than a unit."""
    opened = market.open(*[goods(50_001)] * 20)
    for index in range(20):
        accept(market, opened, index)
    whole = 20 * 50_001 * 250 // ALL
    assert 0 <= whole - market.credit(market.people["treasury"], ZERO_ADDRESS) < 20


def test_giving_up_and_paying_outside_E24(market):
    """Not preventable: the performer gives its claim up first, and then hopes."""
    opened = market.open()
    receipt = refund(market, opened)
    assert market.gained(receipt, ZERO_ADDRESS, market.buyer) == AMOUNT
    assert market.owed(receipt, ZERO_ADDRESS, market.people["treasury"]) == 0


def test_splitting_to_nothing_and_paying_outside_E24(market):
    opened = market.open()
    receipt = split(market, opened, bps=0)
    assert market.gained(receipt, ZERO_ADDRESS, market.buyer) == AMOUNT
    assert market.owed(receipt, ZERO_ADDRESS, market.people["treasury"]) == 0


def test_forfeiting_instead_of_paying_E24(market):
    """Not preventable without charging deposits: the buyer 'fails to perform' on purpose.

    The seller has no protection: the buyer can perform, and win by the seller's silence.
    """
    opened = market.open(bond())  # funded and performed by the buyer, checked by the seller
    receipt = refund(market, opened)
    assert market.gained(receipt, ZERO_ADDRESS, market.seller) == AMOUNT
    assert market.owed(receipt, ZERO_ADDRESS, market.people["treasury"]) == 0


def test_rounding_the_fee_away_E24(market):
    """Below 40 units at 250 bps; the gas of it costs more than any unit is worth."""
    opened = market.open(*[goods(39)] * 20)
    receipts = [accept(market, opened, index) for index in range(20)]
    assert market.credit(market.people["treasury"], ZERO_ADDRESS) == 0
    assert min(r.gas_used for r in receipts) > 20_000
