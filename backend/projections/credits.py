"""What the Escrow owes. Fees become credits of the treasury with no event of their own."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import constants, credits
from backend.events import Event
from backend.events.escrow import Credited, Withdrawn
from backend.projections.registry import origin, projects


@projects(Credited)
def credited(event: Credited, rows: Rows) -> None:
    owe(event, rows, event.account, event.asset, event.amount)


@projects(Withdrawn)
def withdrawn(event: Withdrawn, rows: Rows) -> None:
    rows.put(
        credits,
        account=event.account,
        asset=event.asset,
        amount=0,
        settled=True,
        **origin(event),
    )


def owe_fee(event: Event, rows: Rows, asset: str, fee: int) -> None:
    """The fee of a tranche that was closed."""
    treasury = rows.need(constants, contract="Escrow", name="treasury")["value"]
    owe(event, rows, treasury, asset, fee)


def owe(event: Event, rows: Rows, account: str, asset: str, amount: int) -> None:
    """More credit; nothing is written for an amount of zero."""
    if amount == 0:
        return
    found = rows.get(credits, account=account, asset=asset)
    owed = amount + (found["amount"] if found else 0)
    rows.put(credits, account=account, asset=asset, amount=owed, settled=False, **origin(event))
