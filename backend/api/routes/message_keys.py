"""Keys for sealed messages, and the proof of what was written with them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from backend.api import mailbox
from backend.api import problem_types as types
from backend.api.bodies import REFUSALS as BODY
from backend.api.bodies import only_json
from backend.api.context import At, Here, opened
from backend.api.errors import Problem
from backend.api.fields import AddressIn
from backend.api.openapi import ALWAYS, problems, reading
from backend.api.reader import asked, check_place, place_here
from backend.api.schemas.base import BlockOut
from backend.api.schemas.message import (
    DisclosureFile,
    KeyHistoryOut,
    KeysOut,
    ProvenOut,
    PublishedKeys,
    VerdictOut,
)
from backend.messages.disclosure import verify_text
from backend.messages.errors import BadDisclosure, BadKey
from backend.messages.keys import Publication
from backend.messages.octets import text_of
from backend.queries import messages

router = APIRouter(tags=["messages"])

NODE = (types.NODE_UNREACHABLE, types.NODE_OTHER_CHAIN)
PUBLISHING = (
    *BODY,
    *ALWAYS,
    *NODE,
    types.NOT_READY,
    types.DATABASE_BUSY,
    types.TOO_MANY_MESSAGES,
    types.MESSAGE_WRONG_DOMAIN,
    types.KEY_REFUSED,
    types.KEY_OUTDATED,
)


@router.put(
    "/messages/keys",
    status_code=201,
    responses=problems(*PUBLISHING),
    dependencies=[Depends(only_json)],
)
def put_keys(here: Here, posted: PublishedKeys, response: Response) -> KeysOut:
    """Publish keys for messages under the wallet's signature; they replace those in use. The same
    again does no harm (200). Everybody can see which keys an account ever had."""
    keys = posted.publication()
    check_place(here, posted.chain_id, posted.escrow)
    try:
        keys.check()
    except BadKey as error:
        raise Problem(types.KEY_REFUSED, str(error)) from None
    if not keys.signed_by_key() and not asked(here, keys.account, keys.id(), keys.signature):
        raise Problem(types.KEY_REFUSED, f"{keys.account} did not sign them for this market")
    with mailbox.kept():
        is_new = mailbox.keep_keys(here.engine, keys, here.limits)
    response.status_code = 201 if is_new else 200
    with opened(here) as at:
        rows = messages.keys_of(at.connection, keys.place, keys.account)
        key_id = text_of(keys.id())
        return next(KeysOut.of(row) for row in rows if row.key_id == key_id)


@router.get("/messages/keys/{account}", responses=reading())
def get_keys(
    here: Here, at: At, account: Annotated[AddressIn, Path(alias="account")]
) -> KeyHistoryOut:
    """The keys of an account, and all that it had before."""
    rows = messages.keys_of(at.connection, place_here(here), account)
    history = [KeysOut.of(row) for row in rows]
    return KeyHistoryOut(
        account=account,
        current=history[0] if history else None,
        history=history,
        as_of=BlockOut.of(at.block),
    )


@router.post(
    "/messages/disclosures/verify",
    responses=problems(*BODY, *ALWAYS, *NODE),
    dependencies=[Depends(only_json)],
)
def verify_disclosure(here: Here, disclosure: DisclosureFile) -> VerdictOut:
    """Whether chosen messages were written by whom the disclosure says. Nothing is kept or looked
    up; only for a key of a wallet contract of this chain the node is asked."""

    def contract(keys: Publication) -> bool:
        at_home = keys.place == place_here(here)
        return at_home and asked(here, keys.account, keys.id(), keys.signature)

    try:
        found = verify_text(disclosure.file, contract)
    except BadDisclosure as error:
        return VerdictOut(
            holds=False, reason=str(error), chain_id=None, escrow=None, thread=None, messages=[]
        )
    return VerdictOut(
        holds=True,
        reason=None,
        chain_id=found.place.chain_id,
        escrow=found.place.escrow,
        thread=str(found.thread),
        messages=[
            ProvenOut(
                sender=one.sender,
                sequence=one.sequence,
                sent_at=one.sent_at,
                content=one.content.model_dump(mode="json", by_alias=True),
                by_contract=one.by_contract,
            )
            for one in found.messages
        ],
    )
