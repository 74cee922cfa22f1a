"""By which rules an operator hides an offer, and what a maker signs to withdraw one.

Neither touches the chain: who has the signed offer can still open the trade.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from eth_account.messages import SignableMessage, encode_typed_data

RULES: Mapping[str, str] = MappingProxyType(
    {
        "unlawful": "What it offers or asks for must not be traded where the operator is.",
        "deception": "It says what is not so: about the thing, the maker, or the terms.",
        "harm": "It calls for harm to somebody, or demeans people for what they are.",
        "private-data": "It shows what somebody else is entitled to keep to themselves.",
        "spam": "It is one of many of the same kind, or offers nothing.",
        "order": "A court or an authority that binds the operator ordered it.",
    }
)

WITHDRAWAL_PURPOSE = (
    "Take my offer off the list, for good. Whoever already has it can still take it: only a"
    " cancellation on the chain ends it."
)
WITHDRAWAL_TYPES = {
    "OfferWithdrawal": [
        {"name": "purpose", "type": "string"},
        {"name": "offerHash", "type": "bytes32"},
    ]
}


def withdrawal_message(chain_id: int, escrow: str, offer_hash: str) -> SignableMessage:
    domain = {
        "name": "Commonhold Offers",
        "version": "1",
        "chainId": chain_id,
        "verifyingContract": escrow,
    }
    said = {"purpose": WITHDRAWAL_PURPOSE, "offerHash": bytes.fromhex(offer_hash[2:])}
    return encode_typed_data(domain, WITHDRAWAL_TYPES, said)
