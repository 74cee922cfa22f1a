"""`commonhold message keys`: the keys that messages are sealed to and signed with."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.api import ApiUrl
from backend.cli.message.desk import Desk, open_desk
from backend.cli.message.secret_file import write_secret
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.messages.octets import text_of
from backend.terms.words import moment

Publish = Annotated[
    bool, typer.Option("--publish", help="Publish keys that your wallet makes, if you have none.")
]
Rotate = Annotated[
    bool, typer.Option("--rotate", help="Replace the keys in use with new ones of your wallet.")
]
Random = Annotated[
    str | None,
    typer.Option(
        "--random",
        metavar="FILE",
        help="Publish random keys, and keep them in a new FILE: without it, what is sealed to them"
        " is lost.",
    ),
]


@explained
def keys(
    account: Annotated[
        str | None, typer.Argument(metavar="[ADDRESS]", help="Whose; else your own.")
    ] = None,
    publish: Publish = False,
    rotate: Rotate = False,
    random: Random = None,
    key_file: KeyFile = None,
    name: As = None,
    api_url: ApiUrl = None,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Show keys for messages, and publish or replace your own under your wallet's signature.

    Your wallet can make its keys again at any time; random ones are only in their file.
    """
    if sum((publish, rotate, random is not None)) > 1:
        raise CommandError("Give one of --publish, --rotate and --random.")
    at = open_desk(api_url, deployment, rpc_url, key_file, name)
    wanted = account or at.account
    if publish or rotate or random is not None:
        if account is not None and account != at.account:
            raise CommandError("You can publish your own keys only: leave ADDRESS out.")
        _publish(at, rotate, random)
    found = at.history(wanted)
    if not found:
        say(f"{wanted} has published no keys for messages: nobody can write to it.")
    for index, one in enumerate(found):
        use = "in use" if index == 0 else "replaced"
        say(f"{text_of(one.id())}  {moment(one.created_at)}  {use}")


def _publish(at: Desk, rotate: bool, random: str | None) -> None:
    history = at.history(at.account)
    if history and not rotate and random is None:
        raise CommandError(
            "You have published keys already. Replace them with --rotate: from then on messages to"
            " you are sealed to the new ones."
        )
    pair = at.derive(len(history)) if random is None else write_secret(random)
    at.publish(pair)
    if random is None:
        say("Published. Nothing needs to be kept: the same wallet makes these keys again.")
    else:
        say(f"Published. Keep {random}: without it, what is sealed to these keys is lost.")
