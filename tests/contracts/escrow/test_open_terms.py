"""openTrade: terms that no trade can have

├── parties: 2 to 4, all different, at most one open, the caller one of them
│   → PartyCount, BadParties, NotAParty
├── tranches: 1 to 20 → TrancheCount
│   ├── roles: each names a party, the performer is not the checker, unused bits are zero → BadRole
│   ├── amount: from 1 to 2^128 - 1 → ZeroAmount
│   └── periods: dueIn from 1 second, both up to 730 days → BadPeriod
├── conditions: every bit is signed
│   ├── fill: below the number of fills → BadFill
│   ├── time: createdAt to expiresAt, both included → OfferNotYetValid, OfferExpired
│   └── start: zero, or from now on up to 730 days → BadStart
└── rules: the makers accept the fee in force; the kind and the asset are of the rule book
    → FeeTooHigh, UnknownKind, AssetNotAllowed
"""

from dataclasses import replace

import pytest
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS
from tests.contracts.escrow.market import AMOUNT, DAY, FEE, FEES, OPEN, goods
from tests.contracts.expect import reverts, reverts_silently

LONGEST = 730 * DAY
WIDEST = 2**128 - 1
SPARE_TRANCHE_BITS = [216, 217, 240, 255]


def test_open_by_one_party_alone(market):
    offer = market.offer(goods(funder=0, checker=0), parties=(None,))
    with reverts("Escrow_PartyCount", 1):
        market.escrow.openTrade(
            offer.pack(), 0, [], {"from": market.buyer.account, "value": AMOUNT}
        )


def test_open_without_parties(market):
    offer = market.offer(parties=())
    with reverts("Escrow_PartyCount", 0):
        market.open(offer=offer)


def test_open_with_five_parties(market, people):
    named = [people[name] for name in ("seller", "courier", "guest", "stranger")]
    with reverts("Escrow_PartyCount", 5):
        market.open(parties=(*named, None), signers=named)


def test_open_with_one_party_twice_E8(market):
    with reverts("Escrow_BadParties"):
        market.open(parties=(market.seller, market.seller, None), signers=[market.seller] * 2)


def test_open_with_two_open_places_E8(market):
    with reverts("Escrow_BadParties"):
        market.open(parties=(market.seller, None, None), signers=[market.seller] * 2)


def test_open_ones_own_offer_E8(market):
    """Who is named cannot also take the open place: no trade with oneself."""
    with reverts("Escrow_BadParties"):
        market.open(taker=market.seller)


def test_open_ones_own_offer_from_the_last_place_E8(market):
    with reverts("Escrow_BadParties"):
        market.open(goods(funder=0, performer=1, checker=0), parties=(None, market.buyer))


def test_open_as_nobody_of_the_named(market, people):
    offer = market.offer(parties=(market.seller, market.buyer))
    with reverts("Escrow_NotAParty", people["guest"]):
        market.open(offer=offer, taker=people["guest"])


def test_open_as_nobody_of_three_named(market, people):
    parties = (market.seller, market.buyer, people["courier"])
    with reverts("Escrow_NotAParty", people["guest"]):
        market.open(parties=parties, taker=people["guest"], signers=parties[:2])


@pytest.mark.parametrize("count", [0, 21])
def test_open_with_no_or_too_many_tranches_E18(market, asset, count):
    terms = market.offer(asset=asset)
    offer = replace(terms, terms=replace(terms.terms, tranches=(goods(),) * count))
    with reverts("Escrow_TrancheCount", count):
        market.open(offer=offer)


@pytest.mark.parametrize(
    "role", [{"funder": 2}, {"performer": 2}, {"checker": 2}, {"funder": 255}, {"checker": 255}]
)
def test_open_with_a_role_that_names_no_party(market, asset, role):
    with reverts("Escrow_BadRole", 1):
        market.open(goods(), goods(**role), asset=asset)


@pytest.mark.parametrize("side", [0, 1])
def test_open_with_a_performer_who_checks_itself_E8(market, asset, side):
    with reverts("Escrow_BadRole", 0):
        market.open(goods(performer=side, checker=side), asset=asset)


