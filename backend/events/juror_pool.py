"""What the JurorPool tells. Amounts are base units of the asset that jurors stake, times unix
seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from backend.events.event import Event, Readers
from backend.terms.jurors import CALLER_STATUSES, CallerStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorEvent(Event):
    """Something happened to a juror's stake."""

    juror: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staked(JurorEvent):
    """`stake` is all of it now."""

    amount: int
    stake: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRequested(JurorEvent):
    """`amount` is asked back in all; zero: nothing any more."""

    amount: int
    available_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeWithdrawn(JurorEvent):
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawableSet(JurorEvent):
    drawable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightSet(JurorEvent):
    """From the end of `epoch` on."""

    position: int
    weight: int
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerEvent(JurorEvent):
    """A listed contract did something to a juror's stake."""

    by: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeLocked(CallerEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeUnlocked(CallerEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeSlashed(CallerEvent):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeAwarded(CallerEvent):
    """`juror` is whoever was given it: one without stake is credited, and `Credited` follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited(Event):
    account: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditWithdrawn(Event):
    account: str
    to: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerSet(Event):
    READ: ClassVar[Readers] = {"status": lambda number: CALLER_STATUSES[number]}

    caller: str
    status: CallerStatus
