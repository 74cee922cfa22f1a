"""openTrade

└── the offer is in order, signed by every party but the caller, and paid for
    ├── the trade has the id of the offer and the fill
    ├── the log tells the offer, the taker and the pin: all that later calls need
    ├── the pin has the fill, the time, the rules and the fee in force, and the open seat
    ├── every funder's share is taken, from the caller alone in coin
    ├── all tranches are open, whatever their number, in as few words as they need
    ├── every fill makes a trade of its own
    └── who was named takes it in place of who was not, if no place is open
"""

import pytest
from hexbytes import HexBytes

from backend.terms.offer import NO_SEAT, ZERO_ADDRESS, Offer, Tranche
from backend.terms.typed_data import hash_listing, hash_offer, trade_id
from tests.contracts.escrow.market import (
    AMOUNT,
    DUE_IN,
    FEE,
    FEES,
    OPEN,
    REVIEW,
    bond,
    goods,
)
from tests.contracts.expect import reverts, reverts_silently

FIRST_WORD_CELLS, FURTHER_WORD_CELLS = 4, 8
SIZES = [1, 4, 5, 12, 13, 20]


def test_open(market, asset):
    offer = market.offer(asset=asset)
    opened = market.open(offer=offer)
    assert opened.id == trade_id(hash_offer(offer.terms, hash_listing(offer.listing)), 0)
    assert market.status(opened) == OPEN
    assert market.gained(opened.receipt, asset, market.buyer) == -AMOUNT
    assert market.gained(opened.receipt, asset, market.escrow) == AMOUNT
    assert len(opened.receipt.logs) == (
        1 if asset == ZERO_ADDRESS else 2
    )  # a token tells of itself


def test_open_tells_all_that_later_calls_need(market, asset):
    offer = market.offer(asset=asset)
    receipt = market.open(offer=offer).receipt
    event = receipt.events["TradeOpened"]
    assert event["taker"] == market.buyer.address
    asset_, parties, tranches, content, conditions = event["offer"]
    told = Offer.unpack(
        str(asset_),
        list(map(str, parties)),
        list(map(int, tranches)),
        bytes(HexBytes(content)),
        int(conditions),
    )
    assert told == offer
    # Rebuilt from the log alone, the trade is known.
    assert market.status(market.opened(told, receipt)) == OPEN


def test_open_pins_the_facts_of_its_opening_E27(market):
    parent = market.chain[-1]
    market.next_at(market.now + 1_234)
    opened = market.open(fills=3, fill=2, kind=3, max_fee_bps=FEES[2])
    pin = opened.trade.pin
    assert pin.opened_at == parent.timestamp + 1_234
    assert (pin.fill, pin.rules_version, pin.fee_bps, pin.open_seat) == (2, 1, FEES[2], 1)
    assert pin.salt == int.from_bytes(HexBytes(parent.hash)[:8], "big")


@pytest.mark.parametrize("kind", range(1, 11))
def test_open_each_kind_at_its_fee(market, kind):
    opened = market.open(kind=kind, max_fee_bps=FEES[kind - 1])
    assert opened.trade.pin.fee_bps == FEES[kind - 1]


def test_open_the_first_place_when_it_is_open(market):
    offer = market.offer(goods(funder=0, performer=1, checker=0), parties=(None, market.seller))
    opened = market.open(offer=offer)
    assert opened.trade.pin.open_seat == 0
    assert opened.trade.terms.parties == (market.buyer.address, market.seller.address)


def test_open_as_a_named_party(market, asset):
    offer = market.offer(parties=(market.seller, market.buyer), asset=asset)
    opened = market.open(offer=offer)
    assert opened.trade.pin.open_seat == NO_SEAT
    assert opened.receipt.events["TradeOpened"]["taker"] == market.buyer.address
    assert market.gained(opened.receipt, asset, market.buyer) == -AMOUNT


def test_open_as_the_named_performer_with_the_funders_signature(market, token):
    """Whoever comes last opens: here the seller, with the buyer's signature and allowance."""
    offer = market.offer(parties=(market.seller, market.buyer), asset=token)
    opened = market.open(offer=offer, taker=market.seller, signers=[market.buyer])
    assert market.gained(opened.receipt, token, market.buyer) == -AMOUNT
    assert market.gained(opened.receipt, token, market.seller) == 0


def test_open_with_three_parties_who_each_fund(market, people, token):
    """A delivery: the price, the courier's pay, the courier's bond."""
    seller, courier = market.seller, people["courier"]
    price = Tranche(2, 0, 2, 5_000, DUE_IN, REVIEW)
    pay = Tranche(0, 1, 2, 700, DUE_IN, REVIEW)
    pledge = Tranche(1, 1, 0, 300, DUE_IN, REVIEW)
    opened = market.open(
        price, pay, pledge, parties=(seller, courier, None), signers=(seller, courier), asset=token
    )
    gains = [market.gained(opened.receipt, token, p) for p in (seller, courier, market.buyer)]
    assert gains == [-700, -300, -5_000]
    assert market.gained(opened.receipt, token, market.escrow) == 6_000


