"""What people sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eth_account.messages import encode_typed_data

from scripts.people import Person


def sign(who: Person, typed_data: dict[str, Any]) -> bytes:
    """As a wallet does (EIP-712)."""
    made = who.account.sign_message(encode_typed_data(full_message=typed_data))
    return bytes(made.signature)


def steps_to_post(terms: dict[str, Any], cast: Mapping[str, Person]) -> list[dict[str, Any]]:
    """The splits that makers give away with the offer, for the book: all but hand-over codes."""
    return [
        {
            "party": cast[step["role"]].address,
            **{name: step[name] for name in ("fill", "tranche", "performerBps", "deadline")},
            "signature": "0x" + sign(cast[step["role"]], step["typedData"]).hex(),
        }
        for step in terms["presigned"]
        if not step["byTaker"] and not step["kept"]
    ]
