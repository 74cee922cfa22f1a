"""What people sign without sending it: offers, permits, splits, votes (EIP-712)."""

from typing import Any

from eth_account.messages import SignableMessage, encode_typed_data

from backend.terms.offer import Offer
from backend.terms.typed_data import signable_offer, signable_split
from scripts.people import Person
from scripts.story.stage import Opened, Stage

PERMIT = {
    "Permit": [
        {"name": "owner", "type": "address"},
        {"name": "spender", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint256"},
    ]
}
BALLOT = {
    "Ballot": [
        {"name": "proposalId", "type": "uint256"},
        {"name": "support", "type": "uint8"},
        {"name": "voter", "type": "address"},
        {"name": "nonce", "type": "uint256"},
    ]
}


def sign_offer(stage: Stage, maker: Person, offer: Offer) -> bytes:
    """The maker's signature of an offer."""
    escrow = stage.deployment.escrow.address
    return _sign(maker, signable_offer(stage.deployment.chain_id, escrow, offer))


def sign_split(
    stage: Stage, side: Person, opened: Opened, tranche: int, performer_bps: int, deadline: int
) -> bytes:
    """One side's signature of a split; `deadline` is unix seconds."""
    escrow = stage.deployment.escrow.address
    message = signable_split(
        stage.deployment.chain_id, escrow, opened.trade_id, tranche, performer_bps, deadline
    )
    return _sign(side, message)


def sign_permit(
    stage: Stage, owner: Person, token: Any, value: int, deadline: int
) -> tuple[str, int, int, int, bytes, bytes]:
    """As the ABI's `Permit`: the Escrow may spend `value` base units until `deadline`."""
    message = {
        "owner": owner.address,
        "spender": stage.deployment.escrow.address,
        "value": value,
        "nonce": token.nonces(owner.address),
        "deadline": deadline,
    }
    signed = owner.account.sign_message(encode_typed_data(_domain(token), PERMIT, message))
    r, s = signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")
    return (owner.address, value, deadline, signed.v, r, s)


def sign_vote(stage: Stage, voter: Person, proposal_id: int, support: int) -> bytes:
    """A vote that anyone can relay. The nonce is of this proposal alone."""
    governor = stage.deployment.governor
    nonce = governor.nonces["address,uint192"](voter.address, proposal_id % 2**192)
    message = {
        "proposalId": proposal_id,
        "support": support,
        "voter": voter.address,
        "nonce": nonce,
    }
    return _sign(voter, encode_typed_data(_domain(governor), BALLOT, message))


def _domain(contract: Any) -> dict[str, Any]:
    """The EIP-712 domain, as the contract itself tells it (ERC-5267)."""
    _, name, version, chain_id, address, _, _ = contract.eip712Domain()
    return {
        "name": name,
        "version": version,
        "chainId": chain_id,
        "verifyingContract": address,
    }


def _sign(who: Person, message: SignableMessage) -> bytes:
    return bytes(who.account.sign_message(message).signature)
