"""openTrade with a sponsor, and unlockBudget

├── opening
│   ├── the sponsor's place is nobody's, or open → BadSponsor
│   ├── the budget does not hold the sponsor's part → NoBudget
│   ├── coin: the others' parts come with the call → WrongValue, FunderNotCaller
│   └── token: the others' parts are taken from them
└── unlocking, by anyone
    ├── nothing is left → NoBudget
    ├── a fill can still be opened → OfferStillHolds
    └── else the sponsor is paid what is left, or credited
"""

import pytest
from eth_utils.crypto import keccak
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS, Tranche
from tests.contracts.escrow.actions import accept, expire
from tests.contracts.escrow.between_contracts import hire
from tests.contracts.escrow.market import (
    ACCEPTED,
    AMOUNT,
    DAY,
    DUE_IN,
    FEE,
    MISSED,
    OPEN,
    REVIEW,
)
from tests.contracts.escrow.sponsors import (
    BOND,
    FILLS,
    bond,
    budget_of,
    campaign,
    hash_of,
    lock,
    reward,
    unlock,
    work,
)
from tests.contracts.expect import reverts

LOCKED = HexBytes(keccak(text="ReentrancyGuardReentrantCall()")[:4])
REFUSE = 1


@pytest.fixture
def offer(market, asset):
    """Its whole budget is locked."""
    made = campaign(market, asset=asset)
    lock(market, made)
    return made


def cancel(market, offer):
    market.escrow.cancelOffer(offer.pack(), {"from": market.buyer.account})


def test_a_fill_takes_its_part_of_the_budget(market, asset, offer):
    """The sponsor needs no funds and no allowance any more; the worker brings its bond."""
    if asset != ZERO_ADDRESS:
        asset.approve(market.escrow, 0, {"from": market.buyer.account})
    opened = work(market, offer)
    assert [market.status(opened, i) for i in (0, 1)] == [OPEN, OPEN]
    assert market.gained(opened.receipt, asset, market.escrow) == BOND
    assert market.gained(opened.receipt, asset, market.seller) == -BOND
    assert market.gained(opened.receipt, asset, market.buyer) == 0
    assert budget_of(market, offer) == (FILLS - 1) * AMOUNT
    receipt = accept(market, opened)
    assert market.status(opened) == ACCEPTED
    assert market.gained(receipt, asset, market.seller) == AMOUNT - AMOUNT * FEE // 10_000


def test_every_fill_and_no_more_than_the_budget_holds_E29(market, asset):
    offer = campaign(market, asset=asset)
    lock(market, offer, 2)
    for fill in (3, 0):
        assert market.status(work(market, offer, fill)) == OPEN
    with reverts("Escrow_NoBudget", hash_of(offer), 0, AMOUNT):
        work(market, offer, 1)
    lock(market, offer, 1)
    assert market.status(work(market, offer, 1)) == OPEN


def test_a_fill_is_taken_once_E29(market, offer):
    """Nobody draws twice on one reward."""
    opened = work(market, offer)
    with reverts("Escrow_FillTaken", opened.id):
        work(market, offer)
    assert budget_of(market, offer) == (FILLS - 1) * AMOUNT


def test_what_is_not_earned_goes_back_to_the_sponsor_and_not_into_the_budget(market, asset, offer):
    opened = work(market, offer)
    market.mine_at(opened.opened_at + DUE_IN + 1)
    receipt = expire(market, opened)
    assert market.status(opened) == MISSED
    assert market.gained(receipt, asset, market.buyer) == AMOUNT
    assert budget_of(market, offer) == (FILLS - 1) * AMOUNT


@pytest.mark.parametrize("place", [2, 3, 255])
def test_open_with_a_sponsor_that_nobody_is(market, place):
    with reverts("Escrow_BadSponsor", place):
        work(market, campaign(market, sponsor=place))


def test_open_in_coin_with_the_value_of_everything(market):
    """What comes out of the budget need not be sent, and is not taken."""
    offer = campaign(market)
    lock(market, offer)
    signatures = market.sign(offer, market.buyer)
    for sent in (0, BOND - 1, AMOUNT + BOND):
        with reverts("Escrow_WrongValue", sent, BOND):
            market.take(offer, signatures, market.seller, value=sent)


def test_open_a_sponsored_token_trade_with_coin(market, token):
    offer = campaign(market, asset=token)
    lock(market, offer)
    with reverts("Escrow_WrongValue", 1, 0):
        market.take(offer, market.sign(offer, market.buyer), market.seller, value=1)


