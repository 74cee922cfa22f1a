"""`commonhold report sign`: stands by what a thing was like."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from eth_account.signers.local import LocalAccount

from backend.cli.api import Api, ApiUrl
from backend.cli.content.get import digest_named
from backend.cli.content.sending import send_content
from backend.cli.report.show import TradeId, moment_named, say_report
from backend.cli.terminal import CommandError, DeploymentFile, explained, say
from backend.cli.wallet import As, KeyFile, find_account
from backend.content import Refused, accept
from backend.settings import Deployment, Settings
from backend.terms.cid import cid_of
from backend.terms.condition_report import report_message


@explained
def sign(
    trade: TradeId,
    moment: Annotated[str, typer.Argument(help="handover or return.")],
    words: Annotated[str | None, typer.Option("--words", help="What the thing is like.")] = None,
    file: Annotated[
        str | None, typer.Option("--file", help="The same as a file: words or a picture.")
    ] = None,
    content: Annotated[
        str | None,
        typer.Option("--content", help="Agree to this one: its CID, or its hash with 0x."),
    ] = None,
    key_file: KeyFile = None,
    name: As = None,
    api_url: ApiUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Sign a condition report of your trade, and keep it where both sides and a jury find it.

    Who writes it gives --words or --file; who agrees gives --content with the CID that `report
    show` tells. Nothing is sent to the chain. Anybody who knows the trade can read it.
    """
    if sum(each is not None for each in (words, file, content)) != 1:
        raise CommandError("Give one of --words, --file and --content.")
    settings = Settings.read(deployment=deployment)
    market = settings.read_deployment()
    when = moment_named(moment)
    account = find_account(key_file, name, market.chain_id)
    api = Api(api_url, settings)
    digest = (
        digest_named(content)
        if content is not None
        else _sent(api, market, account, _data(words, file))
    )
    content_hash = "0x" + digest.hex()
    message = report_message(market.chain_id, market.address("Escrow"), trade, when, content_hash)
    signature = "0x" + bytes(account.sign_message(message).signature).hex()
    told = api.ask(
        "POST",
        f"/trades/{trade}/reports",
        {
            "moment": when,
            "contentHash": content_hash,
            "signatures": [{"party": account.address, "signature": signature}],
        },
    )
    say(f"{account.address} stands by {cid_of(digest)}.")
    for item in told["items"]:
        if (item["moment"], item["content"]["hash"]) == (when, content_hash):
            say_report(item)
            if item["unsigned"]:
                say("Who agrees runs:")
                say(f"  commonhold report sign {trade} {when} --content {cid_of(digest)}")


def _data(words: str | None, file: str | None) -> bytes:
    try:
        data = (words or "").encode() if file is None else Path(file).read_bytes()
        accept(data)  # the same is done by the service: this one tells it without sending
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except Refused as error:
        raise CommandError(f"The report is not taken in: {error}.") from None
    return data


def _sent(api: Api, market: Deployment, account: LocalAccount, data: bytes) -> bytes:
    """What is kept under which hash: a picture is drawn anew."""
    return bytes.fromhex(str(send_content(api, market, account, data)["hash"])[2:])
