"""Splits that a side signs, with an offer or of a trade, so that the other can close it alone."""

from __future__ import annotations

from collections.abc import Sequence

from backend.api import problem_types as types
from backend.api.context import Context
from backend.api.errors import Problem
from backend.api.reader import asked
from backend.api.schemas.signed import SignedSplit, SplitShape
from backend.queries.presigned import splits_of
from backend.queries.snapshot import Snapshot
from backend.queries.trades import TradeRows
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
        _check_signature(here, trade_id(offer_hash, split.fill), split, place)


def check_split(here: Context, at: Snapshot, found: TradeRows, split: SignedSplit) -> None:
    """Problem: it is of no side of a tranche that is open, over already, or one too many. Who
    signed it is for `check_split_signature`, which may ask the node."""
    tranche = next((one for one in found.tranches if one.tranche == split.tranche), None)
    if tranche is None:
        raise _refused(0, f"there are {len(found.tranches)} tranches, counted from 0")
    if tranche.closed_at is not None:
        raise _refused(0, f"tranche {split.tranche} is closed")
    if split.party not in (found.parties[tranche.performer], found.parties[tranche.checker]):
        raise _refused(0, f"{split.party} is no side of tranche {split.tranche}")
    if split.deadline < at.now:
        raise _refused(0, f"its deadline {split.deadline} has passed: it is {at.now} by the chain")
    kept = splits_of(at, found.trade.offer_hash, found.trade.fill)
    limit = here.limits.splits_per_party
    if sum(row.party == split.party for row in kept) >= limit:
        detail = f"{split.party} has signed {limit}"
        raise Problem(types.TOO_MANY_SPLITS, detail, party=split.party, limit=limit)


def check_split_signature(here: Context, trade: str, split: SignedSplit) -> None:
    """Problem: the party did not sign it. The node is asked only for what no key signed."""
    _check_signature(here, bytes.fromhex(trade[2:]), split, 0)


def _check_signature(
    here: Context, trade: bytes, split: SplitShape | SignedSplit, place: int
) -> None:
    message = signable_split(
        here.deployment.chain_id,
        here.escrow,
        trade,
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
