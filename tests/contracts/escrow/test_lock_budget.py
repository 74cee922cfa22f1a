"""lockBudget

├── the offer names no sponsor, nobody's place, or the open one → BadSponsor
├── the caller is not the sponsor → NotSponsor
├── the offer has expired, was to start before now, was cancelled by anyone named in it, or all
│   offers of the sponsor were → OfferIsOver
├── no trade can be opened: the kind, the asset, a pause → the rule book's own errors
├── nothing is locked, or more than all fills take → BadBudget
├── coin: another value → WrongValue
├── token: coin with it → WrongValue, less arrives → ReceivedLess
└── else the budget grows by what so many fills take
"""

import pytest

from backend.terms.offer import Offer
from tests.contracts.escrow.market import AMOUNT, DAY
from tests.contracts.escrow.sponsors import (
    FILLS,
    bond,
    budget_of,
    campaign,
    hash_of,
    lock,
    reward,
    work,
)
from tests.contracts.expect import plain, reverts

MOVE, FEE, SKIP, REVERT, BURN_GAS, SHRINK = range(6)


def test_lock_tells_the_whole_offer(market, asset):
    """Whoever has lost it finds it in the log, and can unlock what is left."""
    offer = campaign(market, asset=asset)
    receipt = lock(market, offer, 2)
    event = receipt.events["BudgetLocked"]
    assert bytes(event["offerHash"]) == hash_of(offer)
    assert event["sponsor"] == market.buyer.address
    assert (event["fills"], event["amount"]) == (2, 2 * AMOUNT)
    asset_, parties, tranches, content, conditions = plain(event["offer"])
    assert Offer.unpack(asset_, parties, tranches, content, conditions) == offer
    assert budget_of(market, offer) == 2 * AMOUNT
    assert market.gained(receipt, asset, market.escrow) == 2 * AMOUNT
    assert market.gained(receipt, asset, market.buyer) == -2 * AMOUNT


def test_lock_several_parts_of_the_sponsor(market, asset):
    """Only what the sponsor funds comes out of the budget, and all of it."""
    offer = campaign(market, reward(10), reward(7), bond(), asset=asset)
    lock(market, offer, 1)
    assert budget_of(market, offer) == 17


def test_lock_bit_by_bit_up_to_all_fills(market, asset):
    offer = campaign(market, asset=asset)
    for fills in (1, FILLS - 2, 1):
        lock(market, offer, fills)
    assert budget_of(market, offer) == FILLS * AMOUNT
    with reverts("Escrow_BadBudget", (FILLS + 1) * AMOUNT, FILLS * AMOUNT):
        lock(market, offer, 1)


def test_lock_again_what_fills_have_taken(market):
    offer = campaign(market)
    lock(market, offer)
    work(market, offer, 0)
    lock(market, offer, 1)
    assert budget_of(market, offer) == FILLS * AMOUNT


@pytest.mark.parametrize("fills", [0, FILLS + 1, 2**32 - 1])
def test_lock_nothing_or_too_much(market, asset, fills):
    offer = campaign(market, asset=asset)
    with reverts("Escrow_BadBudget", fills * AMOUNT, FILLS * AMOUNT):
        lock(market, offer, fills, value=0)


def test_lock_where_the_sponsor_funds_nothing(market):
    offer = campaign(market, bond())
    with reverts("Escrow_BadBudget", 0, 0):
        lock(market, offer)


@pytest.mark.parametrize("place", [0, 2, 3, 255])
def test_lock_without_a_sponsor(market, place):
    """None, the open place, nobody's."""
    offer = campaign(market, sponsor=place)
    with reverts("Escrow_BadSponsor", place):
        lock(market, offer, value=0)


def test_lock_for_somebody_else(market):
    offer = campaign(market)
    with reverts("Escrow_NotSponsor", market.seller):
        lock(market, offer, sender=market.seller)


@pytest.mark.parametrize("end", ["expires_at", "starts_at"])
@pytest.mark.parametrize("second", [0, 1])
def test_lock_around_the_end_of_the_offer_E13(market, end, second):
    times = {"expires_at": market.now + 9 * DAY} | {end: market.now + DAY}
    offer = campaign(market, **times)
    market.next_at(times[end] + second)
    if second == 0:
        lock(market, offer)
        return
    with reverts("Escrow_OfferIsOver", hash_of(offer)):
        lock(market, offer)


@pytest.mark.parametrize("how", ["cancelOffer", "by another", "cancelAllOffers"])
def test_lock_for_a_cancelled_offer(market, people, how):
    offer = campaign(market, parties=(market.buyer, None, people["guest"]))
    if how == "cancelAllOffers":
        market.escrow.cancelAllOffers({"from": market.buyer.account})
    else:
        who = people["guest"] if how == "by another" else market.buyer
        market.escrow.cancelOffer(offer.pack(), {"from": who.account})
    with reverts("Escrow_OfferIsOver", hash_of(offer)):
        lock(market, offer)


def test_lock_in_an_asset_that_is_not_allowed_E5(market, people, StubToken):
    other = people["deployer"].account.deploy(StubToken, "Other", "OTHER", 18)
    with reverts("RuleBook_AssetNotAllowed", other):
        lock(market, campaign(market, asset=other))


def test_lock_for_a_kind_that_does_not_exist(market):
    with reverts("RuleBook_UnknownKind", 11):
        lock(market, campaign(market, kind=11))


@pytest.mark.parametrize("sent", [0, AMOUNT - 1, AMOUNT + 1])
def test_lock_coin_with_another_value(market, sent):
    with reverts("Escrow_WrongValue", sent, AMOUNT):
        lock(market, campaign(market), 1, value=sent)


def test_lock_a_token_with_coin(market, token):
    with reverts("Escrow_WrongValue", 1, 0):
        lock(market, campaign(market, asset=token), 1, value=1)


@pytest.mark.parametrize(
    ("act", "received"), [(FEE, AMOUNT - AMOUNT // 100), (SKIP, 0), (SHRINK, AMOUNT - AMOUNT // 2)]
)
def test_lock_a_token_that_takes_a_fee_E4(market, odd, people, act, received):
    odd.setAct(act, {"from": people["deployer"].account})
    offer = campaign(market, asset=odd)
    with reverts("Escrow_ReceivedLess", odd, received, AMOUNT):
        lock(market, offer, 1)
    assert budget_of(market, offer) == 0


def test_lock_a_token_without_an_allowance(market, token):
    token.approve(market.escrow, AMOUNT - 1, {"from": market.buyer.account})
    with reverts("ERC20InsufficientAllowance", market.escrow, AMOUNT - 1, AMOUNT):
        lock(market, campaign(market, asset=token), 1)


def test_a_budget_is_of_one_offer_only_E29(market):
    """Equal but for the salt: another offer, with a budget of its own."""
    one, other = campaign(market), campaign(market)
    lock(market, one)
    assert (budget_of(market, one), budget_of(market, other)) == (FILLS * AMOUNT, 0)
    with reverts("Escrow_NoBudget", hash_of(other), 0, AMOUNT):
        work(market, other)
