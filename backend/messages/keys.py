"""Keys for messages: one to seal to (X25519), one to sign with (Ed25519), both of 32 octets.

A wallet publishes the public ones under its signature (EIP-712 `MessagingKey`). The secret ones
are made of another signature of the same wallet, which can make them again, or at random.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from eth_account.messages import SignableMessage, encode_typed_data
from nacl.bindings import (
    crypto_box_seed_keypair,
    crypto_core_ed25519_is_valid_point,
    crypto_scalarmult,
    crypto_sign_seed_keypair,
)
from nacl.exceptions import CryptoError

from backend.messages.errors import BadKey, BadMessage
from backend.messages.octets import account_octets, digest, octets, text_of, word
from backend.messages.threads import Place
from backend.terms.signatures import digest_of, recover

SECRET_PURPOSE = (
    "This signature is the secret of my messages in this market. Whoever has it can read all of"
    " them and write in my name: sign it only where you read messages, and show it to nobody."
)
SECRET_TYPES = {
    "MessagingSecret": [
        {"name": "purpose", "type": "string"},
        {"name": "account", "type": "address"},
        {"name": "number", "type": "uint256"},
    ]
}
KEY_PURPOSE = (
    "From now on, messages to me are sealed to this key, and what is signed with it is from me."
)
KEY_TYPES = {
    "MessagingKey": [
        {"name": "purpose", "type": "string"},
        {"name": "account", "type": "address"},
        {"name": "sealingKey", "type": "bytes32"},
        {"name": "signingKey", "type": "bytes32"},
        {"name": "createdAt", "type": "uint64"},
    ]
}


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """The secret half: never sent, never shown."""

    seed: bytes

    @classmethod
    def random(cls) -> KeyPair:
        """For wallets whose signatures are not the same each time: whoever loses it loses the
        messages sealed to it."""
        return cls(secrets.token_bytes(32))

    @classmethod
    def of_secret(cls, secret: bytes) -> KeyPair:
        """Of `secret_of` a wallet's signature of `secret_message`."""
        return cls(digest("commonhold messaging seed 1", secret))

    @property
    def sealing_secret(self) -> bytes:
        return crypto_box_seed_keypair(digest("commonhold sealing seed 1", self.seed))[1]

    @property
    def sealing_key(self) -> bytes:
        return crypto_box_seed_keypair(digest("commonhold sealing seed 1", self.seed))[0]

    @property
    def signing_secret(self) -> bytes:
        return crypto_sign_seed_keypair(digest("commonhold signing seed 1", self.seed))[1]

    @property
    def signing_key(self) -> bytes:
        return crypto_sign_seed_keypair(digest("commonhold signing seed 1", self.seed))[0]


def secret_message(place: Place, account: str, number: int) -> SignableMessage:
    """What a wallet signs to make its keys; each `number`, from 0, is a pair of its own."""
    said = {"purpose": SECRET_PURPOSE, "account": account, "number": number}
    return encode_typed_data(place.domain(), SECRET_TYPES, said)


@dataclass(frozen=True, slots=True)
class Publication:
    """The public keys of an account from `created_at` (unix seconds, by its own clock) on, signed
    by its wallet: 65 octets of a key, or whatever a wallet contract takes (ERC-1271)."""

    place: Place
    account: str
    sealing_key: bytes
    signing_key: bytes
    created_at: int
    signature: bytes = b""

    def message(self) -> SignableMessage:
        """What the wallet signs and shows (EIP-712)."""
        return encode_typed_data(self.place.domain(), KEY_TYPES, self._said())

    def id(self) -> bytes:
        """The EIP-712 digest: what messages name the key by."""
        return digest_of(self.message())

    def check(self) -> None:
        """BadKey: a key that nobody could have, with which sealing or signing means nothing."""
        try:
            account_octets(self.account)
            word(self.created_at)
        except BadMessage as error:
            raise BadKey(str(error)) from None
        if len(self.sealing_key) != 32 or len(self.signing_key) != 32:
            raise BadKey("a key is 32 octets")
        if self.sealing_key[31] & 0x80:
            raise BadKey("the sealing key is not in its one form: its highest bit is set")
        try:
            crypto_scalarmult(b"\x01" * 32, self.sealing_key)
        except CryptoError:
            raise BadKey("the sealing key is a weak point: everybody could open it") from None
        if not crypto_core_ed25519_is_valid_point(self.signing_key):
            raise BadKey("the signing key is a weak point: everybody could sign for it")

    def signed_by_key(self) -> bool:
        """Whether the account's own key signed it; if not, its contract may still say so."""
        return recover(self.id(), self.signature) == self.account

    def to_json(self) -> dict[str, Any]:
        return {
            "account": self.account,
            "sealingKey": text_of(self.sealing_key),
            "signingKey": text_of(self.signing_key),
            "createdAt": self.created_at,
            "signature": text_of(self.signature),
        }

    @classmethod
    def of_json(cls, place: Place, found: dict[str, Any]) -> Publication:
        """BadMessage: a part cannot be read. `check` it too."""
        return cls(
            place,
            found["account"],
            octets(found["sealingKey"], 32),
            octets(found["signingKey"], 32),
            found["createdAt"],
            octets(found["signature"]),
        )

    def _said(self) -> dict[str, Any]:
        return {
            "purpose": KEY_PURPOSE,
            "account": self.account,
            "sealingKey": self.sealing_key,
            "signingKey": self.signing_key,
            "createdAt": self.created_at,
        }
