"""Appeals: what was put up for them, and what came back."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import appeals, contributions
from backend.events.court import AppealClaimed, AppealFunded
from backend.projections.registry import origin, projects


@projects(AppealFunded)
def appeal_funded(event: AppealFunded, rows: Rows) -> None:
    """The side that has all of its share first is the appellant; with both the appeal is made."""
    key = {"case_id": event.case_id, "round": event.round}
    raised = {"performer_raised": 0, "checker_raised": 0}
    found = rows.get(appeals, **key) or {**raised, "appellant": None, "made_at": None}
    raised = {name: found[name] for name in raised} | {f"{event.side}_raised": event.total}
    appellant, made_at = found["appellant"], found["made_at"]
    if event.total == event.needed:
        made_at = event.at.block_time if appellant else None
        appellant = appellant or event.side
    rows.put(
        appeals,
        **key,
        needed=event.needed,
        **raised,
        appellant=appellant,
        made_at=made_at,
        **origin(event),
    )
    mine = {**key, "side": event.side, "contributor": event.by}
    before = rows.get(contributions, **mine)
    rows.put(
        contributions,
        **mine,
        amount=event.amount + (before["amount"] if before else 0),
        claimed=None,
        claimed_at=None,
        **origin(event),
    )


@projects(AppealClaimed)
def appeal_claimed(event: AppealClaimed, rows: Rows) -> None:
    key = {
        "case_id": event.case_id,
        "round": event.round,
        "side": event.side,
        "contributor": event.contributor,
    }
    now = event.at.block_time
    rows.change(contributions, key, claimed=event.amount, claimed_at=now, **origin(event))
