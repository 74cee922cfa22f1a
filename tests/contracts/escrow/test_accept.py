"""accept

├── the caller is not the tranche's checker → NotChecker
├── the tranche is final → WrongStatus (see test_statuses)
└── the tranche is open, performed or disputed
    ├── the performer is paid the amount less the fee
    ├── the fee, rounded down, is credited to the treasury
    └── the performer funded it: no fee
"""

import pytest
from hexbytes import HexBytes

from backend.terms.offer import Tranche
from tests.contracts.escrow.actions import accept, in_status
from tests.contracts.escrow.market import (
    ACCEPTED,
    AMOUNT,
    DAY,
    DISPUTED,
    DUE_IN,
    OPEN,
    PERFORMED,
    REVIEW,
    RULING_PERIOD,
    bond,
    goods,
)
from tests.contracts.expect import reverts

PAID = {"performer": AMOUNT - 25_000, "checker": 0, "fee": 25_000}


@pytest.mark.parametrize("status", [OPEN, PERFORMED, DISPUTED])
def test_accept(market, asset, status):
    opened = in_status(market, status, asset=asset)
    receipt = accept(market, opened)
    event = receipt.events["TrancheAccepted"]
    assert (HexBytes(event["tradeId"]), event["tranche"], event["fee"]) == (opened.id, 0, 25_000)
    market.assert_closed(opened, receipt, ACCEPTED, asset=asset, **PAID)


@pytest.mark.parametrize(
    ("status", "wait"), [(OPEN, DUE_IN), (PERFORMED, REVIEW), (DISPUTED, RULING_PERIOD)]
)
def test_accept_after_the_deadline_if_nobody_closed_it(market, status, wait):
    """Late, yet nobody is worse off than by silence: the checker gives."""
    opened = in_status(market, status)
    market.mine_at(market.now + wait + DAY)
    market.assert_closed(opened, accept(market, opened), ACCEPTED, **PAID)


def test_accept_a_bond_without_fee(market, asset):
    """The performer gets back what it paid in."""
    opened = market.open(bond(), asset=asset)
    receipt = accept(market, opened)
    assert receipt.events["TrancheAccepted"]["fee"] == 0
    market.assert_closed(opened, receipt, ACCEPTED, performer=AMOUNT, checker=0, fee=0, asset=asset)


@pytest.mark.parametrize(
    ("amount", "fee"), [(1, 0), (39, 0), (40, 1), (79, 1), (80, 2), (10**24, 25 * 10**21)]
)
def test_accept_rounds_the_fee_down_E10(market, token, people, amount, fee):
    token.mint(market.buyer.address, amount, {"from": people["deployer"].account})
    opened = market.open(goods(amount), asset=token)
    receipt = accept(market, opened)
    market.assert_closed(
        opened, receipt, ACCEPTED, performer=amount - fee, checker=0, fee=fee, asset=token
    )


def test_accept_at_no_fee(market):
    opened = market.open(kind=4)
    market.assert_closed(
        opened, accept(market, opened), ACCEPTED, performer=AMOUNT, checker=0, fee=0
    )


def test_accept_at_the_highest_fee(market):
    opened = market.open(kind=10, max_fee_bps=1_000)
    market.assert_closed(
        opened, accept(market, opened), ACCEPTED, performer=900_003, checker=0, fee=100_000
    )


def test_accept_when_a_third_party_checks(market, people, token):
    """Funder, performer and checker may be three."""
    courier = people["courier"]
    opened = market.open(
        goods(AMOUNT, funder=2, performer=0, checker=1),
        parties=(market.seller, courier, None),
        signers=(market.seller, courier),
        asset=token,
    )
    with reverts("Escrow_NotChecker", market.buyer):
        market.escrow.accept(opened.packed, 0, {"from": market.buyer.account})
    receipt = accept(market, opened)
    market.assert_closed(opened, receipt, ACCEPTED, asset=token, **PAID)
    assert market.gained(receipt, token, market.buyer) == 0


@pytest.mark.parametrize("who", ["seller", "stranger", "arbitrator", "timelock", "treasury"])
def test_accept_by_another(market, people, who):
    opened = market.open()
    with reverts("Escrow_NotChecker", people[who]):
        market.escrow.accept(opened.packed, 0, {"from": people[who].account})


def test_accept_another_checkers_tranche(market):
    opened = market.open(goods(), bond())
    with reverts("Escrow_NotChecker", market.buyer):
        market.escrow.accept(opened.packed, 1, {"from": market.buyer.account})


def test_accept_one_of_four_parties_tranches(market, people, token):
    """Each tranche has its own sides; closing one leaves the others."""
    named = (market.seller, people["courier"], people["guest"])
    tranches = [Tranche(3, i, (i + 1) % 4, 1_000 * (i + 1), DUE_IN, REVIEW) for i in range(4)]
    opened = market.open(*tranches, parties=(*named, None), signers=named, asset=token)
    receipt = accept(market, opened, 2)
    market.assert_closed(
        opened, receipt, ACCEPTED, performer=2_925, checker=0, fee=75, index=2, asset=token
    )
    assert [market.status(opened, i) for i in range(4)] == [OPEN, OPEN, ACCEPTED, OPEN]


def test_accept_by_a_wallet_contract(market, StubWallet1271, people, token):
    wallet = people["deployer"].account.deploy(StubWallet1271, people["guest"].address)
    token.transfer(wallet, AMOUNT, {"from": people["guest"].account})
    sender = {"from": people["guest"].account}
    wallet.execute(token, 0, token.approve.encode_input(market.escrow, AMOUNT), sender)
    offer = market.offer(asset=token)
    data = market.escrow.openTrade.encode_input(offer.pack(), 0, market.sign(offer))
    opened = market.opened(offer, wallet.execute(market.escrow, 0, data, sender))
    data = market.escrow.accept.encode_input(opened.packed, 0)
    receipt = wallet.execute(market.escrow, 0, data, sender)
    market.assert_closed(opened, receipt, ACCEPTED, asset=token, **PAID)