def test_open_in_coin_that_a_third_funds(market, people):
    """The budget pays for its sponsor only."""
    third = Tranche(2, 1, 0, 5, DUE_IN, REVIEW)
    parties = (market.buyer, None, people["guest"])
    offer = campaign(market, reward(), third, parties=parties)
    lock(market, offer)
    with reverts("Escrow_FunderNotCaller", people["guest"]):
        market.open(offer=offer, taker=market.seller, signers=[market.buyer, people["guest"]])


def test_open_in_a_token_that_three_fund(market, people, token):
    third = Tranche(2, 1, 0, 5, DUE_IN, REVIEW)
    parties = (market.buyer, None, people["guest"])
    offer = campaign(market, reward(), bond(), third, parties=parties, asset=token)
    lock(market, offer)
    opened = market.open(offer=offer, taker=market.seller, signers=[market.buyer, people["guest"]])
    assert market.gained(opened.receipt, token, people["guest"]) == -5
    assert market.gained(opened.receipt, token, market.seller) == -BOND
    assert market.gained(opened.receipt, token, market.buyer) == 0


def test_open_a_sponsored_offer_with_a_bad_tranche(market):
    with reverts("Escrow_ZeroAmount", 1):
        work(market, campaign(market, reward(), bond(0)))
    with reverts("Escrow_TrancheCount", 21):
        work(market, campaign(market, *[reward()] * 21))


def test_the_sponsor_may_take_its_own_offer(market, asset):
    """All are named, and the sponsor sends the opening: its part comes out of the budget."""
    offer = campaign(market, reward(), parties=(market.buyer, market.seller), asset=asset)
    lock(market, offer)
    opened = market.open(offer=offer, taker=market.buyer, signers=[market.seller])
    assert market.gained(opened.receipt, asset, market.buyer) == 0
    assert budget_of(market, offer) == (FILLS - 1) * AMOUNT


# unlocking


@pytest.mark.parametrize("second", [0, 1])
def test_unlock_around_the_expiry_E13(market, asset, second):
    expires = market.now + DAY
    offer = campaign(market, asset=asset, expires_at=expires)
    lock(market, offer)
    work(market, offer)
    market.next_at(expires + second)
    if second == 0:
        with reverts("Escrow_OfferStillHolds", hash_of(offer)):
            unlock(market, offer)
        return
    receipt = unlock(market, offer)
    left = (FILLS - 1) * AMOUNT
    event = receipt.events["BudgetUnlocked"]
    assert bytes(event["offerHash"]) == hash_of(offer)
    assert (event["sponsor"], event["amount"]) == (market.buyer.address, left)
    assert market.gained(receipt, asset, market.buyer) == left
    assert budget_of(market, offer) == 0


@pytest.mark.parametrize("second", [0, 1])
def test_unlock_around_the_start_E13(market, second):
    """A slot that has begun can be booked no more."""
    starts = market.now + DAY
    offer = campaign(market, starts_at=starts)
    lock(market, offer)
    market.next_at(starts + second)
    if second == 0:
        with reverts("Escrow_OfferStillHolds", hash_of(offer)):
            unlock(market, offer)
        return
    assert market.gained(unlock(market, offer), ZERO_ADDRESS, market.buyer) == FILLS * AMOUNT


@pytest.mark.parametrize("how", ["cancelOffer", "cancelAllOffers"])
def test_unlock_after_a_cancellation(market, asset, offer, how):
    if how == "cancelOffer":
        cancel(market, offer)
    else:
        market.escrow.cancelAllOffers({"from": market.buyer.account})
    receipt = unlock(market, offer)
    assert market.gained(receipt, asset, market.buyer) == FILLS * AMOUNT


def test_a_sponsor_who_cancels_takes_nothing_from_open_fills_E30(market, asset, offer):
    opened = work(market, offer)
    cancel(market, offer)
    unlock(market, offer)
    accept(market, opened, 1)
    receipt = accept(market, opened)
    assert market.gained(receipt, asset, market.seller) == AMOUNT - AMOUNT * FEE // 10_000


def test_unlock_while_another_party_has_cancelled_all(market, people):
    """This party could still take a fill itself: the sponsor ends the offer first."""
    offer = campaign(market, parties=(market.buyer, None, people["guest"]))
    lock(market, offer)
    market.escrow.cancelAllOffers({"from": people["guest"].account})
    with reverts("Escrow_OfferStillHolds", hash_of(offer)):
        unlock(market, offer)


