"""Posts signed offers to the API, for others to take."""

from typing import Any

from backend.terms.typed_data import offer_message
from scripts.local.service import ApiError, Service
from scripts.story import Signed, Stage


def post_offer(stage: Stage, service: Service, signed: Signed) -> Any:
    """The API's answer. Raises ApiError if it refuses the offer."""
    message = offer_message(signed.offer)
    for tranche in message["terms"]["tranches"]:
        tranche["amount"] = str(tranche["amount"])
    listing = message["listing"]
    listing["contentHash"] = "0x" + listing["contentHash"].hex()
    listing["salt"] = str(listing["salt"])
    body = {
        "chainId": stage.deployment.chain_id,
        "escrow": stage.deployment.escrow.address,
        "offer": message,
        "signatures": [{"party": signed.maker.address, "signature": "0x" + signed.signature.hex()}],
        "text": signed.text,
    }
    answer = service.client.post("/api/v1/offers", json=body)
    if answer.status_code not in {200, 201}:
        raise ApiError(f"POST /offers answered {answer.status_code}: {answer.text[:500]}")
    return answer.json()
