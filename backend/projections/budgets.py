"""What sponsors have locked for fills. That a fill took its part is told by its opening."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import budgets
from backend.events import Event
from backend.events.escrow import BudgetLocked, BudgetUnlocked
from backend.projections.registry import origin, projects


@projects(BudgetLocked)
def budget_locked(event: BudgetLocked, rows: Rows) -> None:
    found = rows.get(budgets, offer_hash=event.offer_hash)
    before = found or {"locked": 0, "unlocked": 0, "amount": 0}
    rows.put(
        budgets,
        offer_hash=event.offer_hash,
        sponsor=event.sponsor,
        asset=event.offer.terms.asset,
        locked=before["locked"] + event.amount,
        unlocked=before["unlocked"],
        amount=before["amount"] + event.amount,
        **origin(event),
    )


@projects(BudgetUnlocked)
def budget_unlocked(event: BudgetUnlocked, rows: Rows) -> None:
    before = rows.need(budgets, offer_hash=event.offer_hash)
    rows.change(
        budgets,
        {"offer_hash": event.offer_hash},
        unlocked=before["unlocked"] + event.amount,
        amount=0,
        **origin(event),
    )


def draw(event: Event, rows: Rows, offer_hash: str, amount: int) -> None:
    """A fill that was opened; nothing is written where no budget pays for it."""
    if amount == 0:
        return
    left = rows.need(budgets, offer_hash=offer_hash)["amount"] - amount
    rows.change(budgets, {"offer_hash": offer_hash}, amount=left, **origin(event))
