"""The secret of a juror's vote, made of a wallet's signature, so that nobody must keep it.

``docs/court.md``, "Voting from a wallet", says the same for programs in other languages.
"""

from __future__ import annotations

from dataclasses import dataclass

from eth_abi.abi import encode
from eth_account.messages import SignableMessage, encode_typed_data
from eth_utils.crypto import keccak

from backend.terms.payout import BPS

PURPOSE = (
    "This signature is the secret of my vote in this case. Whoever has it before the reveal can"
    " open my vote and take my stake: sign it only where you vote, and show it to nobody."
)
TYPES = {
    "VoteSecret": [
        {"name": "purpose", "type": "string"},
        {"name": "caseId", "type": "bytes32"},
        {"name": "round", "type": "uint256"},
        {"name": "attempt", "type": "uint256"},
        {"name": "juror", "type": "address"},
    ]
}


@dataclass(frozen=True, slots=True)
class Ballot:
    """One juror's vote on one panel: each has a secret of its own.

    `round` counts from 0; `attempt` is 1 for a panel that was drawn again, else 0. A juror has one
    seat of a panel at most.
    """

    chain_id: int
    court: str
    case_id: bytes
    round: int
    attempt: int
    juror: str

    def commitment(self, performer_bps: int, salt: bytes) -> bytes:
        """Twin of `Court.commitmentOf`."""
        return keccak(self._before() + performer_bps.to_bytes(32, "big") + salt)

    def choice(self, commitment: bytes, salt: bytes) -> int | None:
        """The share in basis points that was committed to with this salt: there are only 10,001.
        None if it was another salt."""
        before = self._before()
        for bps in range(BPS + 1):
            if keccak(before + bps.to_bytes(32, "big") + salt) == commitment:
                return bps
        return None

    def message(self) -> SignableMessage:
        """What the wallet signs and shows (EIP-712)."""
        domain = {
            "name": "Commonhold Court",
            "version": "1",
            "chainId": self.chain_id,
            "verifyingContract": self.court,
        }
        return encode_typed_data(
            domain,
            TYPES,
            {
                "purpose": PURPOSE,
                "caseId": self.case_id,
                "round": self.round,
                "attempt": self.attempt,
                "juror": self.juror,
            },
        )

    def _before(self) -> bytes:
        types = ["uint256", "address", "bytes32", "uint256", "uint256", "address"]
        values = (
            self.chain_id,
            self.court,
            self.case_id,
            self.round,
            self.attempt,
            self.juror,
        )
        return encode(types, values)
