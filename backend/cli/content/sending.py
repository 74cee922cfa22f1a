"""Content goes to the market's store, signed by who sends it."""

from __future__ import annotations

import time
from typing import Any

from eth_account.signers.local import LocalAccount

from backend.cli.api import Api
from backend.settings import Deployment
from backend.terms.cid import content_hash
from backend.terms.upload import Upload

HOLDS = 600  # seconds


def send_content(
    api: Api, market: Deployment, account: LocalAccount, data: bytes
) -> dict[str, Any]:
    """What the service told of it. Raises CommandError."""
    upload = Upload(
        market.chain_id,
        market.address("Escrow"),
        content_hash(data),
        account.address,
        int(time.time()) + HOLDS,
    )
    signature = bytes(account.sign_message(upload.message()).signature)
    return api.send(
        "/content",
        data,
        {
            "Commonhold-Uploader": upload.uploader,
            "Commonhold-Expires": str(upload.expires_at),
            "Commonhold-Signature": "0x" + signature.hex(),
        },
    )
