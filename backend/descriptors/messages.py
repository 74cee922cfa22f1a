"""Every message that a wallet signs (EIP-712): its types, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.messages import keys, reading
from backend.terms import (
    attestations,
    condition_report,
    jury_salt,
    moderation,
    reviews,
    seed_secret,
    typed_data,
    upload,
)

Types = Mapping[str, list[dict[str, str]]]
_BALLOT = [("proposalId", "uint256"), ("support", "uint8"), ("voter", "address")]
_NONCE = ("nonce", "uint256")
_REASON = [("reason", "string"), ("params", "bytes")]


def _of(name: str, *fields: tuple[str, str]) -> Types:
    return {name: [{"name": field, "type": type_} for field, type_ in fields]}


@dataclass(frozen=True, slots=True)
class Message:
    """`domain` is the name in its EIP-712 domain, `contract` the one that verifies it, `token` the
    path of the asset that its amounts are in."""

    contract: str
    domain: str
    types: Types
    intent: str
    token: str | None = None

    @property
    def name(self) -> str:
        """The primary type: the one that no other holds."""
        held = {field["type"].split("[")[0] for fields in self.types.values() for field in fields}
        return next(name for name in self.types if name not in held)


MESSAGES = (
    Message("Escrow", "Commonhold Escrow", typed_data.OFFER_TYPES, "Make an offer", "terms.asset"),
    Message("Escrow", "Commonhold Escrow", typed_data.SPLIT_TYPES, "Agree to a split"),
    Message(
        "Escrow", "Commonhold Escrow", condition_report.TYPES, "Stand by a report of the condition"
    ),
    Message(
        "Escrow", "Commonhold Offers", moderation.WITHDRAWAL_TYPES, "Take an offer off the list"
    ),
    Message("Escrow", "Commonhold Content", upload.TYPES, "Have words or a picture kept"),
    Message("Escrow", "Commonhold Messages", keys.SECRET_TYPES, "Make the secret of your messages"),
    Message("Escrow", "Commonhold Messages", keys.KEY_TYPES, "Publish your keys for messages"),
    Message("Escrow", "Commonhold Messages", reading.TYPES, "Be given your messages"),
    Message("Reviews", "Commonhold Reviews", reviews.SECRET_TYPES, "Make the secret of a review"),
    Message("Reviews", "Commonhold Reviews", reviews.REVIEW_TYPES, "Review a side of a trade"),
    Message("Attestations", "Commonhold Attestations", attestations.ATTEST_TYPES, "Attest a label"),
    Message("Attestations", "Commonhold Attestations", attestations.REVOKE_TYPES, "Revoke a label"),
    Message("Court", "Commonhold Court", jury_salt.TYPES, "Make the secret of your vote"),
    Message("BondedSeed", "Commonhold Seed", seed_secret.TYPES, "Make your part of the seed"),
    Message("MarketGovernor", "", _of("Ballot", *_BALLOT, _NONCE), "Vote on a proposal"),
    Message(
        "MarketGovernor",
        "",
        _of("ExtendedBallot", *_BALLOT, _NONCE, *_REASON),
        "Vote on a proposal, with a reason",
    ),
    Message(
        "Reputation",
        "",
        _of("Delegation", ("delegatee", "address"), _NONCE, ("expiry", "uint256")),
        "Let another vote for you",
    ),
)
"""`domain` is empty where the contract tells it itself (EIP-5267)."""


def members(types: Types, name: str) -> list[tuple[str, str]]:
    """The paths of all that a type holds, with their types, as ERC-7730 writes them."""
    found: list[tuple[str, str]] = []
    for field in types[name]:
        inner, mark, _ = field["type"].partition("[")
        path = field["name"] + (".[]" if mark else "")
        if inner in types:
            found += [(f"{path}.{below}", type_) for below, type_ in members(types, inner)]
        else:
            found.append((path, inner))
    return found


def typed(types: Types) -> dict[str, Any]:
    """With the type of the domain, as `eth_signTypedData_v4` has it."""
    return {"EIP712Domain": typed_data.DOMAIN, **types}
