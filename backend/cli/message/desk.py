"""One wallet before the API of a market: its keys, its token, and the conversations it is in.

Nothing that the API tells is taken on trust: keys must be signed by their account's wallet, and
messages by those keys, each following on the one before.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

import typer
from eth_account.signers.local import LocalAccount

from backend.api.schemas.message import MessageOut, PostedMessage
from backend.chain import Node, Rpc
from backend.chain.wallets import accepts
from backend.cli.api import Api
from backend.cli.message.secret_file import read_secret
from backend.cli.terminal import CommandError
from backend.cli.wallet import find_account
from backend.messages.envelope import FIRST, Envelope, Opened, open_envelope
from backend.messages.errors import MessageError
from backend.messages.keys import KeyPair, Publication, secret_message
from backend.messages.octets import text_of
from backend.messages.reading import ReadToken
from backend.messages.threads import Place, Thread
from backend.settings import Settings
from backend.terms.signed_secret import sign_secret

TOKEN_SECONDS = 300
PAGE = 100

ThreadName = Annotated[
    str,
    typer.Argument(
        metavar="THREAD",
        help="The id of a trade (0x...); or offer-0x... of the hash of an offer, to ask its maker;"
        " or that with -0x... of who asks about yours.",
    ),
]
SecretFile = Annotated[
    str | None,
    typer.Option(
        "--secret-file",
        metavar="FILE",
        help="The file with your random messaging key, if your wallet does not make it.",
    ),
]


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of a conversation. `opened` is None where it cannot be read, for a `fault`;
    `gap` tells that it does not follow on the one before."""

    envelope: Envelope
    sender: Publication
    opened: Opened | None
    fault: str | None
    gap: bool


