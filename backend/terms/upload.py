"""What a wallet signs to have content kept for it."""

from __future__ import annotations

from dataclasses import dataclass

from eth_account.messages import SignableMessage, encode_typed_data

TYPES = {
    "Upload": [
        {"name": "contentHash", "type": "bytes32"},
        {"name": "uploader", "type": "address"},
        {"name": "expiresAt", "type": "uint40"},
    ]
}


@dataclass(frozen=True, slots=True)
class Upload:
    """`content_hash` is the SHA2-256 of the bytes as they are sent; `expires_at` is unix seconds of
    the wall clock."""

    chain_id: int
    escrow: str
    content_hash: bytes
    uploader: str
    expires_at: int

    def message(self) -> SignableMessage:
        """EIP-712, for this market alone."""
        domain = {
            "name": "Commonhold Content",
            "version": "1",
            "chainId": self.chain_id,
            "verifyingContract": self.escrow,
        }
        return encode_typed_data(
            domain,
            TYPES,
            {
                "contentHash": self.content_hash,
                "uploader": self.uploader,
                "expiresAt": self.expires_at,
            },
        )
