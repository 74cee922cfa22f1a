"""Who asks for messages: a short-lived token that a wallet signs (EIP-712 `ReadMessages`).

Written `account:issuedAt:expiresAt:signature`, times in unix seconds. It opens nothing: what the
server gives for it is ciphertext, but only the parties are to know when and how much they write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eth_account.messages import SignableMessage, encode_typed_data

from backend.messages.errors import BadMessage
from backend.messages.octets import account_octets, octets, text_of
from backend.messages.threads import Place
from backend.terms.signatures import digest_of, recover

LONGEST = 3_600  # seconds
PURPOSE = "Show me my sealed messages until this expires. It moves no money and opens no message."
TYPES = {
    "ReadMessages": [
        {"name": "purpose", "type": "string"},
        {"name": "account", "type": "address"},
        {"name": "issuedAt", "type": "uint64"},
        {"name": "expiresAt", "type": "uint64"},
    ]
}
_WRITTEN = re.compile(
    r"(0x[0-9a-fA-F]{40}):(0|[1-9][0-9]{0,17}):(0|[1-9][0-9]{0,17}):(0x(?:[0-9a-f]{2}){1,4096})"
)


@dataclass(frozen=True, slots=True)
class ReadToken:
    place: Place
    account: str
    issued_at: int
    expires_at: int
    signature: bytes = b""

    def message(self) -> SignableMessage:
        """What the wallet signs and shows."""
        said = {
            "purpose": PURPOSE,
            "account": self.account,
            "issuedAt": self.issued_at,
            "expiresAt": self.expires_at,
        }
        return encode_typed_data(self.place.domain(), TYPES, said)

    def digest(self) -> bytes:
        return digest_of(self.message())

    def signed_by_key(self) -> bool:
        """Whether the account's own key signed it; if not, its contract may still say so."""
        return recover(self.digest(), self.signature) == self.account

    def __str__(self) -> str:
        parts = (self.account, self.issued_at, self.expires_at, text_of(self.signature))
        return ":".join(str(part) for part in parts)

    @classmethod
    def read(cls, place: Place, text: str) -> ReadToken:
        """BadMessage: not written like that, or for longer than an hour."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise BadMessage("a token is account:issuedAt:expiresAt:signature")
        account_octets(found[1])
        issued, expires = int(found[2]), int(found[3])
        if not 0 < expires - issued <= LONGEST:
            raise BadMessage(f"a token holds for at most {LONGEST} seconds")
        return cls(place, found[1], issued, expires, octets(found[4]))
