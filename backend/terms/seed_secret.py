"""What a seed-giver commits to and shows, made of its wallet's signature.

``docs/court.md``, "Voting from a wallet", says the same for programs in other languages.
"""

from __future__ import annotations

from dataclasses import dataclass

from eth_abi.abi import encode
from eth_account.messages import SignableMessage, encode_typed_data
from eth_utils.crypto import keccak

PURPOSE = (
    "This signature is my secret for this seed. Whoever has it before it is shown can tell the draw"
    " ahead: sign it only where you give seeds, and show it to nobody."
)
TYPES = {
    "SeedSecret": [
        {"name": "purpose", "type": "string"},
        {"name": "round", "type": "uint256"},
        {"name": "giver", "type": "address"},
    ]
}


@dataclass(frozen=True, slots=True)
class SeedSeat:
    """A seed-giver in a round of the seed contract: each has a secret of its own."""

    chain_id: int
    contract: str
    round: int
    giver: str

    def commitment(self, secret: bytes) -> bytes:
        """What `BondedSeed.commitmentOf` answers."""
        types = ["uint256", "address", "uint256", "address", "bytes32"]
        values = (self.chain_id, self.contract, self.round, self.giver, secret)
        return keccak(encode(types, values))

    def message(self) -> SignableMessage:
        """What the wallet signs and shows (EIP-712)."""
        domain = {
            "name": "Commonhold Seed",
            "version": "1",
            "chainId": self.chain_id,
            "verifyingContract": self.contract,
        }
        said = {"purpose": PURPOSE, "round": self.round, "giver": self.giver}
        return encode_typed_data(domain, TYPES, said)
