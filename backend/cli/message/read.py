"""`commonhold message read`: what was written, and what is unread."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli.api import ApiUrl
from backend.cli.message.desk import Desk, Heard, SecretFile, open_desk
from backend.cli.terminal import DeploymentFile, RpcUrl, explained, say
from backend.cli.wallet import As, KeyFile
from backend.messages.content import (
    Address,
    Content,
    File,
    HandoverCode,
    SealedSplits,
    Text,
    decode,
)
from backend.messages.errors import MessageError
from backend.terms.words import moment


@explained
def read(
    thread: Annotated[
        str | None,
        typer.Argument(metavar="[THREAD]", help="As for `send`; else all are listed."),
    ] = None,
    leave: Annotated[bool, typer.Option("--leave-unread", help="Do not mark them read.")] = False,
    secret_file: SecretFile = None,
    key_file: KeyFile = None,
    name: As = None,
    api_url: ApiUrl = None,
    rpc_url: RpcUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Read a conversation, or list those you are in with how many messages are unread.

    Every message is held against its sender's key, and the key against the sender's wallet.
    """
    at = open_desk(api_url, deployment, rpc_url, key_file, name, secret_file)
    if thread is None:
        _list(at)
        return
    where = at.thread(thread)
    last = 0
    for heard in at.heard(where):
        _tell(at, heard)
        last = heard.envelope.header.sequence
    if last == 0:
        say(f"Nothing was written in {where} yet.")
    elif not leave:
        at.api.ask("POST", f"/messages/threads/{where}/read", {"sequence": last}, at.token())


def _list(at: Desk) -> None:
    found = at.api.get("/messages/threads?limit=100", at.token())["items"]
    if not found:
        say(f"Nobody has written to {at.account} here, nor it to anybody.")
    for one in found:
        say(f"{one['thread']}  {one['lastSequence']} messages, {one['unread']} unread")


def _tell(at: Desk, heard: Heard) -> None:
    header = heard.envelope.header
    if heard.gap:
        say("-- What comes next does not follow on the message before: something was left out. --")
    who = "you" if header.sender == at.account else header.sender
    say(f"#{header.sequence}  {moment(header.sent_at)}  {who}")
    if heard.opened is None:
        say(f"    (cannot be read: {heard.fault})")
        return
    try:
        content = decode(heard.opened.content)
    except MessageError as error:
        say(f"    (cannot be shown: {error})")
        return
    for line in lines_of(content):
        say(f"    {line}")


def lines_of(content: Content) -> list[str]:
    """A content for people; it has visible characters only."""
    match content:
        case Text():
            return content.text.split("\n")
        case Address():
            phone = [f"Phone: {content.phone}"] if content.phone else []
            return ["Address:", *content.lines, *phone, *content.note.split("\n")]
        case HandoverCode():
            return [f"Hand-over code of the trade {content.trade_id}:", content.code]
        case SealedSplits():
            return [
                *(f"Sealed with a hand-over code: {split.allows}" for split in content.splits),
                "Keep the next line in a file, for `commonhold offer code use`:",
                content.model_dump_json(by_alias=True, exclude={"type"}),
            ]
        case File():
            return [
                f"File {content.name} ({content.media_type}, {content.size} bytes)",
                f"{content.cid}, with the key {content.key}",
            ]
