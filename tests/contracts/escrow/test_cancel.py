"""cancelOffer
├── the caller is none of the named parties → NotAParty
├── it was cancelled before → OfferIsCancelled
└── no fill of it can be opened from now on; open trades go on

cancelAllOffers
└── no offer that the caller signed, created up to and including now, can be taken
"""

import pytest
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.actions import accept
from tests.contracts.escrow.market import ACCEPTED, AMOUNT, DAY, OPEN
from tests.contracts.expect import reverts


def cancel(market, offer, who=None):
    return market.escrow.cancelOffer(offer.pack(), {"from": (who or market.seller).account})


def hash_of(market, offer) -> HexBytes:
    return HexBytes(market.escrow.hashOffer(offer.pack()))


def test_cancelOffer(market):
    offer = market.offer(fills=2)
    assert market.escrow.isCancelled(hash_of(market, offer)) is False
    event = cancel(market, offer).events["OfferCancelled"]
    assert HexBytes(event["offerHash"]) == hash_of(market, offer)
    assert event["by"] == market.seller.address
    assert market.escrow.isCancelled(hash_of(market, offer)) is True
    for fill in (0, 1):
        with reverts("Escrow_OfferIsCancelled", hash_of(market, offer), ZERO_ADDRESS):
            market.open(offer=offer, fill=fill)


def test_cancelOffer_of_which_some_fills_are_open(market):
    offer = market.offer(fills=2)
    opened = market.open(offer=offer, fill=0)
    cancel(market, offer)
    with reverts("Escrow_OfferIsCancelled", hash_of(market, offer), ZERO_ADDRESS):
        market.open(offer=offer, fill=1)
    accept(market, opened)
    assert market.status(opened) == ACCEPTED


@pytest.mark.parametrize("who", ["seller", "courier"])
def test_cancelOffer_by_any_named_party(market, people, who):
    offer = market.offer(parties=(market.seller, people["courier"], None))
    cancel(market, offer, people[who])
    with reverts("Escrow_OfferIsCancelled", hash_of(market, offer), ZERO_ADDRESS):
        market.open(offer=offer, signers=(market.seller, people["courier"]))


@pytest.mark.parametrize("who", ["buyer", "stranger", "timelock", "guardian", "deployer"])
def test_cancelOffer_by_another(market, people, who):
    with reverts("Escrow_NotAParty", people[who]):
        cancel(market, market.offer(), people[who])


def test_cancelOffer_by_whoever_took_the_open_place(market):
    offer = market.offer(fills=2)
    market.open(offer=offer)
    with reverts("Escrow_NotAParty", market.buyer):
        cancel(market, offer, market.buyer)


def test_cancelOffer_twice(market):
    offer = market.offer()
    cancel(market, offer)
    with reverts("Escrow_OfferIsCancelled", hash_of(market, offer), ZERO_ADDRESS):
        cancel(market, offer)


def test_cancelOffer_leaves_others(market):
    cancelled, kept = market.offer(), market.offer()
    cancel(market, cancelled)
    assert market.status(market.open(offer=kept)) == OPEN


def test_cancelOffer_of_the_same_terms_by_another_name_E20(market):
    """One who names itself in equal terms ends its own offer, not the seller's."""
    offer = market.offer()
    copy = market.offer(parties=(market.people["stranger"], None), salt=offer.listing.salt)
    cancel(market, copy, market.people["stranger"])
    assert market.status(market.open(offer=offer)) == OPEN


def test_cancelAllOffers(market):
    offers = [market.offer(), market.offer(created_at=market.now - DAY)]
    receipt = market.escrow.cancelAllOffers({"from": market.seller.account})
    event = receipt.events["OffersCancelled"]
    assert (event["party"], event["createdUntil"]) == (market.seller.address, receipt.timestamp)
    assert market.escrow.cancelledUntil(market.seller.address) == receipt.timestamp
    for offer in offers:
        with reverts("Escrow_OfferIsCancelled", hash_of(market, offer), market.seller):
            market.open(offer=offer)


def test_cancelAllOffers_leaves_open_trades_and_others_offers(market, people):
    opened = market.open()
    theirs = market.offer(parties=(people["courier"], None))
    market.escrow.cancelAllOffers({"from": market.seller.account})
    accept(market, opened)
    assert market.status(market.open(offer=theirs, signers=[people["courier"]])) == OPEN


def test_cancelAllOffers_does_not_reach_what_is_made_for_later(market):
    """Created after: it needs an ending of its own, and `cancelOffer` is that."""
    later = market.offer(created_at=market.now + DAY)
    market.escrow.cancelAllOffers({"from": market.seller.account})
    market.mine_at(market.now + DAY)
    market.open(offer=later)


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("cancelled_first", [False, True])
def test_cancel_in_the_block_in_which_it_is_taken_E23(market, everything, cancelled_first):
    """Who comes first in the block is right; nobody loses coin by it."""
    escrow, offer = market.escrow, market.offer()
    taking = {
        "from": market.buyer.address,
        "value": AMOUNT,
        "data": escrow.openTrade.encode_input(offer.pack(), 0, market.sign(offer)),
    }
    data = escrow.cancelOffer.encode_input(offer.pack())
    cancelling = {
        "from": market.seller.address,
        "data": escrow.cancelAllOffers.encode_input() if everything else data,
    }
    both = [cancelling, taking] if cancelled_first else [taking, cancelling]
    first, second = market.in_one_block(*both)
    assert first["blockNumber"] == second["blockNumber"]
    assert first["status"] == 1
    assert second["status"] == (0 if cancelled_first else 1)
    assert market.held(ZERO_ADDRESS, escrow) == (0 if cancelled_first else AMOUNT)