class Desk:
    """Everything raises CommandError."""

    def __init__(
        self,
        api: Api,
        settings: Settings,
        place: Place,
        wallet: LocalAccount,
        secret_file: str | None,
    ) -> None:
        self.api = api
        self.place = place
        self.wallet = wallet
        self.account = str(wallet.address)
        self._settings = settings
        self._secret_file = secret_file
        self._histories: dict[str, list[Publication]] = {}

    def thread(self, name: str) -> Thread:
        """As the user writes it; an offer without asker is one that the user asks about."""
        if name.startswith("0x"):
            name = f"trade-{name.lower()}"
        if name.startswith("offer-") and name.count("-") == 1:
            name = f"{name}-{self.account}"
        try:
            return Thread.read(name)
        except MessageError as error:
            raise CommandError(f"There is no conversation {name}: {error}.") from None

    def history(self, account: str) -> list[Publication]:
        """All keys of an account that its wallet signed, those in use first."""
        if account not in self._histories:
            found = self.api.get(f"/messages/keys/{account}")["history"]
            self._histories[account] = [self._checked(account, one) for one in found]
        return self._histories[account]

    def newest(self, account: str) -> Publication:
        """The keys that it has in use, as the API tells now."""
        self._histories.pop(account, None)
        found = self.history(account)
        if not found:
            raise CommandError(f"{account} has published no keys for messages.")
        return found[0]

    def derive(self, number: int) -> KeyPair:
        """The pair that the wallet makes for this number."""
        message = secret_message(self.place, self.account, number)
        return KeyPair.of_secret(sign_secret(message, self.account, self.wallet))

    def own(self) -> dict[bytes, KeyPair]:
        """The keys at hand, by the id under which they were published."""
        history = self.history(self.account)
        pairs = [self.derive(number) for number in range(len(history))]
        if self._secret_file is not None:
            pairs.append(read_secret(self._secret_file))
        by_key = {(pair.sealing_key, pair.signing_key): pair for pair in pairs}
        found = {one.id(): by_key.get((one.sealing_key, one.signing_key)) for one in history}
        return {key_id: pair for key_id, pair in found.items() if pair is not None}

    def in_use(self) -> tuple[KeyPair, Publication]:
        """The keys to write with."""
        history = self.history(self.account)
        if not history:
            raise CommandError(
                f"{self.account} has no keys for messages yet: publish them with `commonhold"
                " message keys --publish`."
            )
        pair = self.own().get(history[0].id())
        if pair is None:
            raise CommandError(
                "The keys that you published last are not at hand: name their --secret-file, or"
                " replace them with `commonhold message keys --rotate`. What is sealed to them is"
                " lost without them."
            )
        return pair, history[0]

    def publish(self, pair: KeyPair) -> Publication:
        """Under the wallet's signature."""
        history = self._histories.pop(self.account, [])
        now = int(time.time())
        created_at = max(now, history[0].created_at + 1) if history else now
        plain = Publication(
            self.place, self.account, pair.sealing_key, pair.signing_key, created_at
        )
        signature = bytes(self.wallet.sign_message(plain.message()).signature)
        made = replace(plain, signature=signature)
        domain = {"chainId": self.place.chain_id, "escrow": self.place.escrow}
        self.api.ask("PUT", "/messages/keys", {**domain, **made.to_json()})
        return made

    def token(self) -> dict[str, str]:
        """The header to read with."""
        now = int(time.time())
        plain = ReadToken(self.place, self.account, now - 5, now + TOKEN_SECONDS)
        signature = bytes(self.wallet.sign_message(plain.message()).signature)
        return {"Authorization": f"Commonhold {replace(plain, signature=signature)}"}

    def conversation(self, thread: Thread, after: int = 0, limit: int = PAGE) -> dict[str, Any]:
        """One part of it as the API tells it."""
        path = f"/messages/threads/{thread}?after={after}&limit={limit}"
        return self.api.get(path, self.token())

    def heard(self, thread: Thread) -> Iterator[Heard]:
        """Every message, opened with the keys at hand and held against its signature."""
        own = self.own()
        last, previous = 0, FIRST
        while True:
            found = self.conversation(thread, after=last)["items"]
            if not found:
                return
            for item in found:
                envelope = self._envelope(thread, item)
                header = envelope.header
                gap = (header.sequence, header.previous) != (last + 1, previous)
                yield self._heard(envelope, own, gap)
                last, previous = header.sequence, header.hash()

    def signed(self, keys: Publication) -> bool:
        """Whether the account's key, or its wallet contract on the chain, signed these."""
        if keys.signed_by_key():
            return True
        with Rpc(self._settings.rpc_url, self._settings.rpc_timeout) as rpc:
            return accepts(Node(rpc), keys.account, keys.id(), keys.signature)

    def _heard(self, envelope: Envelope, own: dict[bytes, KeyPair], gap: bool) -> Heard:
        header = envelope.header
        sender = next(
            (one for one in self.history(header.sender) if one.id() == header.key_id), None
        )
        if sender is None:
            raise CommandError(
                f"The API tells of a message of {header.sender} whose key that account never"
                " published: do not trust this API."
            )
        mine = next((one for one in envelope.readers if one.account == self.account), None)
        pair = None if mine is None else own.get(mine.key_id)
        try:
            if mine is not None and pair is None:
                envelope.check(sender)
                return Heard(envelope, sender, None, "sealed to a key that is lost", gap)
            opened = open_envelope(
                envelope,
                sender,
                self.account,
                pair or KeyPair.random(),
                mine.key_id if mine else b"",
            )
        except MessageError as error:
            return Heard(envelope, sender, None, str(error), gap)
        return Heard(envelope, sender, opened, None, gap)

    def _envelope(self, thread: Thread, item: dict[str, Any]) -> Envelope:
        try:
            told = MessageOut.model_validate(item).model_dump(exclude={"hash", "posted_at"})
            place = {"chain_id": self.place.chain_id, "escrow": self.place.escrow}
            return PostedMessage.model_validate({**told, **place}).envelope(thread)
        except ValueError:
            raise CommandError(f"{self.api.url} tells of messages that are none.") from None

    def _checked(self, account: str, found: dict[str, Any]) -> Publication:
        try:
            keys = Publication.of_json(self.place, found)
            keys.check()
        except (MessageError, KeyError, TypeError):
            keys = None
        if (
            keys is None
            or keys.account != account
            or text_of(keys.id()) != found.get("keyId")
            or not self.signed(keys)
        ):
            raise CommandError(
                f"The API tells of keys of {account} that its wallet did not sign: do not trust"
                " this API."
            )
        return keys


def open_desk(
    api_url: str | None,
    deployment: str | None,
    rpc_url: str | None,
    key_file: str | None,
    name: str | None,
    secret_file: str | None = None,
) -> Desk:
    """The wallet, and the API of the market that the deployment records."""
    settings = Settings.read(deployment=deployment, rpc_url=rpc_url)
    market = settings.read_deployment()
    wallet = find_account(key_file, name, market.chain_id)
    place = Place(market.chain_id, market.address("Escrow"))
    return Desk(Api(api_url, settings), settings, place, wallet, secret_file)
