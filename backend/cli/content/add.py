"""`commonhold content add`: sends a file to the market's store."""

from __future__ import annotations

import time
from pathlib import Path

from backend.cli.api import Api, ApiUrl
from backend.cli.terminal import CommandError, DeploymentFile, explained, say
from backend.cli.wallet import As, KeyFile, find_account
from backend.content import Refused, accept
from backend.settings import Settings
from backend.terms.cid import content_hash
from backend.terms.upload import Upload

HOLDS = 600  # seconds


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
    upload = Upload(
        market.chain_id,
        market.address("Escrow"),
        content_hash(data),
        account.address,
        int(time.time()) + HOLDS,
    )
    signature = bytes(account.sign_message(upload.message()).signature)
    told = Api(api_url, settings).send(
        "/content",
        data,
        {
            "Commonhold-Uploader": upload.uploader,
            "Commonhold-Expires": str(upload.expires_at),
            "Commonhold-Signature": "0x" + signature.hex(),
        },
    )
    say(f"Kept as {told['cid']} ({told['kind']}, {told['size']} bytes).")
    say(f"Its hash on the chain: {told['hash']}")
