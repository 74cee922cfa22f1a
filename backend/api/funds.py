"""Whether the makers of an offer have, and allow the Escrow to take, what one fill of it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eth_abi.exceptions import DecodingError

from backend.abi import load
from backend.api import problem_types as types
from backend.api.errors import Problem
from backend.chain.contract import Contract
from backend.chain.errors import CallReverted, NodeRefused
from backend.chain.node import Node
from backend.terms.acceptability import funding
from backend.terms.offer import ZERO_ADDRESS, Offer

Purse = tuple[int, int] | None  # balance and allowance, base units; None: the token does not tell


def named_funders(offer: Offer) -> dict[str, int]:
    """What each named party must have ready for one fill; coin comes with the call."""
    if offer.terms.asset == ZERO_ADDRESS:
        return {}
    owed = zip(offer.terms.parties, funding(offer), strict=True)
    return {party: amount for party, amount in owed if amount and party != ZERO_ADDRESS}


def purse_of(
    node: Node, asset: str, party: str, escrow: str, block_hash: str | None = None
) -> Purse:
    """What a party has of a token, and allows the Escrow to take, as of a block or of the newest
    one. Raises NodeError."""
    token = Contract(node, "Token", asset, load("Token"))
    try:
        balance = int(token.call("balanceOf", party, block_hash=block_hash))
        allowance = int(token.call("allowance", party, escrow, block_hash=block_hash))
    except (NodeRefused, DecodingError) as error:
        if block_hash is not None and not isinstance(error, CallReverted | DecodingError):
            raise  # the node has that block no longer
        return None
    return balance, allowance


def lacks(offer: Offer, purses: Mapping[str, Purse]) -> Iterator[Problem]:
    """What is missing, by what each named funder has. A token that tells no balance counts as
    none."""
    for party, needed in named_funders(offer).items():
        purse = purses[party]
        if purse is None:
            words = f"{offer.terms.asset} does not tell the balance of {party}"
            yield _lack(types.LOW_BALANCE, words, party, needed, 0)
            continue
        balance, allowance = purse
        if balance < needed:
            words = f"{party} has {balance} of {needed}"
            yield _lack(types.LOW_BALANCE, words, party, needed, balance)
        if allowance < needed:
            words = f"{party} allows the escrow to take {allowance} of {needed}"
            yield _lack(types.LOW_ALLOWANCE, words, party, needed, allowance)


def _lack(kind: types.ProblemType, words: str, party: str, needed: int, found: int) -> Problem:
    return Problem(kind, words, party=party, needed=str(needed), found=str(found))
