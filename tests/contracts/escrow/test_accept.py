"""accept

├── the caller is not the tranche's checker → NotChecker
├── the tranche is final → WrongStatus
└── the tranche is open, performed or disputed
    ├── the performer is paid the amount less the fee
    ├── the fee, rounded down, is credited to the treasury
    └── the performer funded it: no fee
"""

from tests.contracts.escrow.market import ACCEPTED, AMOUNT
from tests.contracts.expect import reverts


def test_accept(market, asset):
    opened = market.open(asset=asset)
    receipt = market.escrow.accept(opened.packed, 0, {"from": market.buyer.account})
    market.assert_closed(
        opened, receipt, ACCEPTED, performer=AMOUNT - 25_000, checker=0, fee=25_000, asset=asset
    )


def test_accept_by_another(market, people):
    opened = market.open()
    with reverts("Escrow_NotChecker", people["stranger"]):
        market.escrow.accept(opened.packed, 0, {"from": people["stranger"].account})
