"""Who asks for sealed messages: the token in `Authorization`, and whether it holds."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import Depends, Header

from backend.api import problem_types as types
from backend.api.asking import asked_node
from backend.api.context import Context, Here
from backend.api.errors import Problem
from backend.api.mailbox import CLOCKS_DIFFER
from backend.chain.wallets import accepts
from backend.messages.errors import BadMessage
from backend.messages.reading import ReadToken
from backend.messages.threads import Place

SCHEME = "Commonhold "
Authorization = Annotated[
    str | None,
    Header(
        max_length=9_000,
        description="`Commonhold account:issuedAt:expiresAt:signature`, an EIP-712 `ReadMessages`.",
    ),
]


def place_here(here: Context) -> Place:
    return Place(here.deployment.chain_id, here.escrow)


def check_place(here: Context, chain_id: int, escrow: str) -> None:
    """Problem: it was signed for another market."""
    if (chain_id, escrow) != (here.deployment.chain_id, here.escrow):
        raise Problem(
            types.MESSAGE_WRONG_DOMAIN,
            f"it is for {escrow} on chain {chain_id}",
            chainId=here.deployment.chain_id,
            escrow=here.escrow,
        )


def reader(here: Here, authorization: Authorization = None) -> str:
    """The account that asks. Problem: the token is missing, over, or not its."""
    given = authorization or ""
    if not given.startswith(SCHEME):
        raise Problem(types.TOKEN_REFUSED, "there is none")
    try:
        token = ReadToken.read(place_here(here), given.removeprefix(SCHEME).strip())
    except BadMessage as error:
        raise Problem(types.TOKEN_REFUSED, str(error)) from None
    now = int(time.time())
    if not token.issued_at - CLOCKS_DIFFER <= now < token.expires_at:
        raise Problem(
            types.TOKEN_REFUSED,
            f"it holds from {token.issued_at} to {token.expires_at}, and it is {now}",
            now=now,
        )
    signed = token.signed_by_key() or asked(here, token.account, token.digest(), token.signature)
    if not signed:
        raise Problem(types.TOKEN_REFUSED, f"{token.account} did not sign it for this market")
    return token.account


def asked(here: Context, account: str, digest: bytes, signature: bytes) -> bool:
    """Whether a wallet contract takes it. Problem: the node does not answer."""
    with asked_node(here) as node:
        return accepts(node, account, digest, signature)


Asking = Annotated[str, Depends(reader)]
