"""Sealed messages between the parties of a trade or an offer, and the keys for them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from backend.api import mailbox
from backend.api import problem_types as types
from backend.api.bodies import REFUSALS as BODY
from backend.api.bodies import only_json
from backend.api.context import (
    USUAL_PAGE,
    At,
    Cursor,
    Here,
    PageSize,
    opened,
    turn,
)
from backend.api.errors import Problem, malformed
from backend.api.notifying import tell_readers
from backend.api.openapi import ALWAYS, listing, problems
from backend.api.reader import Asking, check_place, place_here
from backend.api.schemas.base import BlockOut, Page
from backend.api.schemas.message import (
    ConversationOut,
    KeysOut,
    MessageOut,
    PartyOut,
    PostedMessage,
    ReadUpTo,
    TakenInOut,
    ThreadOut,
    UnreadOut,
)
from backend.messages.envelope import FIRST, Envelope
from backend.messages.errors import BadMessage
from backend.messages.octets import text_of
from backend.messages.threads import Thread
from backend.queries import messages
from backend.queries.snapshot import Snapshot

router = APIRouter(tags=["messages"])

NODE = (types.NODE_UNREACHABLE, types.NODE_OTHER_CHAIN)
WRITING = (*BODY, *ALWAYS, types.NOT_READY, types.DATABASE_BUSY, types.TOO_MANY_MESSAGES)
TOKEN = (types.TOKEN_REFUSED, *NODE)
OF_THREAD = (types.UNKNOWN_THREAD, types.NOT_A_PARTY)


def read_thread(
    thread: Annotated[
        str,
        Path(
            max_length=120,
            description="`trade-0x...` with the id of a trade, or `offer-0x...-0x...` with the hash"
            " of an offer and who asks about it.",
        ),
    ],
) -> Thread:
    try:
        return Thread.read(thread)
    except BadMessage as error:
        raise malformed([(["path", "thread"], str(error))]) from None


InThread = Annotated[Thread, Depends(read_thread)]


@router.get("/messages/threads", responses=listing(*TOKEN))
def list_threads(
    asking: Asking, at: At, response: Response, limit: PageSize = USUAL_PAGE, cursor: Cursor = None
) -> Page[ThreadOut]:
    """The conversations of the account that asks, those with the newest message first, and how
    many messages of others it has not read."""
    _private(response)
    part = turn(at, "threads", ("int", "hash"), cursor, limit, account=asking)
    found = messages.list_threads(at, asking, part.after, limit)
    items = []
    for row in found.rows:
        standing = messages.standing(at.connection, row.thread_id, asking)
        items.append(
            ThreadOut(
                thread=row.name,
                thread_id=row.thread_id,
                last_sequence=row.last_sequence,
                last_posted_at=row.last_posted_at,
                read_up_to=standing.read_up_to,
                unread=standing.unread,
            )
        )
    return Page[ThreadOut](
        items=items, next_cursor=part.next_cursor(found.last), as_of=BlockOut.of(at.block)
    )


@router.get("/messages/threads/{thread}", responses=listing(*TOKEN, *OF_THREAD))
def get_thread(
    asking: Asking,
    thread: InThread,
    at: At,
    response: Response,
    after: Annotated[
        int, Query(ge=0, lt=2**31, description="Only messages with a higher number.")
    ] = 0,
    limit: PageSize = USUAL_PAGE,
    cursor: Cursor = None,
) -> ConversationOut:
    """The sealed messages of a conversation, in their order, and the keys to answer with. Only its
    parties are told."""
    _private(response)
    parties = _parties(at, thread, asking)
    place = messages.place_of(at)
    thread_id = text_of(thread.id(place))
    part = turn(at, "messages", ("int",), cursor, limit, thread=thread_id, after=after)
    found = messages.list_messages(at.connection, thread_id, after, part.after, limit)
    standing = messages.standing(at.connection, thread_id, asking)
    keys = {party: messages.keys_of(at.connection, place, party) for party in parties}
    return ConversationOut(
        thread=str(thread),
        thread_id=thread_id,
        parties=[
            PartyOut(account=party, keys=KeysOut.of(rows[0]) if rows else None)
            for party, rows in keys.items()
        ],
        last_sequence=standing.last_sequence,
        previous=standing.last_hash or text_of(FIRST),
        read_up_to=standing.read_up_to,
        unread=standing.unread,
        items=[MessageOut.of(row) for row in found.rows],
        next_cursor=part.next_cursor(found.last),
        as_of=BlockOut.of(at.block),
    )


@router.post(
    "/messages/threads/{thread}",
    status_code=201,
    responses=problems(
        *WRITING,
        *OF_THREAD,
        types.MESSAGE_WRONG_DOMAIN,
        types.NO_KEY,
        types.OLD_KEY,
        types.BAD_MESSAGE,
        types.MESSAGE_KNOWN,
        types.OUT_OF_ORDER,
        types.WRONG_TIME,
    ),
    dependencies=[Depends(only_json)],
)
def post_message(here: Here, thread: InThread, posted: PostedMessage) -> TakenInOut:
    """Send a sealed message. Who sends it is told by its signature: no token is needed. It must be
    sealed to every party that has keys, and follow on the last message."""
    check_place(here, posted.chain_id, posted.escrow)
    try:
        envelope = posted.envelope(thread)
    except BadMessage as error:
        raise Problem(types.BAD_MESSAGE, str(error)) from None
    with opened(here) as at:
        parties = _parties(at, thread, posted.sender)
        unreachable = _check_keys(at, envelope, parties)
    with mailbox.kept():
        posted_at = mailbox.keep_message(here.engine, thread, envelope, parties, here.limits)
    tell_readers(here, thread, posted.sender, parties)
    return TakenInOut(
        thread=str(thread),
        hash=text_of(envelope.header.hash()),
        sequence=envelope.header.sequence,
        posted_at=posted_at,
        unreachable=unreachable,
    )


@router.post(
    "/messages/threads/{thread}/read",
    responses=problems(*WRITING, *OF_THREAD, *TOKEN),
    dependencies=[Depends(only_json)],
)
def mark_read(here: Here, asking: Asking, thread: InThread, read: ReadUpTo) -> UnreadOut:
    """Say up to which message the asking account has read: never back, never beyond the last."""
    thread_id = text_of(thread.id(place_here(here)))
    with opened(here) as at:
        _parties(at, thread, asking)
    with mailbox.kept():
        mailbox.mark_read(here.engine, thread_id, asking, read.sequence)
    with opened(here) as at:
        standing = messages.standing(at.connection, thread_id, asking)
    return UnreadOut(thread=str(thread), read_up_to=standing.read_up_to, unread=standing.unread)


def _parties(at: Snapshot, thread: Thread, account: str) -> list[str]:
    """Problem: there is no such conversation, or this account has no part in it."""
    found = messages.parties_of(at, thread)
    if found is None:
        raise Problem(types.UNKNOWN_THREAD, f"there is nothing to talk about in {thread}")
    if account not in found:
        raise Problem(types.NOT_A_PARTY, f"{account} is none", parties=found)
    return found


def _check_keys(at: Snapshot, envelope: Envelope, parties: list[str]) -> list[str]:
    """The parties that have no keys. Problem: it is not sealed to the others, or not signed."""
    sender = envelope.header.sender
    keys = messages.keys_in_use(at.connection, messages.place_of(at), parties)
    unreachable = [party for party in parties if party not in keys]
    if sender not in keys or len(keys) < 2:
        raise Problem(types.NO_KEY, "there is nobody to seal it to", accounts=unreachable)
    wanted = {party: text_of(found.id()) for party, found in keys.items()}
    used = {one.account: text_of(one.key_id) for one in envelope.readers}
    if used != wanted or text_of(envelope.header.key_id) != wanted[sender]:
        raise Problem(types.OLD_KEY, "parties have other keys now", readers=wanted)
    try:
        envelope.check(keys[sender])
    except BadMessage as error:
        raise Problem(types.BAD_MESSAGE, str(error)) from None
    return unreachable


def _private(response: Response) -> None:
    """What one account is told is not kept for another."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization"
