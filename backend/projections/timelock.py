"""The timelock's operations, and who holds which role."""

from __future__ import annotations

from typing import Any

from backend.db.rows import Rows
from backend.db.tables import roles, timelock_calls
from backend.events.timelock import (
    CallExecuted,
    CallSalt,
    CallScheduled,
    Cancelled,
    RoleAdminChanged,
    RoleGranted,
    RoleRevoked,
)
from backend.projections.registry import origin, projects


@projects(CallScheduled)
def call_scheduled(event: CallScheduled, rows: Rows) -> None:
    """One that was cancelled may be scheduled again."""
    rows.put(
        timelock_calls,
        operation_id=event.id,
        call_index=event.index,
        target=event.target,
        value=event.value,
        data=event.data,
        predecessor=event.predecessor,
        salt=None,
        delay=event.delay,
        ready_at=event.at.block_time + event.delay,
        executed_at=None,
        cancelled_at=None,
        **origin(event),
    )


@projects(CallSalt)
def call_salt(event: CallSalt, rows: Rows) -> None:
    _change_all(rows, event.id, salt=event.salt)


@projects(CallExecuted)
def call_executed(event: CallExecuted, rows: Rows) -> None:
    key = {"operation_id": event.id, "call_index": event.index}
    rows.change(timelock_calls, key, executed_at=event.at.block_time)


@projects(Cancelled)
def cancelled(event: Cancelled, rows: Rows) -> None:
    _change_all(rows, event.id, cancelled_at=event.at.block_time)


@projects(RoleGranted)
def role_granted(event: RoleGranted, rows: Rows) -> None:
    _hold(event, rows, True)


@projects(RoleRevoked)
def role_revoked(event: RoleRevoked, rows: Rows) -> None:
    _hold(event, rows, False)


@projects(RoleAdminChanged)
def role_admin_changed(_event: RoleAdminChanged, _rows: Rows) -> None:
    """Told in `events` only: no contract of this market changes the admin of a role."""


def _hold(event: RoleGranted | RoleRevoked, rows: Rows, held: bool) -> None:
    rows.put(
        roles,
        contract=event.at.address,
        role=event.role,
        account=event.account,
        held=held,
        **origin(event),
    )


def _change_all(rows: Rows, operation_id: str, **values: Any) -> None:
    """Every call of an operation."""
    for call in rows.where(timelock_calls, operation_id=operation_id):
        key = {"operation_id": operation_id, "call_index": call["call_index"]}
        rows.change(timelock_calls, key, **values)
