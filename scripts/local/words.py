"""Brings the words of a story, whose hashes are on the chain, to the store of content."""

import time
from collections.abc import Collection

from backend.terms.cid import content_hash
from backend.terms.upload import Upload
from scripts.local.service import ApiError, Service
from scripts.story import Stage

HOLDS = 600  # seconds


def bring_words(stage: Stage, service: Service, lost: Collection[str] = ()) -> None:
    """Everybody sends what it said, all but what is `lost`. Raises ApiError."""
    for text, who in stage.words.items():
        if text in lost:
            continue
        upload = Upload(
            stage.deployment.chain_id,
            str(stage.deployment.escrow.address),
            content_hash(text),
            who.address,
            int(time.time()) + HOLDS,
        )
        signature = bytes(who.account.sign_message(upload.message()).signature)
        headers = {
            "Content-Type": "application/octet-stream",
            "Commonhold-Uploader": who.address,
            "Commonhold-Expires": str(upload.expires_at),
            "Commonhold-Signature": "0x" + signature.hex(),
        }
        answer = service.client.post("/api/v1/content", content=text.encode(), headers=headers)
        if answer.status_code not in {200, 201}:
            raise ApiError(f"POST /content answered {answer.status_code}: {answer.text[:500]}")
