"""Whether a signed offer may be listed: what arithmetic tells, then the index, then the node.

Read-only towards the chain. The order is that of cost: nothing is asked of the node for an offer
that is refused without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from backend.api import problem_types as types
from backend.api.errors import Problem
from backend.api.funds import lacks, named_funders, purse_of
from backend.api.schemas.signed import PostedOffer
from backend.chain.errors import NodeUnreachable
from backend.chain.node import Node
from backend.chain.wallets import accepts
from backend.queries import offers, rules, trades
from backend.queries.snapshot import Snapshot
from backend.queries.unlisted import withdrawal_of
from backend.settings import Deployment
from backend.terms.acceptability import refusal, seats_of_takers, unknown_labels
from backend.terms.attestations import LABELS
from backend.terms.cid import content_hash
from backend.terms.moderation import withdrawal_message
from backend.terms.offer import ZERO_ADDRESS, Offer
from backend.terms.shelf import shelf_of
from backend.terms.signatures import digest_of, offer_digest, recover
from backend.terms.typed_data import hash_listing, hash_offer

RETRY_AFTER = 5


def hash_of(offer: Offer) -> str:
    return "0x" + hash_offer(offer.terms, hash_listing(offer.listing)).hex()


def check_content(posted: PostedOffer, deployment: Deployment) -> None:
    """What will be true for ever: the market it is for, its terms, its text, who should sign."""
    escrow = deployment.address("Escrow")
    if (posted.chain_id, posted.escrow) != (deployment.chain_id, escrow):
        raise Problem(
            types.WRONG_DOMAIN,
            f"it is for {posted.escrow} on chain {posted.chain_id}",
            chainId=deployment.chain_id,
            escrow=escrow,
        )
    offer = posted.offer.offer()
    error = refusal(offer)
    if error is not None:
        raise Problem(types.IMPOSSIBLE_OFFER, _why_not(offer, error), contractError=error)
    if posted.text is not None and content_hash(posted.text) != offer.listing.content_hash:
        raise Problem(
            types.CONTENT_MISMATCH,
            "the text has another hash",
            contentHash="0x" + content_hash(posted.text).hex(),
        )
    signers = [signed.party for signed in posted.signatures]
    try:
        shelf_of(offer, signers, posted.text)
    except ValueError as error:
        raise Problem(types.UNUSABLE_TEXT, str(error)) from None
    _check_signers(offer, signers)


def _why_not(offer: Offer, error: str) -> str:
    unknown = ", ".join(map(str, unknown_labels(offer)))
    if unknown and error.startswith("Escrow_MissingLabels"):
        last = len(LABELS) - 1
        return f"it asks for labels that nobody can have ({unknown}): there are 0 to {last}"
    return f"opening it would revert with {error}"


def _check_signers(offer: Offer, signers: list[str]) -> None:
    named = [party for party in offer.terms.parties if party != ZERO_ADDRESS]
    strangers = [signer for signer in signers if signer not in named]
    if strangers:
        raise Problem(
            types.FOREIGN_SIGNATURE, f"{strangers[0]} is no party of it", party=strangers[0]
        )
    twice = [signer for signer in signers if signers.count(signer) > 1]
    if twice:
        raise Problem(types.FOREIGN_SIGNATURE, f"{twice[0]} signed twice", party=twice[0])
    missing = [party for party in named if party not in signers]
    takers = [offer.terms.parties[seat] for seat in seats_of_takers(offer)]
    if len(missing) > 1 or (missing and missing[0] not in takers):
        raise Problem(
            types.MISSING_SIGNATURE, f"{', '.join(missing)} did not sign", missing=missing
        )


def check_moment(offer: Offer, offer_hash: str, at: Snapshot) -> None:
    """What the index knows: time, cancellation, fills, the rules in force."""
    terms, listing = offer.terms, offer.listing
    times = {"expiresAt": listing.expires_at, "createdAt": listing.created_at, "now": at.now}
    if at.now > listing.expires_at:
        raise Problem(types.OFFER_EXPIRED, f"it held up to {listing.expires_at}", **times)
    if 0 < listing.starts_at < at.now:
        raise Problem(types.OFFER_EXPIRED, f"it was to start at {listing.starts_at}", **times)
    if at.now < listing.created_at:
        raise Problem(types.OFFER_NOT_YET_VALID, f"it holds from {listing.created_at}", **times)
    ended = offers.cancellation_of(at, offer_hash, terms.parties, listing.created_at)
    if ended is not None:
        by, until = ended
        raise Problem(types.OFFER_CANCELLED, f"{by} cancelled it", by=by, until=until)
    withdrawn = withdrawal_of(at, offer_hash)
    if withdrawn is not None:
        raise Problem(types.OFFER_WITHDRAWN, f"{withdrawn.by} withdrew it", by=withdrawn.by)
    taken = trades.taken_fills(at.connection, [offer_hash]).get(offer_hash, [])
    if len(taken) >= listing.fills:
        raise Problem(types.OFFER_FILLED, f"all {listing.fills} fills are taken")
    if not rules.is_allowed(at, terms.asset):
        raise Problem(types.ASSET_NOT_ALLOWED, f"{terms.asset} is not allowed", asset=terms.asset)
    in_force = rules.rules_in_force(at)
    fee = 0 if in_force is None else int(in_force.fee_bps[listing.kind - 1])
    if fee > listing.max_fee_bps:
        raise Problem(
            types.FEE_ABOVE_CEILING,
            f"the fee is {fee} basis points, and the makers accept {listing.max_fee_bps}",
            feeBps=fee,
            maxFeeBps=listing.max_fee_bps,
        )


def check_on_chain(
    offer: Offer, signatures: Mapping[str, str], deployment: Deployment, node: Node
) -> None:
    """What only the node knows: wallet contracts' signatures, the makers' funds.

    Problem: also when the node does not answer, or is on another chain.
    """
    digest = offer_digest(deployment.chain_id, deployment.address("Escrow"), offer)
    unproven = {
        party: signature
        for party, signature in signatures.items()
        if recover(digest, bytes.fromhex(signature[2:])) != party
    }
    if not unproven and not named_funders(offer):
        return
    try:
        found = node.chain_id()
        if found != deployment.chain_id:
            raise Problem(
                types.NODE_OTHER_CHAIN,
                f"it is on chain {found}, and this market on {deployment.chain_id}",
            )
        for party, signature in unproven.items():
            if not accepts(node, party, digest, bytes.fromhex(signature[2:])):
                raise Problem(types.BAD_SIGNATURE, f"{party} did not sign that", party=party)
        asset, escrow = offer.terms.asset, deployment.address("Escrow")
        purses = {party: purse_of(node, asset, party, escrow) for party in named_funders(offer)}
        for problem in lacks(offer, purses):
            raise problem
    except NodeUnreachable as error:
        raise Problem(
            types.NODE_UNREACHABLE, "the node does not answer", retry_after=RETRY_AFTER
        ) from error


def check_withdrawal(
    row: Row[Any], by: str, signature: str, deployment: Deployment, node: Node
) -> None:
    """Problem: it is not signed by a maker of that offer."""
    if by not in row.signatures:
        raise Problem(types.FOREIGN_SIGNATURE, f"{by} did not sign the offer", party=by)
    message = withdrawal_message(deployment.chain_id, deployment.address("Escrow"), row.offer_hash)
    digest, signed = digest_of(message), bytes.fromhex(signature[2:])
    if recover(digest, signed) == by:
        return
    try:
        if node.chain_id() != deployment.chain_id:
            raise Problem(types.NODE_OTHER_CHAIN, "the node cannot be asked about signatures")
        if not accepts(node, by, digest, signed):
            raise Problem(types.BAD_SIGNATURE, f"{by} did not sign that", party=by)
    except NodeUnreachable as error:
        raise Problem(
            types.NODE_UNREACHABLE, "the node does not answer", retry_after=RETRY_AFTER
        ) from error
