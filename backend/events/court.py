"""What the Court tells. Coin is in wei, stakes are base units of the asset that jurors stake, times
unix seconds, shares for the performer basis points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeVar

from backend.events.event import Event, Readers
from backend.terms.court import (
    CLOSINGS,
    DECISIONS,
    PANEL_STATES,
    SIDES,
    STATUSES,
    CaseStatus,
    Closing,
    Decision,
    PanelState,
    Side,
)

Name = TypeVar("Name", bound=StrEnum)


def _of(names: tuple[Name, ...]) -> Callable[[int], Name]:
    return lambda number: names[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent(Event):
    """Something happened in a case."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(CaseEvent):
    READ: ClassVar[Readers] = {"depositor": _of(SIDES)}

    trade_id: str
    tranche: int
    performer: str
    checker: str
    rules_version: int
    depositor: Side
    deposit: int
    deadline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseJoined(CaseEvent):
    deposit: int
    evidence_until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodStarted(CaseEvent):
    READ: ClassVar[Readers] = {"status": _of(STATUSES)}

    status: CaseStatus
    round: int
    deadline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRequested(CaseEvent):
    round: int
    attempt: int
    request_id: int
    epoch: int
    jurors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatEvent(CaseEvent):
    """Something happened to a juror's seat."""

    juror: str
    round: int
    seat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorDrawn(SeatEvent):
    draw: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorStruck(SeatEvent):
    """`trade_id` is the trade of the juror with a side."""

    trade_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCommitted(SeatEvent):
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRevealed(SeatEvent):
    performer_bps: int
    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDenounced(SeatEvent):
    by: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFailed(CaseEvent):
    READ: ClassVar[Readers] = {"state": _of(PANEL_STATES)}

    round: int
    attempt: int
    state: PanelState
    reveals: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRuled(CaseEvent):
    round: int
    performer_bps: int
    reveals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFunded(CaseEvent):
    READ: ClassVar[Readers] = {"side": _of(SIDES)}

    round: int
    side: Side
    by: str
    amount: int
    total: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided(CaseEvent):
    READ: ClassVar[Readers] = {"decision": _of(DECISIONS)}

    performer_bps: int
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(CaseEvent):
    READ: ClassVar[Readers] = {"how": _of(CLOSINGS)}

    how: Closing


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSettled(CaseEvent):
    """`paid` and `slashed` have seat k as bit k; the shares are of each of these seats."""

    round: int
    attempt: int
    paid: int
    slashed: int
    fee_share: int
    stake_share: int
    slash: int
    fee_to_treasury: int
    stake_to_treasury: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealClaimed(CaseEvent):
    READ: ClassVar[Readers] = {"side": _of(SIDES)}

    round: int
    side: Side
    contributor: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSubmitted(CaseEvent):
    """`uri` may be any bytes."""

    party: str
    content_hash: str
    uri: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Event):
    """The same once more, in the form of ERC-1497."""

    arbitrator: str
    evidence_group_id: int
    party: str
    evidence: bytes

    @property
    def case_id(self) -> str:
        return f"0x{self.evidence_group_id:064x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited(Event):
    account: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    account: str
    to: str
    amount: int
