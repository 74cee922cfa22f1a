"""`commonhold content check`: what of the chain's content is there."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import delete

from backend.cli.bar import bar
from backend.cli.terminal import CommandError, Database, explained, fail, say
from backend.content import Altered, Store, StoreError, open_store
from backend.db import open_engine, writing
from backend.db.tables import contents
from backend.queries.contents import spoken_of
from backend.queries.snapshot import NothingIndexed, snapshot
from backend.settings import Settings
from backend.terms.cid import cid_of


@explained
def check(database: Database = None) -> None:
    """Look for all content that trades, offers and evidence speak of: kept, missing or altered.

    What is altered or gone is shown as missing from then on. Ends with 1 if something is altered.
    """
    settings = Settings.read(database=database)
    engine = open_engine(settings.database)
    try:
        with snapshot(engine) as at:
            hashes = spoken_of(at.connection)
    except NothingIndexed:
        raise CommandError("Nothing is indexed yet: run `commonhold index`.") from None
    found: Counter[str] = Counter()
    with bar("content") as shown:
        try:
            store = open_store(settings.content_place)
            for number, content_hash in enumerate(hashes):
                shown.tell(number, len(hashes))
                state = _state(store, bytes.fromhex(content_hash[2:]))
                found[state] += 1
                if state != "kept":
                    say(f"{state}: {cid_of(bytes.fromhex(content_hash[2:]))}")
                    with writing(engine) as connection:
                        mine = contents.c.content_hash == content_hash
                        connection.execute(delete(contents).where(mine))
        except StoreError as error:
            raise CommandError(f"{error}.") from None
        shown.tell(len(hashes), len(hashes))
    states = ("kept", "missing", "altered")
    told = ", ".join(f"{found[state]} {state}" for state in states)
    if found["altered"]:
        fail(f"{told}. Who has what was altered can send it again: `commonhold content add`.")
    say(f"{told}.")


def _state(store: Store, digest: bytes) -> str:
    try:
        return "missing" if store.get(digest) is None else "kept"
    except Altered:
        return "altered"