@pytest.mark.parametrize("bit", SPARE_TRANCHE_BITS)
def test_open_with_a_dirty_tranche_E20(market, asset, bit):
    """The hash does not cover unused bits: the same signature, another word."""
    offer = market.offer(asset=asset)
    clean = offer.pack()
    dirty = (*clean[:2], (clean[2][0] | 1 << bit,), *clean[3:])
    assert market.escrow.hashOffer(dirty) == market.escrow.hashOffer(clean)
    sent = {"from": market.buyer.account, "value": market.coin_needed(offer)}
    with reverts("Escrow_BadRole", 0):
        market.escrow.openTrade(dirty, 0, market.sign(offer), sent)


@pytest.mark.parametrize("bit", range(256))
def test_every_bit_of_the_conditions_is_signed_E20(market, bit):
    asset, parties, tranches, content, word = market.offer().pack()
    hashes = {
        bytes(HexBytes(market.escrow.hashOffer((asset, parties, tranches, content, one))))
        for one in (word, word ^ 1 << bit)
    }
    assert len(hashes) == 2


@pytest.mark.parametrize("index", [0, 1])
def test_open_with_a_tranche_of_nothing_E8(market, asset, index):
    tranches = [goods(), goods()]
    tranches[index] = goods(0)
    with reverts("Escrow_ZeroAmount", index):
        market.open(*tranches, asset=asset)


def test_open_with_the_smallest_amount_E9(market, asset):
    opened = market.open(goods(1), asset=asset)
    receipt = market.escrow.accept(opened.packed, 0, {"from": market.buyer.account})
    assert market.gained(receipt, asset, market.seller) == 1  # the fee is rounded down to nothing


def test_open_with_the_largest_amount_E9(market, token, people):
    token.mint(market.buyer.address, WIDEST, {"from": people["deployer"].account})
    opened = market.open(goods(WIDEST), asset=token)
    receipt = market.escrow.accept(opened.packed, 0, {"from": market.buyer.account})
    fee = WIDEST * FEE // 10_000
    assert market.gained(receipt, token, market.seller) == WIDEST - fee
    assert market.owed(receipt, token, people["treasury"]) == fee


def test_open_with_twenty_of_the_largest_amounts_E9(market, token, people):
    """Sums of amounts have more bits than an amount."""
    token.mint(market.buyer.address, 20 * WIDEST, {"from": people["deployer"].account})
    opened = market.open(*[goods(WIDEST)] * 20, asset=token)
    assert market.gained(opened.receipt, token, market.escrow) == 20 * WIDEST
    receipt = market.escrow.refund(opened.packed, 19, {"from": market.seller.account})
    assert market.gained(receipt, token, market.buyer) == WIDEST


def test_open_with_an_amount_above_the_width_E9():
    """It cannot be put into the word: it would be another's duration."""
    with pytest.raises(ValueError, match=r"amount must be from 0 to 2\^128 - 1"):
        goods(WIDEST + 1).pack()


def test_open_with_the_largest_amount_in_coin_E9(market):
    """Nobody has so much: the value sent must be the sum, whatever it is."""
    offer = market.offer(goods(WIDEST))
    with reverts("Escrow_WrongValue", 0, WIDEST):
        market.escrow.openTrade(offer.pack(), 0, market.sign(offer), {"from": market.buyer.account})


@pytest.mark.parametrize(
    ("periods", "good"),
    [
        ({"due_in": 0}, False),
        ({"due_in": 1}, True),
        ({"due_in": LONGEST}, True),
        ({"due_in": LONGEST + 1}, False),
        ({"due_in": 2**32 - 1}, False),
        ({"review_period": 0}, True),
        ({"review_period": LONGEST}, True),
        ({"review_period": LONGEST + 1}, False),
        ({"review_period": 2**32 - 1}, False),
    ],
)
def test_open_with_long_and_short_periods_E14(market, asset, periods, good):
    if good:
        assert market.status(market.open(goods(**periods), asset=asset)) == OPEN
        return
    with reverts("Escrow_BadPeriod", 1):
        market.open(goods(), goods(**periods), asset=asset)


