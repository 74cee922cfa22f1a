"""What the Court owes."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import court_credits
from backend.events.court import Credited, Withdrawn
from backend.projections.registry import origin, projects


@projects(Credited)
def court_credited(event: Credited, rows: Rows) -> None:
    found = rows.get(court_credits, account=event.account)
    owed = event.amount + (found["amount"] if found else 0)
    rows.put(court_credits, account=event.account, amount=owed, settled=False, **origin(event))


@projects(Withdrawn)
def court_withdrawn(event: Withdrawn, rows: Rows) -> None:
    rows.put(court_credits, account=event.account, amount=0, settled=True, **origin(event))
