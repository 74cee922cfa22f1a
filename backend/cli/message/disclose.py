"""`commonhold message disclose`: chosen messages as evidence, the rest stays sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backend.cli.api import ApiUrl
from backend.cli.message.desk import SecretFile, ThreadName, open_desk
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.messages import disclosure
from backend.messages.errors import MessageError


@explained
def disclose(
    thread: ThreadName,
    number: Annotated[
        list[int], typer.Option("--message", help="The number of a message; give one for each.")
    ],
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Where to write it.")],
    secret_file: SecretFile = None,
    key_file: KeyFile = None,
    name: As = None,
    api_url: ApiUrl = None,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Write a file that proves chosen messages to anybody: their senders cannot deny them.

    It says nothing of the other messages but that they are there.
    """
    at = open_desk(api_url, deployment, rpc_url, key_file, name, secret_file)
    where = at.thread(thread)
    heard = {one.envelope.header.sequence: one for one in at.heard(where)}
    chosen = []
    for each in dict.fromkeys(number):
        one = heard.get(each)
        if one is None:
            raise CommandError(f"{where} has no message {each}.")
        if one.opened is None:
            raise CommandError(f"Message {each} cannot be read, so that it cannot be shown.")
        chosen.append((one.envelope, one.opened, one.sender))
    try:
        text = disclosure.to_text(disclosure.disclose(where, chosen))
        disclosure.verify_text(text, at.signed)
    except MessageError as error:
        raise CommandError(f"This cannot be shown: {error}.") from None
    try:
        with Path(out).open("x", encoding="ascii") as file:
            file.write(text)
    except FileExistsError:
        raise CommandError(f"{out} exists: name another file.") from None
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}.") from None
    say(f"{out} proves {len(chosen)} of {len(heard)} messages to whoever reads it.")