@pytest.mark.parametrize(
    ("fill", "fills"), [(1, 1), (7, 7), (2**32 - 1, 7), (0, 0), (2**32 - 1, 2**32 - 1)]
)
def test_open_a_fill_beyond_the_last(market, fill, fills):
    with reverts("Escrow_BadFill", fill, fills):
        market.open(fill=fill, fills=fills)


def test_open_the_last_fill(market):
    opened = market.open(fill=2**32 - 2, fills=2**32 - 1)
    assert opened.trade.pin.fill == 2**32 - 2


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_open_around_the_expiry_E13(market, second):
    expires = market.now + DAY
    offer = market.offer(expires_at=expires)
    market.next_at(expires + second)
    if second <= 0:
        assert market.status(market.open(offer=offer)) == OPEN
        return
    with reverts("Escrow_OfferExpired", expires):
        market.open(offer=offer)


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_open_around_the_creation_E13(market, second):
    created = market.now + DAY
    offer = market.offer(created_at=created)
    market.next_at(created + second)
    if second >= 0:
        assert market.status(market.open(offer=offer)) == OPEN
        return
    with reverts("Escrow_OfferNotYetValid", created):
        market.open(offer=offer)


@pytest.mark.parametrize(
    ("away", "good"),
    [(-1, False), (0, True), (1, True), (LONGEST, True), (LONGEST + 1, False)],
)
def test_open_around_the_first_and_the_last_start_E13(market, away, good):
    starts_at = market.now + 2 * LONGEST
    offer = market.offer(starts_at=starts_at, expires_at=starts_at + LONGEST)
    market.next_at(starts_at - away)
    if good:
        pin = market.open(offer=offer).trade.pin
        assert (pin.start, pin.starts_in) == (starts_at, away)
        return
    with reverts("Escrow_BadStart", starts_at):
        market.open(offer=offer)


def test_open_at_a_fee_above_what_the_maker_accepts(market):
    with reverts("Escrow_FeeTooHigh", FEE, FEE - 1):
        market.open(max_fee_bps=FEE - 1)
    assert market.status(market.open(max_fee_bps=FEE)) == OPEN
    assert market.status(market.open(kind=4, max_fee_bps=0)) == OPEN
    assert FEES[3] == 0


@pytest.mark.parametrize("kind", [0, 11, 255])
def test_open_a_kind_that_does_not_exist(market, kind):
    with reverts("RuleBook_UnknownKind", kind):
        market.open(kind=kind)


def test_open_in_an_asset_that_is_not_allowed_E5(market, StubToken, people):
    other = people["deployer"].account.deploy(StubToken, "Other", "OTHER", 18)
    for asset in (other, people["guest"], market.escrow, "0x" + "00" * 19 + "04"):
        with reverts("RuleBook_AssetNotAllowed", asset):
            market.open(asset=asset)


def test_open_with_everything_empty_E8(market):
    with reverts("Escrow_BadFill", 0, 0):
        market.escrow.openTrade(
            (ZERO_ADDRESS, [], [], b"\0" * 32, 0), 0, [], {"from": market.buyer.account}
        )


@pytest.mark.parametrize("word", ["asset", "party"])
def test_open_with_a_dirty_address_E20(market, word):
    """Bits above an address are refused before anything is read."""
    offer = market.offer()
    data = market.escrow.openTrade.encode_input(offer.pack(), 0, market.sign(offer))
    place = data.index(market.seller.address[2:].lower()) - 24
    if word == "asset":
        place = 10 + 64 * 3  # selector, head of three arguments
    assert data[place : place + 24] == "0" * 24
    dirty = data[:place] + "1" + data[place + 1 :]
    with reverts_silently():
        market.buyer.account.transfer(market.escrow, AMOUNT, data=dirty)
    market.buyer.account.transfer(market.escrow, AMOUNT, data=data)
