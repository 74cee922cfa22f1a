"""A case of the plain Court: what is known of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import IntEnum

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from tests.model.panel import Panel


class CaseStatus(IntEnum):
    """As the contract's."""

    NONE = 0
    DEPOSITS = 1
    EVIDENCE = 2
    COMMIT = 3
    REVEAL = 4
    APPEAL = 5
    DECIDED = 6
    CLOSED = 7


class Side(IntEnum):
    NONE = 0
    PERFORMER = 1
    CHECKER = 2

    @property
    def other(self) -> Side:
        return Side.CHECKER if self is Side.PERFORMER else Side.PERFORMER


class Decision(IntEnum):
    NONE = 0
    JURY = 1
    MISSING_DEPOSIT = 2
    MISSING_APPEAL = 3
    NO_PANEL = 4


@dataclass
class Appeal:
    """Against the ruling of one round: what each put up, in wei, and for whom."""

    raised: dict[Side, int] = field(default_factory=lambda: defaultdict(int))
    appellant: Side = Side.NONE
    contributions: dict[tuple[Side, str], int] = field(default_factory=dict)
    left: tuple[int, int] | None = None  # of contributions that share, and of what they share


@dataclass
class Case:
    """`purse` is the coin (wei) that the case holds: what came in and is nobody's credit yet."""

    id: bytes
    trade_id: bytes
    tranche: int
    performer: str
    checker: str
    depositor: Side
    opened_at: int
    rules_version: int
    deadline: int
    status: CaseStatus = CaseStatus.DEPOSITS
    round: int = 0
    redrawn: int = 0  # one more than the round whose panel was drawn again
    ruled_rounds: int = 0
    decision: Decision = Decision.NONE
    performer_bps: int = 0
    purse: int = 0
    panels: dict[tuple[int, int], Panel] = field(default_factory=dict)
    appeals: dict[int, Appeal] = field(default_factory=dict)

    def attempt(self, round_: int) -> int:
        """Which panel of a round counts."""
        return 1 if self.redrawn == round_ + 1 else 0

    def panel_of(self, round_: int) -> Panel:
        return self.panels[round_, self.attempt(round_)]

    @property
    def panel(self) -> Panel:
        return self.panel_of(self.round)

    @property
    def appeal(self) -> Appeal:
        return self.appeals.setdefault(self.round, Appeal())

    def side_of(self, account: str) -> Side:
        sides = {self.performer: Side.PERFORMER, self.checker: Side.CHECKER}
        return sides.get(account, Side.NONE)

    def account_of(self, side: Side) -> str:
        return self.performer if side is Side.PERFORMER else self.checker

    def last_ruling(self) -> int:
        """By the last panel that ruled, whatever decided the case."""
        return self.panel_of(self.ruled_rounds - 1).performer_bps if self.ruled_rounds else 0


def case_id_of(trade_id: bytes, tranche: int) -> bytes:
    return bytes(keccak(encode(["bytes32", "uint256"], [trade_id, tranche])))
