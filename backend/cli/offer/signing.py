"""An offer signed by one of its parties, with the splits that it signs beforehand."""

from __future__ import annotations

from typing import Any

from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount

from backend.api.schemas.base import Shape
from backend.api.schemas.signed import PostedOffer, SignatureShape, SplitShape
from backend.api.schemas.template import OfferTermsOut
from backend.terms.plain.draft import Draft


class SignedTerms(Shape):
    """`post` is for the offer book; whoever takes the offer finds the splits there."""

    offer_hash: str
    post: PostedOffer


def sign(made: Draft, answer: OfferTermsOut, signer: LocalAccount) -> SignedTerms:
    """All that the signer gives away with the offer: hand-over codes it signs at the hand-over."""
    role = next(
        seat
        for seat in made.seats
        if (made.deal.parties[seat] or "").lower() == signer.address.lower()
    )
    domain = answer.typed_data["domain"]
    return SignedTerms(
        offer_hash=answer.offer_hash,
        post=PostedOffer(
            chain_id=domain["chainId"],
            escrow=domain["verifyingContract"],
            offer=answer.offer,
            signatures=[
                SignatureShape(party=signer.address, signature=_sign(signer, answer.typed_data))
            ],
            text=answer.text,
            splits=[
                SplitShape(
                    party=signer.address,
                    fill=one.fill,
                    tranche=one.tranche,
                    performer_bps=one.performer_bps,
                    deadline=one.deadline,
                    signature=_sign(signer, one.typed_data),
                )
                for one in answer.presigned
                if one.role == role and not one.kept
            ],
        ),
    )


def _sign(signer: LocalAccount, typed_data: dict[str, Any]) -> str:
    return (
        "0x"
        + bytes(signer.sign_message(encode_typed_data(full_message=typed_data)).signature).hex()
    )
