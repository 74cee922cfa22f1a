"""openTrade: who signed

├── as many signatures as parties but the caller, in their order → SignatureCount, BadSignature
├── a key's signature
│   ├── of this very offer, for this contract on this chain → BadSignature
│   └── of 65 bytes, with the low s, v of 27 or 28 → BadSignature
└── the offer, or all offers of a signer up to then, were cancelled → OfferIsCancelled
"""

from dataclasses import replace

import pytest
from eth_account.messages import encode_typed_data
from eth_keys import keys
from eth_utils import keccak
from hexbytes import HexBytes

from backend.terms.offer import ZERO_ADDRESS, Offer
from backend.terms.typed_data import OFFER_TYPES, escrow_domain, offer_message, signable_offer
from tests.contracts.escrow.market import AMOUNT, DAY, goods
from tests.contracts.expect import reverts

CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


def other_listing(offer, **changed) -> Offer:
    return replace(offer, listing=replace(offer.listing, **changed))


def other_terms(offer, **changed) -> Offer:
    return replace(offer, terms=replace(offer.terms, **changed))


# how many, and in which order


@pytest.mark.parametrize("given", [0, 2])
def test_open_with_another_number_of_signatures_E21(market, given):
    offer = market.offer()
    with reverts("Escrow_SignatureCount", given, 1):
        market.take(offer, market.sign(offer) * given)


def test_open_with_signatures_in_another_order_E21(market, people):
    makers = market.seller, people["courier"]
    offer = market.offer(
        parties=(*makers, None),
    )
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, market.sign(offer, *makers)[::-1])


@pytest.mark.parametrize("missing", [0, 1])
def test_open_with_one_of_two_unsigned_E21(market, people, missing):
    makers = [market.seller, people["courier"]]
    offer = market.offer(parties=(*makers, None))
    signatures = market.sign(offer, *makers)
    signatures[missing] = market.sign(offer, people["stranger"])[0]
    with reverts("Escrow_BadSignature", makers[missing]):
        market.take(offer, signatures)


def test_open_with_the_takers_own_signature_E21(market):
    offer = market.offer()
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, market.sign(offer, market.buyer))


# for what


OTHER_OFFERS = {
    "asset": lambda o, m: other_terms(o, asset=m.escrow.address),
    "party": lambda o, m: other_terms(o, parties=(m.seller.address, m.people["guest"].address)),
    "places swapped": lambda o, m: other_terms(o, parties=(ZERO_ADDRESS, m.seller.address)),
    "amount": lambda o, m: other_terms(o, tranches=(goods(AMOUNT - 1),)),
    "due in": lambda o, m: other_terms(o, tranches=(goods(due_in=DAY),)),
    "review": lambda o, m: other_terms(o, tranches=(goods(review_period=DAY),)),
    "roles": lambda o, m: other_terms(o, tranches=(goods(performer=1, checker=0),)),
    "tranche more": lambda o, m: other_terms(o, tranches=(goods(), goods())),
    "content": lambda o, m: other_listing(o, content_hash=bytes(32)),
    "kind": lambda o, m: other_listing(o, kind=2),
    "fee": lambda o, m: other_listing(o, max_fee_bps=o.listing.max_fee_bps + 1),
    "created": lambda o, m: other_listing(o, created_at=o.listing.created_at - 1),
    "expires": lambda o, m: other_listing(o, expires_at=o.listing.expires_at + 1),
    "starts": lambda o, m: other_listing(o, starts_at=m.now),
    "fills": lambda o, m: other_listing(o, fills=2),
    "salt": lambda o, m: other_listing(o, salt=o.listing.salt + 1),
    "sponsor": lambda o, m: other_listing(o, sponsor=1),
    "labels": lambda o, m: other_listing(o, labels=1),
    "points": lambda o, m: other_listing(o, least_points=1),
}


@pytest.mark.parametrize("changed", OTHER_OFFERS)
def test_open_with_the_signature_of_another_offer_E20(market, changed):
    """Every word of what is signed counts."""
    offer = market.offer()
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, market.sign(OTHER_OFFERS[changed](offer, market)))


def test_open_with_a_signature_for_another_chain_E20(market):
    offer = market.offer()
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, market.sign(offer, chain_id=1))


def test_open_with_a_signature_for_another_escrow_E20(market, Escrow, people, rules):
    twin = people["deployer"].account.deploy(
        Escrow, rules, people["treasury"].address, people["stranger"].address, ZERO_ADDRESS
    )
    offer = market.offer()
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, market.sign(offer, escrow=twin))


@pytest.mark.parametrize("changed", [{"name": "Commonhold"}, {"version": "2"}])
def test_open_with_a_signature_for_another_domain_E20(market, changed):
    offer = market.offer()
    domain = escrow_domain(market.chain.id, market.escrow.address) | changed
    message = encode_typed_data(domain, OFFER_TYPES, offer_message(offer))
    signature = bytes(market.seller.key.sign_message(message).signature)
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, [signature])


