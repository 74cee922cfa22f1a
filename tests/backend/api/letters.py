"""Sealed messages as clients send them to the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import httpx

from backend.api.schemas.message import PostedMessage, PublishedKeys
from backend.messages.envelope import Envelope
from backend.messages.keys import Publication
from backend.messages.octets import text_of
from backend.messages.reading import ReadToken
from backend.messages.threads import Place, Thread
from tests.backend.messages.making import HERE, Writer, now, write, writer

V1 = "/api/v1/messages"
LONG_AGO = 1_700_000_000
SELLER, BUYER, THIRD, STRANGER = (writer(number, at=LONG_AGO) for number in (1, 2, 3, 4))
BOTH = (SELLER, BUYER)


def keys_body(published: Publication) -> dict[str, Any]:
    return PublishedKeys(
        chain_id=published.place.chain_id,
        escrow=published.place.escrow,
        account=published.account,
        sealing_key=text_of(published.sealing_key),
        signing_key=text_of(published.signing_key),
        created_at=published.created_at,
        signature=text_of(published.signature),
    ).model_dump(by_alias=True)


def put_keys(client: httpx.Client, published: Publication) -> httpx.Response:
    return client.put(f"{V1}/keys", json=keys_body(published))


def body_of(envelope: Envelope) -> dict[str, Any]:
    return PostedMessage.of(envelope).model_dump(by_alias=True)


def post(client: httpx.Client, thread: Thread, envelope: Envelope) -> httpx.Response:
    return client.post(f"{V1}/threads/{thread}", json=body_of(envelope))


def token(who: Writer, place: Place = HERE, starts: int = -10, lasts: int = 600) -> dict[str, str]:
    """The header to read with."""
    issued = now() + starts
    plain = ReadToken(place, who.account, issued, issued + lasts)
    signature = bytes(who.wallet.sign_message(plain.message()).signature)
    return {"Authorization": f"Commonhold {replace(plain, signature=signature)}"}


def get(client: httpx.Client, who: Writer, thread: Thread, **params: Any) -> httpx.Response:
    return client.get(f"{V1}/threads/{thread}", params=params, headers=token(who))


def talk(
    client: httpx.Client, thread: Thread, among: Sequence[Writer], turns: str
) -> list[Envelope]:
    """Messages one after another, to all of them; `turns` says whose each one is, as in `0110`."""
    sent: list[Envelope] = []
    for turn in turns:
        sender = among[int(turn)]
        others = [one for one in among if one != sender]
        made = write(sender, *others, thread=thread, after=sent[-1] if sent else None)
        answer = post(client, thread, made)
        assert answer.status_code == 201, answer.text
        sent.append(made)
    return sent
