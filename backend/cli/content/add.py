"""`commonhold content add`: sends a file to the market's store."""

from __future__ import annotations

from pathlib import Path

from backend.cli.api import Api, ApiUrl
from backend.cli.content.sending import send_content
from backend.cli.terminal import CommandError, DeploymentFile, explained, say
from backend.cli.wallet import As, KeyFile, find_account
from backend.content import Refused, accept
from backend.settings import Settings


@explained
def add(
    file: str,
    key_file: KeyFile = None,
    as_: As = None,
    api_url: ApiUrl = None,
    deployment: DeploymentFile = None,
) -> None:
    """Keep words or a picture, and tell the hash for the chain. A picture is drawn anew."""
    settings = Settings.read(deployment=deployment)
    market = settings.read_deployment()
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    try:
        accept(data)  # the same is done by the service: this one tells it without sending
    except Refused as error:
        raise CommandError(f"{file} is not taken in: {error}.") from None
    account = find_account(key_file, as_, market.chain_id)
    told = send_content(Api(api_url, settings), market, account, data)
    say(f"Kept as {told['cid']} ({told['kind']}, {told['size']} bytes).")
    say(f"Its hash on the chain: {told['hash']}")
