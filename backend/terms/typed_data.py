"""What is signed (EIP-712), and the hashes that name offers and trades.

Twin of ``contracts/libraries/OfferHash.sol``; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from eth_account.messages import SignableMessage, encode_typed_data

from backend.terms.keccak import keccak
from backend.terms.offer import Listing, Offer, Terms, Trade, Tranche

_TRANCHE = (
    "Tranche(uint8 funder,uint8 performer,uint8 checker,uint128 amount,uint32 dueIn,"
    "uint32 reviewPeriod)"
)
_TERMS = "Terms(address asset,address[] parties,Tranche[] tranches)"
_LISTING = (
    "Listing(bytes32 contentHash,uint8 kind,uint16 maxFeeBps,uint40 createdAt,uint40 expiresAt,"
    "uint40 startsAt,uint32 fills,uint40 salt,uint8 sponsor,uint16 labels,uint16 leastPoints)"
)
_OFFER = "Offer(Terms terms,Listing listing)"

_TRANCHE_TYPEHASH = keccak(_TRANCHE.encode())
_TERMS_TYPEHASH = keccak((_TERMS + _TRANCHE).encode())
_LISTING_TYPEHASH = keccak(_LISTING.encode())
_OFFER_TYPEHASH = keccak((_OFFER + _LISTING + _TERMS + _TRANCHE).encode())


def _members(signature: str) -> list[dict[str, str]]:
    inside = signature[signature.index("(") + 1 : -1]
    return [
        dict(zip(("type", "name"), member.split(" "), strict=True)) for member in inside.split(",")
    ]


OFFER_TYPES: dict[str, list[dict[str, str]]] = {
    "Offer": _members(_OFFER),
    "Terms": _members(_TERMS),
    "Tranche": _members(_TRANCHE),
    "Listing": _members(_LISTING),
}
SPLIT_TYPES: dict[str, list[dict[str, str]]] = {
    "Split": _members("Split(bytes32 tradeId,uint256 tranche,uint256 performerBps,uint40 deadline)")
}


def escrow_domain(chain_id: int, escrow: str) -> dict[str, Any]:
    return {
        "name": "Commonhold Escrow",
        "version": "1",
        "chainId": chain_id,
        "verifyingContract": escrow,
    }


def offer_message(offer: Offer) -> dict[str, Any]:
    """The offer as a wallet shows it."""
    terms, listing = offer.terms, offer.listing
    return {
        "terms": {
            "asset": terms.asset,
            "parties": list(terms.parties),
            "tranches": [
                {
                    "funder": t.funder,
                    "performer": t.performer,
                    "checker": t.checker,
                    "amount": t.amount,
                    "dueIn": t.due_in,
                    "reviewPeriod": t.review_period,
                }
                for t in terms.tranches
            ],
        },
        "listing": {
            "contentHash": listing.content_hash,
            "kind": listing.kind,
            "maxFeeBps": listing.max_fee_bps,
            "createdAt": listing.created_at,
            "expiresAt": listing.expires_at,
            "startsAt": listing.starts_at,
            "fills": listing.fills,
            "salt": listing.salt,
            "sponsor": listing.sponsor,
            "labels": listing.labels,
            "leastPoints": listing.least_points,
        },
    }


def signable_offer(chain_id: int, escrow: str, offer: Offer) -> SignableMessage:
    return encode_typed_data(escrow_domain(chain_id, escrow), OFFER_TYPES, offer_message(offer))


def signable_split(
    chain_id: int, escrow: str, trade_id: bytes, tranche: int, performer_bps: int, deadline: int
) -> SignableMessage:
    """A split of a tranche; `performer_bps` is the performer's share before the fee."""
    message = _split_message(trade_id, tranche, performer_bps, deadline)
    return encode_typed_data(escrow_domain(chain_id, escrow), SPLIT_TYPES, message)


def _split_message(
    trade_id: bytes, tranche: int, performer_bps: int, deadline: int
) -> dict[str, Any]:
    return {
        "tradeId": trade_id,
        "tranche": tranche,
        "performerBps": performer_bps,
        "deadline": deadline,
    }


DOMAIN = _members(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)


def offer_to_sign(chain_id: int, escrow: str, offer: Offer) -> dict[str, Any]:
    """For a wallet's `eth_signTypedData_v4`."""
    return _to_sign(chain_id, escrow, "Offer", OFFER_TYPES, offer_message(offer))


def split_to_sign(
    chain_id: int, escrow: str, trade_id: bytes, tranche: int, performer_bps: int, deadline: int
) -> dict[str, Any]:
    """The same for a split."""
    message = _split_message(trade_id, tranche, performer_bps, deadline)
    return _to_sign(chain_id, escrow, "Split", SPLIT_TYPES, message)


def _to_sign(
    chain_id: int,
    escrow: str,
    name: str,
    types: dict[str, list[dict[str, str]]],
    message: dict[str, Any],
) -> dict[str, Any]:
    return {
        "domain": escrow_domain(chain_id, escrow),
        "types": {"EIP712Domain": DOMAIN, **types},
        "primaryType": name,
        "message": _in_json(message),
    }


def _in_json(value: Any) -> Any:
    """Bytes in hexadecimal; integers that JSON would round as decimal strings."""
    if isinstance(value, dict):
        return {name: _in_json(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_in_json(each) for each in value]
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value) if isinstance(value, int) and value >= 1 << 53 else value


def hash_listing(listing: Listing) -> bytes:
    return keccak(
        _LISTING_TYPEHASH
        + listing.content_hash
        + _words(
            listing.kind,
            listing.max_fee_bps,
            listing.created_at,
            listing.expires_at,
            listing.starts_at,
            listing.fills,
            listing.salt,
            listing.sponsor,
            listing.labels,
            listing.least_points,
        )
    )


def hash_terms(terms: Terms) -> bytes:
    parties = b"".join([_address(party) for party in terms.parties])
    tranches = b"".join([_hash_tranche(tranche) for tranche in terms.tranches])
    return keccak(_TERMS_TYPEHASH + _address(terms.asset) + keccak(parties) + keccak(tranches))


def _hash_tranche(tranche: Tranche) -> bytes:
    return keccak(
        _TRANCHE_TYPEHASH
        + _words(
            tranche.funder,
            tranche.performer,
            tranche.checker,
            tranche.amount,
            tranche.due_in,
            tranche.review_period,
        )
    )


def _words(*values: int) -> bytes:
    return b"".join([value.to_bytes(32, "big") for value in values])


def _address(text: str) -> bytes:
    return bytes(12) + bytes.fromhex(text[2:])


def hash_offer(terms: Terms, listing_hash: bytes) -> bytes:
    """The EIP-712 struct hash of an offer."""
    return keccak(_OFFER_TYPEHASH + hash_terms(terms) + listing_hash)


def trade_id(offer_hash: bytes, fill: int) -> bytes:
    """The id of the trade that a fill of an offer opens."""
    return keccak(offer_hash + fill.to_bytes(32, "big"))


def id_of(trade: Trade) -> bytes:
    return trade_id(hash_offer(trade.signed_terms(), trade.listing_hash), trade.pin.fill)
