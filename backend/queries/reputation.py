"""Which escrows' trades earn reputation."""

from __future__ import annotations

from sqlalchemy import select

from backend.db.tables import events, listed_escrows
from backend.queries.snapshot import Snapshot


def listed_escrows_at(snapshot: Snapshot, time: int) -> frozenset[str]:
    """Those that were listed after this second (unix). Events are read only if some came later."""
    rows = snapshot.connection.execute(select(listed_escrows)).all()
    if all(row.block_time <= time for row in rows):
        return frozenset(row.escrow for row in rows if row.listed)
    earlier = (
        select(events.c.args)
        .where(events.c.name == "EscrowListed", events.c.block_time <= time)
        .order_by(events.c.block_number, events.c.log_index)
    )
    told = [row.args for row in snapshot.connection.execute(earlier)]
    last = {args["escrow"]: args["listed"] for args in told}
    return frozenset(escrow for escrow, listed in last.items() if listed)
