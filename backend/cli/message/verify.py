"""`commonhold message verify`: whether shown messages are what they claim."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backend.chain import Node, Rpc
from backend.chain.wallets import accepts
from backend.cli.message.read import lines_of
from backend.cli.terminal import CommandError, RpcUrl, explained, say
from backend.messages.disclosure import verify_text
from backend.messages.errors import MessageError
from backend.messages.keys import Publication
from backend.settings import Settings
from backend.terms.words import moment

LARGEST = 8 * 1024 * 1024  # bytes


@explained
def verify(
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `disclose` has written.")],
    rpc_url: RpcUrl = None,
) -> None:
    """Tell who wrote the messages in a file, or that it proves nothing.

    It takes no wallet and no API. Only the keys of a wallet contract are asked of a node.
    """
    try:
        path = Path(file)
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than any disclosure.")
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise CommandError(f"There is no file {file}.") from None
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"{file} cannot be read as a disclosure.") from None
    settings = Settings.read(rpc_url=rpc_url)

    def asked(keys: Publication) -> bool:
        with Rpc(settings.rpc_url, settings.rpc_timeout) as rpc:
            node = Node(rpc)
            at_home = node.chain_id() == keys.place.chain_id
            return at_home and accepts(node, keys.account, keys.id(), keys.signature)

    try:
        found = verify_text(text, asked)
    except MessageError as error:
        raise CommandError(f"{file} proves nothing: {error}.") from None
    say(f"Proven, in {found.thread} of the market {found.place.escrow}")
    say(f"on chain {found.place.chain_id}:")
    for one in found.messages:
        by = " (a wallet contract, as its chain answers now)" if one.by_contract else ""
        say(f"#{one.sequence}  {moment(one.sent_at)} by the sender's clock  {one.sender}{by}")
        for line in lines_of(one.content):
            say(f"    {line}")
