"""A condition report: what a thing was like, as a content hash that both sides sign (EIP-712).

At the hand-over and at the return the two write down what they see. Each signs the hash of that,
with the trade and the moment; nothing is sent. In a dispute the report is shown with both
signatures, so that neither side can say that it saw something else.
"""

from __future__ import annotations

from typing import Any, Literal

from eth_account.messages import SignableMessage, encode_typed_data

from backend.terms.signatures import digest_of, recover
from backend.terms.typed_data import DOMAIN, escrow_domain

Moment = Literal["handover", "return"]
MOMENTS: tuple[Moment, ...] = ("handover", "return")
TYPES = {
    "ConditionReport": [
        {"name": "tradeId", "type": "bytes32"},
        {"name": "moment", "type": "string"},
        {"name": "content", "type": "bytes32"},
    ]
}


def report_to_sign(
    chain_id: int, escrow: str, trade_id: str, moment: Moment, content: str
) -> dict[str, Any]:
    """For eth_signTypedData_v4. `content` is the SHA-256 of the report: 0x and hex."""
    return {
        "domain": escrow_domain(chain_id, escrow),
        "types": {"EIP712Domain": DOMAIN, **TYPES},
        "primaryType": "ConditionReport",
        "message": {"tradeId": trade_id, "moment": moment, "content": content},
    }


def report_digest(chain_id: int, escrow: str, trade_id: str, moment: Moment, content: str) -> bytes:
    """What is signed, as a hash."""
    return digest_of(report_message(chain_id, escrow, trade_id, moment, content))


def report_message(
    chain_id: int, escrow: str, trade_id: str, moment: Moment, content: str
) -> SignableMessage:
    """For a key of one's own."""
    return encode_typed_data(
        full_message=report_to_sign(chain_id, escrow, trade_id, moment, content)
    )


def signer_of(report: dict[str, Any], signature: bytes) -> str | None:
    """Whose key signed this report; None if nobody's did."""
    return recover(digest_of(encode_typed_data(full_message=report)), signature)
