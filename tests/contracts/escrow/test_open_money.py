"""openTrade: the money that comes in

├── coin
│   ├── the value is the sum of the tranches → WrongValue
│   └── every funder is the caller → FunderNotCaller
└── a token
    ├── no coin comes with it → WrongValue
    ├── each funder has and allows its share → the token's own error
    ├── all that was asked for arrives → ReceivedLess
    └── it may return nothing, and must not return anything but true → SafeERC20FailedOperation
"""

import pytest

from backend.terms.offer import Tranche
from tests.contracts.escrow.market import AMOUNT, DUE_IN, OPEN, REVIEW, goods
from tests.contracts.expect import reverts, reverts_silently

TRUE, NOTHING, FALSE, TWO, SHORT, LONG = range(6)
GAS = 1_000_000  # to burn
MOVE, FEE, SKIP, REVERT, BURN_GAS, SHRINK = range(6)


@pytest.mark.parametrize("sent", [0, AMOUNT - 1, AMOUNT + 1])
def test_open_in_coin_with_another_value(market, sent):
    offer = market.offer()
    with reverts("Escrow_WrongValue", sent, AMOUNT):
        market.take(offer, market.sign(offer), value=sent)


def test_open_in_coin_with_the_value_of_one_tranche_of_two(market):
    offer = market.offer(goods(), goods(5))
    with reverts("Escrow_WrongValue", AMOUNT, AMOUNT + 5):
        market.take(offer, market.sign(offer), value=AMOUNT)


def test_open_in_coin_that_another_funds(market):
    with reverts("Escrow_FunderNotCaller", market.seller):
        market.open(goods(), goods(funder=0))


def test_open_in_coin_as_a_named_party_who_funds(market):
    offer = market.offer(parties=(market.seller, market.buyer))
    assert market.status(market.open(offer=offer)) == OPEN


def test_open_in_coin_as_a_named_party_who_does_not_fund(market):
    offer = market.offer(parties=(market.seller, market.buyer))
    with reverts("Escrow_FunderNotCaller", market.buyer):
        market.open(offer=offer, taker=market.seller, signers=[market.buyer])


@pytest.mark.parametrize("sent", [1, AMOUNT])
def test_open_in_a_token_with_coin(market, token, sent):
    offer = market.offer(asset=token)
    with reverts("Escrow_WrongValue", sent, 0):
        market.take(offer, market.sign(offer), value=sent)


def test_open_without_an_allowance(market, token):
    token.approve(market.escrow, 0, {"from": market.buyer.account})
    with reverts("ERC20InsufficientAllowance", market.escrow, 0, AMOUNT):
        market.open(asset=token)


def test_open_with_an_allowance_for_one_tranche_of_two(market, token):
    """A funder's tranches are asked for in one sum."""
    token.approve(market.escrow, AMOUNT, {"from": market.buyer.account})
    with reverts("ERC20InsufficientAllowance", market.escrow, AMOUNT, AMOUNT + 1):
        market.open(goods(), goods(1), asset=token)


def test_open_with_just_the_allowance(market, token):
    token.approve(market.escrow, AMOUNT, {"from": market.buyer.account})
    market.open(asset=token)
    assert token.allowance(market.buyer.address, market.escrow) == 0


def test_open_without_the_tokens(market, token, people):
    has = token.balanceOf(market.buyer.address)
    token.transfer(people["guest"].address, has - AMOUNT + 1, {"from": market.buyer.account})
    with reverts("ERC20InsufficientBalance", market.buyer, AMOUNT - 1, AMOUNT):
        market.open(asset=token)


def test_open_when_one_of_three_funders_cannot_pay(market, people, token):
    """Nobody has paid then."""
    seller, courier = market.seller, people["courier"]
    token.approve(market.escrow, 299, {"from": courier.account})
    before = [token.balanceOf(p.address) for p in (seller, courier, market.buyer)]
    pay = Tranche(0, 1, 2, 700, DUE_IN, REVIEW)
    bond = Tranche(1, 1, 0, 300, DUE_IN, REVIEW)
    with reverts("ERC20InsufficientAllowance", market.escrow, 299, 300):
        market.open(
            pay, bond, parties=(seller, courier, None), signers=(seller, courier), asset=token
        )
    assert [token.balanceOf(p.address) for p in (seller, courier, market.buyer)] == before


def test_open_pulls_from_nobody_who_did_not_agree_E20(market, token, people):
    """An allowance alone pays for nothing: here the funder is named and has not signed."""
    offer = market.offer(goods(funder=0), parties=(market.seller, None), asset=token)
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, market.sign(offer, people["stranger"]))


# odd tokens


@pytest.mark.parametrize("answer", [TRUE, NOTHING])
def test_open_in_a_token_that_returns_true_or_nothing_E6(market, odd, answer):
    odd.setAnswer(answer, {"from": market.buyer.account})
    opened = market.open(asset=odd)
    assert market.gained(opened.receipt, odd, market.escrow) == AMOUNT


@pytest.mark.parametrize("answer", [FALSE, TWO, SHORT])
def test_open_in_a_token_that_returns_something_else_E6(market, odd, answer):
    odd.setAnswer(answer, {"from": market.buyer.account})
    with reverts("SafeERC20FailedOperation", odd):
        market.open(asset=odd)


def test_open_in_a_token_with_a_long_answer_E6(market, odd):
    odd.setAnswer(LONG, {"from": market.buyer.account})
    assert market.status(market.open(asset=odd)) == OPEN


def test_open_in_a_token_that_takes_a_fee_E4(market, odd):
    odd.setAct(FEE, {"from": market.buyer.account})
    with reverts("Escrow_ReceivedLess", odd, AMOUNT - AMOUNT // 100, AMOUNT):
        market.open(asset=odd)


def test_open_in_a_token_that_takes_a_fee_while_the_escrow_has_more_E4_E7(market, odd):
    """What others have in escrow, or gave away, does not make up for it."""
    market.open(asset=odd)
    odd.transfer(market.escrow, AMOUNT, {"from": market.seller.account})
    odd.setAct(FEE, {"from": market.buyer.account})
    with reverts("Escrow_ReceivedLess", odd, AMOUNT - AMOUNT // 100, AMOUNT):
        market.open(asset=odd)


def test_open_in_a_token_that_moves_nothing_E6(market, odd):
    odd.setAct(SKIP, {"from": market.buyer.account})
    with reverts("Escrow_ReceivedLess", odd, 0, AMOUNT):
        market.open(asset=odd)


def test_open_in_a_token_that_shrinks_meanwhile_E5(market, odd):
    market.open(goods(10 * AMOUNT), asset=odd)
    odd.setAct(SHRINK, {"from": market.buyer.account})
    with reverts("Escrow_ReceivedLess", odd, 0, AMOUNT):
        market.open(asset=odd)


def test_open_in_a_token_that_reverts(market, odd):
    odd.setAct(REVERT, {"from": market.buyer.account})
    with reverts("StubOddToken_Refused"):
        market.open(asset=odd)


def test_open_in_a_token_that_burns_gas(market, odd):
    odd.setAct(BURN_GAS, {"from": market.buyer.account})
    offer = market.offer(asset=odd)
    with reverts_silently():
        market.take(offer, market.sign(offer), gas=GAS)


@pytest.mark.parametrize("denied", ["buyer", "escrow"])
def test_open_in_a_token_that_denies_E3(market, odd, denied):
    account = market.escrow if denied == "escrow" else market.buyer
    odd.setDenied(account.address, True, {"from": market.buyer.account})
    with reverts("StubOddToken_Denied", account):
        market.open(asset=odd)