def test_open_with_a_signature_of_something_else_E20(market):
    """Of a split between the same people: another action."""
    offer = market.offer()
    opened = market.open()
    signature = market.sign_split(opened.id, market.seller, 10_000, market.now + DAY)
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, [signature])


def test_open_two_fills_with_one_signature_E20(market):
    """One signature is for all fills of the offer, and for no more."""
    offer = market.offer(fills=2)
    signatures = market.sign(offer)
    market.take(offer, signatures, fill=0)
    market.take(offer, signatures, fill=1)
    with reverts("Escrow_BadFill", 2, 2):
        market.take(offer, signatures, fill=2)


# in which form


def test_open_with_the_malleable_twin_of_a_signature_E21(market):
    offer = market.offer()
    good = market.sign(offer)[0]
    r, s, v = good[:32], int.from_bytes(good[32:64], "big"), good[64]
    twin = r + (CURVE_ORDER - s).to_bytes(32, "big") + bytes([55 - v])
    digest = keccak(
        b"\x19" + b"".join(signable_offer(market.chain.id, market.escrow.address, offer))
    )
    recovered = keys.Signature(twin[:64] + bytes([twin[64] - 27])).recover_public_key_from_msg_hash(
        digest
    )
    assert recovered.to_checksum_address() == market.seller.address  # the curve accepts it
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, [twin])
    market.take(offer, [good])


@pytest.mark.parametrize("cut", [0, 1, 64, 66, 130])
def test_open_with_a_signature_of_another_length_E21(market, cut):
    offer = market.offer()
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, [(market.sign(offer)[0] * 2)[:cut]])


def test_open_with_a_compact_signature_E21(market):
    """ERC-2098's 64 bytes would be a second form of the same signature."""
    offer = market.offer()
    good = market.sign(offer)[0]
    s = int.from_bytes(good[32:64], "big") | (good[64] - 27) << 255
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, [good[:32] + s.to_bytes(32, "big")])


@pytest.mark.parametrize("v", [0, 1, 26, 29, 255])
def test_open_with_another_v_E21(market, v):
    offer = market.offer()
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, [market.sign(offer)[0][:64] + bytes([v])])


@pytest.mark.parametrize("byte", [0, 31, 32, 63])
def test_open_with_a_signature_of_which_a_bit_is_wrong_E21(market, byte):
    offer = market.offer()
    wrong = bytearray(market.sign(offer)[0])
    wrong[byte] ^= 1
    with reverts("Escrow_BadSignature", market.seller):
        market.take(offer, [bytes(wrong)])


def test_open_in_the_name_of_a_precompile_E21(market):
    """Address 4 answers with what it was asked: it has no code, so it is not asked."""
    offer = other_terms(market.offer(), parties=("0x" + "00" * 19 + "04", ZERO_ADDRESS))
    with reverts("Escrow_BadSignature", "0x" + "00" * 19 + "04"):
        market.take(offer, [b""])


def test_open_in_the_name_of_a_contract_that_is_no_wallet_E21(market, token):
    for contract in (market.escrow, market.rules, token):
        offer = other_terms(market.offer(), parties=(contract.address, ZERO_ADDRESS))
        with reverts("Escrow_BadSignature", contract):
            market.take(offer, market.sign(offer))


# and whether it still holds


def test_open_a_cancelled_offer(market):
    offer = market.offer()
    market.escrow.cancelOffer(offer.pack(), {"from": market.seller.account})
    offer_hash = HexBytes(market.escrow.hashOffer(offer.pack()))
    with reverts("Escrow_OfferIsCancelled", offer_hash, ZERO_ADDRESS):
        market.take(offer, market.sign(offer))


@pytest.mark.parametrize("second", [-1, 0, 1])
def test_open_an_offer_created_around_a_cancellation_of_all_E13(market, second):
    time = market.now + DAY
    market.next_at(time)
    market.escrow.cancelAllOffers({"from": market.seller.account})
    offer = market.offer(created_at=time + second)
    market.mine_at(time + 10)
    if second == 1:
        market.take(offer, market.sign(offer))
        return
    offer_hash = HexBytes(market.escrow.hashOffer(offer.pack()))
    with reverts("Escrow_OfferIsCancelled", offer_hash, market.seller):
        market.take(offer, market.sign(offer))


def test_open_an_offer_of_which_one_signer_cancelled_all(market, people):
    makers = market.seller, people["courier"]
    offer = market.offer(parties=(*makers, None))
    market.escrow.cancelAllOffers({"from": people["courier"].account})
    offer_hash = HexBytes(market.escrow.hashOffer(offer.pack()))
    with reverts("Escrow_OfferIsCancelled", offer_hash, people["courier"]):
        market.take(offer, market.sign(offer, *makers))


def test_open_after_the_taker_cancelled_all_of_its_own(market):
    """It does not sign, and taking is its word."""
    market.escrow.cancelAllOffers({"from": market.buyer.account})
    offer = market.offer(parties=(market.seller, market.buyer))
    market.take(offer, market.sign(offer))
