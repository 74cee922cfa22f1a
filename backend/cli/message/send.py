"""`commonhold message send`: seal a message to the other parties."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from backend.api.schemas.message import PostedMessage
from backend.cli.api import ApiProblem, ApiUrl
from backend.cli.message.desk import Desk, SecretFile, ThreadName, open_desk
from backend.cli.terminal import CommandError, DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.messages.content import Content, encode, read_content
from backend.messages.envelope import seal
from backend.messages.errors import MessageError
from backend.messages.octets import octets
from backend.messages.threads import Thread

TRIES = 5  # times that somebody else may write at the same moment

Words = Annotated[str | None, typer.Option("--text", help="Words.")]
Line = Annotated[
    list[str] | None,
    typer.Option("--line", help="A line of a delivery address; give one for each."),
]
Phone = Annotated[str, typer.Option("--phone", help="With an address.")]
Note = Annotated[str, typer.Option("--note", help="With an address: what the courier should know.")]
JsonFile = Annotated[
    str | None,
    typer.Option(
        "--json",
        metavar="FILE",
        help="Any content as JSON, or what `commonhold offer code seal` has written;"
        " docs/messages.md has the types and their fields.",
    ),
]


@explained
def send(
    thread: ThreadName,
    text: Words = None,
    line: Line = None,
    phone: Phone = "",
    note: Note = "",
    json_file: JsonFile = None,
    secret_file: SecretFile = None,
    key_file: KeyFile = None,
    name: As = None,
    api_url: ApiUrl = None,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Send a message that only the parties can read, and that you cannot deny to them later."""
    content = _content(text, line, phone, note, json_file)
    at = open_desk(api_url, deployment, rpc_url, key_file, name, secret_file)
    where = at.thread(thread)
    for _ in range(TRIES):
        try:
            sequence, unreachable = _send(at, where, content)
        except ApiProblem as problem:
            if problem.is_a("message-out-of-order") or problem.is_a("message-old-key"):
                continue
            raise
        say(f"Sent as number {sequence} of {where}.")
        for party in unreachable:
            say(f"{party} has published no keys, and cannot read it.")
        return
    raise CommandError("Others write at the same moment, again and again: try once more.")


def _send(at: Desk, where: Thread, content: Content) -> tuple[int, list[str]]:
    pair, own = at.in_use()
    found = at.conversation(where, after=2**31 - 1, limit=1)
    readers = [own]
    for party in found["parties"]:
        if party["account"] != at.account and party["keys"] is not None:
            readers.append(at.newest(party["account"]))
    try:
        made = seal(
            pair,
            own,
            where.id(at.place),
            (found["lastSequence"], octets(found["previous"], 32)),
            max(int(time.time()), own.created_at),
            encode(content),
            readers,
        )
    except MessageError as error:
        raise CommandError(f"This cannot be sent: {error}.") from None
    body = PostedMessage.of(made).model_dump(by_alias=True)
    told = at.api.ask("POST", f"/messages/threads/{where}", body)
    return told["sequence"], told["unreachable"]


def _content(
    text: str | None, lines: list[str] | None, phone: str, note: str, json_file: str | None
) -> Content:
    if sum((text is not None, bool(lines), json_file is not None)) != 1:
        raise CommandError("What shall it say? Give --text, --line (once or more) or --json.")
    found: object
    if text is not None:
        found = {"type": "text", "text": text}
    elif lines:
        found = {"type": "address", "lines": lines, "phone": phone, "note": note}
    else:
        assert json_file is not None
        try:
            found = json.loads(Path(json_file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise CommandError(f"There is no file {json_file}.") from None
        except (OSError, ValueError, RecursionError):
            raise CommandError(f"{json_file} cannot be read as JSON.") from None
    if not isinstance(found, dict):
        raise CommandError(f"{json_file} is not one JSON object.")
    if "codeHash" in found:
        found = {"type": "sealed_splits", **found}
    try:
        return read_content(found)
    except MessageError as error:
        raise CommandError(f"This cannot be sent: {error}.") from None
