"""What the MarketTimelock tells. Durations are seconds."""

from __future__ import annotations

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CallScheduled(Event):
    id: str
    index: int
    target: str
    value: int
    data: str
    predecessor: str
    delay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallExecuted(Event):
    id: str
    index: int
    target: str
    value: int
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSalt(Event):
    id: str
    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(Event):
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinDelayChange(Event):
    old_duration: int
    new_duration: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Event):
    role: str
    account: str
    sender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRevoked(Event):
    role: str
    account: str
    sender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAdminChanged(Event):
    role: str
    previous_admin_role: str
    new_admin_role: str
