"""Every call names its trade by terms, parties, listing and pin

├── all as they were opened: the trade is known
│   └── the tranche does not exist → UnknownTranche
└── one of them is another, or the trade was never opened → UnknownTrade; statusOf is None
"""

from dataclasses import replace

import pytest
from hexbytes import HexBytes

from backend.terms.offer import NO_SEAT, ZERO_ADDRESS
from backend.terms.typed_data import id_of
from tests.contracts.escrow.actions import ACTIONS, in_status
from tests.contracts.escrow.market import DISPUTED, DUE_IN, NONE, bond, goods
from tests.contracts.expect import reverts, reverts_silently

# What is altered, and to what. The salt of the pin is 64 bits.
ALTERED = {
    "asset": lambda o, m: {"asset": m.escrow.address},
    "parties swapped": lambda o, m: {"parties": o.trade.terms.parties[::-1]},
    "other taker": lambda o, m: {"parties": (m.seller.address, m.people["guest"].address)},
    "other maker": lambda o, m: {"parties": (m.people["guest"].address, m.buyer.address)},
    "nobody in the open place": lambda o, m: {"parties": o.offer.terms.parties},
    "open place never open": lambda o, m: {"parties": o.offer.terms.parties, "open_seat": NO_SEAT},
    "one party more": lambda o, m: {"parties": (*o.trade.terms.parties, m.people["guest"].address)},
    "one party less": lambda o, m: {"parties": o.trade.terms.parties[:1]},
    "other open seat": lambda o, m: {"open_seat": 0},
    "no open seat": lambda o, m: {"open_seat": NO_SEAT},
    "open seat beyond the parties": lambda o, m: {"open_seat": 2},
    "amount": lambda o, m: {"tranches": (goods(2**128 - 1), bond())},
    "roles": lambda o, m: {"tranches": (goods(performer=1, checker=0), bond())},
    "due in": lambda o, m: {"tranches": (goods(due_in=1), bond())},
    "review": lambda o, m: {"tranches": (goods(review_period=0), bond())},
    "tranches swapped": lambda o, m: {"tranches": o.trade.terms.tranches[::-1]},
    "one tranche more": lambda o, m: {"tranches": (*o.trade.terms.tranches, goods())},
    "one tranche less": lambda o, m: {"tranches": o.trade.terms.tranches[:1]},
    "no tranche": lambda o, m: {"tranches": ()},
    "listing": lambda o, m: {"listing_hash": bytes(32)},
    "fill": lambda o, m: {"fill": 1},
    "opened earlier": lambda o, m: {"opened_at": o.opened_at - DUE_IN},
    "other rules": lambda o, m: {"rules_version": 2},
    "no rules": lambda o, m: {"rules_version": 0},
    "no fee": lambda o, m: {"fee_bps": 0},
    "more fee than all": lambda o, m: {"fee_bps": 2**16 - 1},
    "salt": lambda o, m: {"salt": o.trade.pin.salt ^ 1},
}
SPARE_PIN_BITS = [192, 193, 255]


def id_as(opened, **changed) -> HexBytes:
    """The id that the altered trade has by the hashes of its own terms."""
    trade = opened.trade
    for name, value in changed.items():
        for part in ("terms", "pin"):
            if hasattr(getattr(trade, part), name):
                trade = replace(trade, **{part: replace(getattr(trade, part), **{name: value})})
                break
        else:
            trade = replace(trade, **{name: value})
    return HexBytes(id_of(trade))


@pytest.mark.parametrize("altered", ALTERED)
def test_wrong_terms_for_a_known_trade_E16(market, altered):
    opened = in_status(market, DISPUTED, goods(), bond())
    changed = ALTERED[altered](opened, market)
    trade = opened.altered(**changed)
    assert market.escrow.statusOf(trade, 0) == NONE
    unknown = id_as(opened, **changed)
    for action in ACTIONS.values():
        with reverts("Escrow_UnknownTrade", unknown):
            action(market, opened, trade=trade)
    for view in (market.escrow.tranchesOf, market.escrow.nextDefault):
        with reverts("Escrow_UnknownTrade", unknown):
            view(trade)
    assert market.status(opened) == DISPUTED


@pytest.mark.parametrize("bit", SPARE_PIN_BITS)
def test_dirty_bits_of_the_pin_E16(market, bit):
    opened = market.open()
    trade = (*opened.packed[:4], opened.packed[4] | 1 << bit)
    assert market.escrow.statusOf(trade, 0) == NONE
    with reverts("Escrow_UnknownTrade", HexBytes(opened.id)):
        ACTIONS["accept"](market, opened, trade=trade)


@pytest.mark.parametrize("bit", [216, 240, 255])
@pytest.mark.parametrize("action", ["accept", "refund", "split"])
def test_dirty_bits_of_a_tranche_mean_nothing_E20(market, action, bit):
    """They are in no hash and are read by nobody: the payout is that of the clean word."""
    opened = market.open()
    asset, parties, (tranche,), *rest = opened.packed
    trade = (asset, parties, (tranche | 1 << bit,), *rest)
    receipt = ACTIONS[action](market, opened, trade=trade)
    told = next(e for e in receipt.events if e.name.startswith("Tranche"))
    assert HexBytes(told["tradeId"]) == opened.id
    gains = [market.gained(receipt, ZERO_ADDRESS, p) for p in (market.seller, market.buyer)]
    fee = market.owed(receipt, ZERO_ADDRESS, market.people["treasury"])
    assert sum(gains) + fee == opened.tranche().amount


@pytest.mark.parametrize("place", [0, 1])
def test_dirty_bits_of_a_party_E16(market, place):
    """In the open place the address is read and refused; elsewhere the hash is another."""
    opened = market.open()
    party = opened.trade.terms.parties[place]
    data = market.escrow.accept.encode_input(opened.packed, 0)
    at = data.index(party[2:].lower()) - 24
    assert data[at : at + 24] == "0" * 24
    dirty = data[:at] + "1" + data[at + 1 :]
    if place == 1:
        with reverts_silently():
            market.buyer.account.transfer(market.escrow, data=dirty)
    else:
        with pytest.raises(Exception, match="Escrow_UnknownTrade"):
            market.buyer.account.transfer(market.escrow, data=dirty)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_trade_that_was_never_opened_E16(market, action):
    """Another fill of the same offer, with the very pin of the one that was."""
    opened = market.open(fills=2)
    with reverts("Escrow_UnknownTrade", id_as(opened, fill=1)):
        ACTIONS[action](market, opened, trade=opened.altered(fill=1))


@pytest.mark.parametrize("index", [1, 4, 20, 2**128, 2**256 - 1])
def test_a_tranche_that_does_not_exist_E16(market, people, index):
    opened = market.open()
    stranger = {"from": people["stranger"].account}
    trade = opened.packed
    calls = [
        lambda: market.escrow.perform(trade, index, {"from": market.seller.account}),
        lambda: market.escrow.accept(trade, index, {"from": market.buyer.account}),
        lambda: market.escrow.refund(trade, index, {"from": market.seller.account}),
        lambda: market.escrow.dispute(trade, index, {"from": market.buyer.account}),
        lambda: market.escrow.rule(trade, index, 1, {"from": people["arbitrator"].account}),
        lambda: market.escrow.split(trade, index, 1, 2**40 - 1, b"", b"", stranger),
        lambda: market.escrow.expire(trade, index, stranger),
        lambda: market.escrow.expireBatch([trade], [index], stranger),
    ]
    for call in calls:
        with reverts("Escrow_UnknownTranche", index):
            call()
