"""openTrade: offers signed by wallet contracts (ERC-1271), and taken by them

├── honest: the contract's word is the party's
└── it denies, reverts, eats gas, answers garbage → BadSignature
"""

import pytest

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.market import AMOUNT, OPEN
from tests.contracts.expect import reverts

HONEST, LIE, REVERT, BURN_GAS, GARBAGE = range(5)


@pytest.fixture
def wallet(StubWallet1271, people):
    """A wallet contract owned by the seller."""
    return people["deployer"].account.deploy(StubWallet1271, people["seller"].address)


def test_open_an_offer_of_a_wallet_contract(market, wallet):
    offer = market.offer(parties=(wallet, None))
    opened = market.open(offer=offer)
    assert market.status(opened) == OPEN
    accepted = market.escrow.accept(opened.packed, 0, {"from": market.buyer.account})
    assert market.gained(accepted, ZERO_ADDRESS, wallet) == AMOUNT - 25_000


def test_open_an_offer_of_a_wallet_contract_unsigned_by_its_owner(market, wallet):
    offer = market.offer(parties=(wallet, None))
    with reverts("Escrow_BadSignature", wallet):
        market.take(offer, market.sign(offer, market.buyer))


@pytest.mark.parametrize("mode", [REVERT, BURN_GAS, GARBAGE])
def test_open_an_offer_of_a_wallet_that_misbehaves_E21(market, wallet, mode):
    wallet.setMode(mode, {"from": market.seller.account})
    offer = market.offer(parties=(wallet, None))
    with reverts("Escrow_BadSignature", wallet):
        market.take(offer, market.sign(offer), gas=3_000_000)


@pytest.mark.parametrize("signature", [b"", b"\x01", bytes(64), bytes(65), bytes(66), bytes(1_000)])
def test_open_an_offer_of_a_wallet_that_lies_E21(market, wallet, signature):
    """Its word binds itself only: what it says yes to is its own trade."""
    wallet.setMode(LIE, {"from": market.seller.account})
    offer = market.offer(parties=(wallet, None))
    market.take(offer, [signature])


def test_open_with_a_lying_wallet_does_not_bind_others_E21(market, wallet, people):
    wallet.setMode(LIE, {"from": market.seller.account})
    offer = market.offer(parties=(wallet, people["guest"], None))
    with reverts("Escrow_BadSignature", people["guest"]):
        market.take(offer, [b"", b""])


def test_open_by_a_wallet_contract_as_taker(market, StubWallet1271, people):
    wallet = people["deployer"].account.deploy(StubWallet1271, people["buyer"].address)
    offer = market.offer()
    data = market.escrow.openTrade.encode_input(offer.pack(), 0, market.sign(offer))
    receipt = wallet.execute(
        market.escrow, AMOUNT, data, {"from": market.buyer.account, "value": AMOUNT}
    )
    assert market.opened(offer, receipt).trade.terms.parties[1] == wallet.address