def test_open_with_four_parties(market, people, asset):
    named = (people["courier"], people["guest"], market.seller)
    tranches = [Tranche(3, i, (i + 1) % 4, 100 + i, DUE_IN, REVIEW) for i in range(4)]
    parties = (*named, None)
    opened = market.open(*tranches, parties=parties, signers=named, asset=asset)
    assert market.gained(opened.receipt, asset, market.buyer) == -(100 + 101 + 102 + 103)
    assert [market.status(opened, i) for i in range(4)] == [OPEN] * 4


def test_open_by_a_party_in_the_middle(market, people, token):
    """The signatures are those of the others, in the order of the parties."""
    first, last = people["courier"], people["guest"]
    opened = market.open(
        goods(), parties=(first, market.buyer, last), signers=(first, last), asset=token
    )
    assert market.status(opened) == OPEN


@pytest.mark.parametrize("size", SIZES)
def test_open_any_number_of_tranches(market, asset, size):
    tranches = [goods(1_000 + i) if i % 2 else bond(1_000 + i) for i in range(size)]
    opened = market.open(*tranches, asset=asset)
    assert market.gained(opened.receipt, asset, market.escrow) == sum(t.amount for t in tranches)
    assert [market.status(opened, i) for i in range(size)] == [OPEN] * size
    assert market.escrow.wordOf(opened.id) % 2**128 == 0  # cells of zero are open tranches


def test_open_each_fill_is_a_trade_of_its_own(market, asset):
    offer = market.offer(fills=3, asset=asset)
    trades = [market.open(offer=offer, fill=fill) for fill in (2, 0, 1)]
    assert len({opened.id for opened in trades}) == 3
    market.escrow.accept(trades[0].packed, 0, {"from": market.buyer.account})
    assert market.status(trades[1]) == market.status(trades[2]) == OPEN


def test_open_fills_by_different_takers(market, people):
    offer = market.offer(fills=2)
    opened = (
        market.open(offer=offer, fill=0),
        market.open(offer=offer, fill=1, taker=people["guest"]),
    )
    assert [one.trade.terms.parties[1] for one in opened] == [
        market.buyer.address,
        people["guest"].address,
    ]


def test_open_the_same_fill_twice_E20(market, people):
    offer = market.offer(fills=2)
    opened = market.open(offer=offer)
    for taker in (market.buyer, people["guest"]):
        with reverts("Escrow_FillTaken", HexBytes(opened.id)):
            market.open(offer=offer, taker=taker)


def test_open_a_fill_that_was_closed_E20(market):
    offer = market.offer()
    opened = market.open(offer=offer)
    market.escrow.accept(opened.packed, 0, {"from": market.buyer.account})
    with reverts("Escrow_FillTaken", HexBytes(opened.id)):
        market.open(offer=offer)


def test_open_is_not_moved_by_donations_E7(market, people, token, asset):
    """What the contract holds beyond its ledger belongs to nobody and pays for nothing."""
    if asset == ZERO_ADDRESS:
        force_coin(people["guest"].account, market.escrow, AMOUNT)
    else:
        token.transfer(market.escrow, AMOUNT, {"from": people["guest"].account})
    opened = market.open(asset=asset)
    assert market.gained(opened.receipt, asset, market.buyer) == -AMOUNT
    receipt = market.escrow.refund(opened.packed, 0, {"from": market.seller.account})
    assert market.gained(receipt, asset, market.buyer) == AMOUNT
    assert market.held(asset, market.escrow) == AMOUNT
    with reverts("Escrow_NoCredit", people["guest"], asset):
        market.escrow.withdraw(
            people["guest"].address,
            asset,
            people["guest"].address,
            {"from": people["guest"].account},
        )


def force_coin(sender, receiver, amount) -> None:
    """A contract that ends itself in favour of another: coin that no code of it can refuse."""
    code = "73" + receiver.address[2:] + "ff"
    sender.transfer(data="0x" + code, amount=amount)


def test_open_refuses_coin_that_is_just_sent_E7(market, people):
    """There is no way in but opening a trade."""
    guest = people["guest"].account
    before = market.held(ZERO_ADDRESS, market.escrow)
    with reverts_silently():
        guest.transfer(market.escrow, AMOUNT)
    assert market.held(ZERO_ADDRESS, market.escrow) == before


def test_open_takes_no_fee_yet(market, asset):
    opened = market.open(asset=asset)
    assert market.owed(opened.receipt, asset, market.people["treasury"]) == 0
    assert opened.trade.pin.fee_bps == FEE
