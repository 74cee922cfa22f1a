"""Where a case stands: twins of the enums in ``contracts/types/Court.sol``, in its order."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """The two sides of a disputed tranche."""

    NONE = "none"
    PERFORMER = "performer"
    CHECKER = "checker"

    @property
    def other(self) -> Side:
        return Side.CHECKER if self is Side.PERFORMER else Side.PERFORMER


class CaseStatus(StrEnum):
    """`DECIDED` is final and to be carried out at the Escrow."""

    NONE = "none"
    DEPOSITS = "deposits"
    EVIDENCE = "evidence"
    COMMIT = "commit"
    REVEAL = "reveal"
    APPEAL = "appeal"
    DECIDED = "decided"
    CLOSED = "closed"


class Decision(StrEnum):
    """What decided a case."""

    NONE = "none"
    JURY = "jury"
    MISSING_DEPOSIT = "missingDeposit"
    MISSING_APPEAL = "missingAppeal"
    NO_PANEL = "noPanel"


class Closing(StrEnum):
    """How a case was closed."""

    NONE = "none"
    RULED = "ruled"
    DECLINED = "declined"
    SETTLED = "settled"


class PanelState(StrEnum):
    NONE = "none"
    SITTING = "sitting"
    RULED = "ruled"
    SILENT = "silent"
    MISSING = "missing"
    DISMISSED = "dismissed"


class SeatState(StrEnum):
    """`REPLACED` is the service's own: struck in the evidence period, so that the seat was free
    again and another juror drawn for it."""

    EMPTY = "empty"
    SEATED = "seated"
    COMMITTED = "committed"
    REVEALED = "revealed"
    STRUCK = "struck"
    DENOUNCED = "denounced"
    REPLACED = "replaced"


SIDES = tuple(Side)
STATUSES = tuple(CaseStatus)
DECISIONS = tuple(Decision)
CLOSINGS = tuple(Closing)
PANEL_STATES = tuple(PanelState)
SEAT_STATES = tuple(SeatState)
