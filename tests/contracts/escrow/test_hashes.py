"""What is signed and what names a trade: the contract, the service and a wallet's library agree

├── hashOffer is the EIP-712 struct hash that eth-account works out from the types alone
├── hashListing, tradeIdOf and the id in the log are those of backend.terms
└── the domain is as EIP-5267 tells it
"""

import random

import pytest
from eth_utils import keccak, to_checksum_address
from hexbytes import HexBytes

from backend.terms.offer import NO_SEAT, ZERO_ADDRESS, Listing, Offer, Terms, Tranche
from backend.terms.typed_data import (
    hash_listing,
    hash_offer,
    id_of,
    signable_offer,
    trade_id,
)


def any_address(chosen: random.Random) -> str:
    return str(to_checksum_address(chosen.randbytes(20)))


def any_offer(seed: int) -> Offer:
    """Every field at random over its whole width: sense does not matter to a hash."""
    chosen = random.Random(seed)
    tranches = tuple(
        Tranche(
            *(chosen.randrange(2**8) for _ in range(3)),
            chosen.choice([0, 1, chosen.randrange(2**128), 2**128 - 1]),
            chosen.choice([0, chosen.randrange(2**32), 2**32 - 1]),
            chosen.choice([0, chosen.randrange(2**32), 2**32 - 1]),
        )
        for _ in range(chosen.choice([0, 1, 2, 5, 20, 33]))
    )
    parties = tuple(any_address(chosen) for _ in range(chosen.choice([0, 1, 2, 3, 4, 9])))
    widths = (8, 16, 40, 40, 32, 40, 40, 8, 16, 16)
    listing = Listing(chosen.randbytes(32), *(chosen.randrange(2**bits) for bits in widths))
    return Offer(Terms(any_address(chosen), parties, tranches), listing)


@pytest.mark.parametrize("seed", range(25))
def test_hashOffer_is_what_a_wallet_signs(market, seed):
    offer = any_offer(seed)
    found = bytes(HexBytes(market.escrow.hashOffer(offer.pack())))
    assert found == signable_offer(1, market.escrow.address, offer).body
    assert found == hash_offer(offer.terms, hash_listing(offer.listing))


@pytest.mark.parametrize("seed", range(25))
def test_hashListing_and_tradeIdOf_are_those_of_the_service(market, seed):
    offer = any_offer(seed)
    listing = offer.listing
    found = market.escrow.hashListing(listing.content_hash, listing.pack())
    assert bytes(HexBytes(found)) == hash_listing(listing)
    offer_hash = hash_offer(offer.terms, hash_listing(listing))
    for fill in (0, 1, 255, 256, 2**32 - 1):
        found = market.escrow.tradeIdOf(offer_hash, fill)
        assert bytes(HexBytes(found)) == trade_id(offer_hash, fill)
        assert bytes(HexBytes(found)) == keccak(offer_hash + fill.to_bytes(32, "big"))


@pytest.mark.parametrize("seed", range(5))
def test_packing_and_unpacking_are_inverse(seed):
    offer = any_offer(seed)
    asset, parties, tranches, content, conditions = offer.pack()
    assert Offer.unpack(asset, parties, tranches, content, conditions) == offer


@pytest.mark.parametrize("named", [False, True])
def test_the_id_of_an_opened_trade(market, named):
    """Worked out from the trade as later calls name it, with the taker in the open place."""
    parties = (market.seller, market.buyer) if named else (market.seller, None)
    opened = market.open(parties=parties)
    assert (opened.trade.pin.open_seat == NO_SEAT) is named
    assert id_of(opened.trade) == opened.id
    assert opened.trade.signed_terms() == opened.offer.terms


def test_the_domain(market):
    fields, name, version, chain_id, contract, salt, extensions = market.escrow.eip712Domain()
    assert HexBytes(fields) == b"\x0f"  # name, version, chain and contract; no salt
    assert (name, version, chain_id) == ("Commonhold Escrow", "1", market.chain.id)
    assert (contract, HexBytes(salt), list(extensions)) == (market.escrow, bytes(32), [])


def test_an_open_place_is_not_a_party_of_that_address(market):
    """The open place is hashed as zero whoever takes it: one signature, any taker."""
    offer = market.offer(fills=2)
    first = market.open(offer=offer, fill=0)
    second = market.open(offer=offer, fill=1, taker=market.people["guest"])
    assert first.trade.listing_hash == second.trade.listing_hash
    assert first.trade.signed_terms() == second.trade.signed_terms()
    assert ZERO_ADDRESS in first.trade.signed_terms().parties
