"""Splits that a maker signs with its offer, so that the other side can close a tranche alone."""

from __future__ import annotations

from collections.abc import Sequence

from backend.api import problem_types as types
from backend.api.context import Context
from backend.api.errors import Problem
from backend.api.reader import asked
from backend.api.schemas.signed import SplitShape
from backend.terms.offer import ZERO_ADDRESS, Offer
from backend.terms.signatures import digest_of, recover
from backend.terms.typed_data import hash_listing, hash_offer, signable_split, trade_id


def check_splits(here: Context, offer: Offer, splits: Sequence[SplitShape]) -> None:
    """Problem: one is of no side of its tranche, or not signed. The node is asked only for what no
    key signed. One whose deadline has passed does no harm: a step of a cancellation may be over
    when an offer at short notice is posted."""
    offer_hash = hash_offer(offer.terms, hash_listing(offer.listing))
    for place, split in enumerate(splits):
        _check_sides(offer, split, place)
        message = signable_split(
            here.deployment.chain_id,
            here.escrow,
            trade_id(offer_hash, split.fill),
            split.tranche,
            split.performer_bps,
            split.deadline,
        )
        digest, signature = digest_of(message), bytes.fromhex(split.signature[2:])
        by_key = recover(digest, signature) == split.party
        if not by_key and not asked(here, split.party, digest, signature):
            raise _refused(place, f"{split.party} did not sign that")


def _check_sides(offer: Offer, split: SplitShape, place: int) -> None:
    if split.fill >= offer.listing.fills:
        raise _refused(place, f"there are {offer.listing.fills} fills, counted from 0")
    if split.tranche >= len(offer.terms.tranches):
        raise _refused(place, f"there are {len(offer.terms.tranches)} tranches, counted from 0")
    tranche, parties = offer.terms.tranches[split.tranche], offer.terms.parties
    sides = {parties[tranche.performer], parties[tranche.checker]} - {ZERO_ADDRESS}
    if split.party not in sides:
        raise _refused(place, f"{split.party} is no side of tranche {split.tranche}")


def _refused(place: int, why: str) -> Problem:
    return Problem(types.SPLIT_REFUSED, why, split=place)