def test_unlock_twice_E29(market, offer):
    cancel(market, offer)
    unlock(market, offer)
    with reverts("Escrow_NoBudget", hash_of(offer), 0, 0):
        unlock(market, offer)


def test_unlock_what_was_never_locked(market):
    offer = campaign(market)
    with reverts("Escrow_NoBudget", hash_of(offer), 0, 0):
        unlock(market, offer)
    plain = market.offer()
    with reverts("Escrow_NoBudget", hash_of(plain), 0, 0):
        unlock(market, plain)


def test_a_fill_after_the_unlocking_E29(market, offer):
    """Not even by one whom the cancellation does not bind."""
    cancel(market, offer)
    unlock(market, offer)
    with reverts("Escrow_OfferIsCancelled", hash_of(offer), ZERO_ADDRESS):
        work(market, offer)


def test_the_sponsors_own_fill_after_the_unlocking_E29(market, asset):
    """Who has ended all its offers can still take them itself; not out of a budget that is gone."""
    offer = campaign(market, reward(), parties=(market.buyer, market.seller), asset=asset)
    lock(market, offer)
    market.escrow.cancelAllOffers({"from": market.buyer.account})
    unlock(market, offer)
    with reverts("Escrow_NoBudget", hash_of(offer), 0, AMOUNT):
        market.open(offer=offer, taker=market.buyer, signers=[market.seller])


def test_unlock_for_a_sponsor_that_cannot_be_paid_E3(market, StubPayee, odd):
    """What cannot be pushed is credited."""
    sponsor = hire(market, StubPayee, "buyer", odd)
    offer = campaign(market, parties=(sponsor, None), expires_at=market.now + DAY)
    amount = FILLS * AMOUNT
    sponsor.send(market.escrow.lockBudget, offer.pack(), FILLS, value=amount)
    sponsor.set("setMood", REFUSE)
    market.mine_at(market.now + 2 * DAY)
    receipt = unlock(market, offer)
    assert market.owed(receipt, ZERO_ADDRESS, sponsor) == amount
    assert budget_of(market, offer) == 0


@pytest.mark.parametrize("again", ["the same", "another", "lock"])
def test_a_sponsor_that_calls_back_when_it_is_paid_E1(market, StubPayee, odd, again):
    """It can neither unlock once more nor lock meanwhile: it is paid once."""
    sponsor = hire(market, StubPayee, "buyer", odd)
    offer, other, third = (campaign(market, parties=(sponsor, None)) for _ in range(3))
    for each in (offer, other):
        sponsor.send(market.escrow.lockBudget, each.pack(), FILLS, value=FILLS * AMOUNT)
        sponsor.send(market.escrow.cancelOffer, each.pack())
    calls = {
        "the same": market.escrow.unlockBudget.encode_input(offer.pack()),
        "another": market.escrow.unlockBudget.encode_input(other.pack()),
        "lock": market.escrow.lockBudget.encode_input(third.pack(), 1),
    }
    sponsor.set("setCall", market.escrow, calls[again])
    receipt = unlock(market, offer)
    assert market.gained(receipt, ZERO_ADDRESS, market.escrow) == -FILLS * AMOUNT
    reaction = receipt.events["Reacted"]
    assert (reaction["success"], HexBytes(reaction["answer"])) == (False, LOCKED)
    assert budget_of(market, other) == FILLS * AMOUNT


@pytest.mark.parametrize("act", ["open", "lock"])
def test_a_token_that_calls_back_while_it_pays_in_E1(market, StubPayee, odd, act):
    """Its holder cannot unlock what it is just locking, or is taking a fill of."""
    sponsor = hire(market, StubPayee, "buyer", odd)
    offer = campaign(market, parties=(sponsor, None), asset=odd)
    call = market.escrow.unlockBudget.encode_input(offer.pack())
    if act == "open":
        sponsor.send(market.escrow.lockBudget, offer.pack(), FILLS)
    worker = hire(market, StubPayee, "seller", odd) if act == "open" else sponsor
    worker.set("setCall", market.escrow, call)
    odd.setHooked(worker.address, True, {"from": market.buyer.account})
    if act == "open":
        arguments = offer.pack(), 0, market.sign(offer, market.buyer)
        receipt = worker.send(market.escrow.openTrade, *arguments)
    else:
        receipt = sponsor.send(market.escrow.lockBudget, offer.pack(), FILLS)
    reaction = receipt.events["Reacted"]
    assert (reaction["success"], HexBytes(reaction["answer"])) == (False, LOCKED)
    assert budget_of(market, offer) == (FILLS - (act == "open")) * AMOUNT
