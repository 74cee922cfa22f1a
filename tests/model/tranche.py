"""A tranche in plain Python: where it stands, what it pays, and what follows from silence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from backend.terms.offer import Tranche
from backend.terms.payout import Payout
from backend.terms.silence import after_silence as twin
from backend.terms.silence import payout_of
from backend.terms.status import TrancheStatus
from tests.model.rulebook import DisputeRules

COARSE = 16_384  # seconds: the grain of the time of a split, ruling or default
LONGEST = 2**28 - 1  # seconds since the start, beyond which time stands still


class Status(IntEnum):
    """As the contract numbers them."""

    NONE = 0
    OPEN = 1
    PERFORMED = 2
    DISPUTED = 3
    ACCEPTED = 4
    REFUNDED = 5
    LAPSED = 6
    MISSED = 7
    SPLIT = 8
    RULED = 9
    DEFAULTED = 10

    @property
    def is_final(self) -> bool:
        return self >= Status.ACCEPTED

    @property
    def is_partial(self) -> bool:
        """Whether the performer's share is one of its own, not all or nothing."""
        return self >= Status.SPLIT


@dataclass(frozen=True, slots=True)
class Default:
    """Once `due_at` (unix seconds) has passed, anyone may close the tranche so."""

    outcome: Status
    due_at: int
    performer_bps: int


@dataclass(frozen=True, slots=True)
class State:
    """Where a tranche stands, since when (unix seconds), and the performer's share if final."""

    status: Status
    since: int
    performer_bps: int = 0


def payouts(tranche: Tranche, performer_bps: int, fee_bps: int) -> Payout:
    """What the service reckons with, held against the contract."""
    return payout_of(tranche, performer_bps, fee_bps)


def entered(status: Status, start: int, now: int, performer_bps: int = 0) -> State:
    """The state of a tranche that enters this status now, as precisely as it is stored."""
    elapsed = min(max(now - start, 0), LONGEST)
    if status.is_partial:
        elapsed -= elapsed % COARSE
    share = performer_bps if status.is_final else 0
    return State(status, start + elapsed, share)


def after_silence(
    state: State, tranche: Tranche, start: int, rules: DisputeRules
) -> Default | None:
    """What follows if nobody acts; None for a final tranche. `rules` are the pinned ones. The
    service's own function, held against the contract."""
    found = twin(
        tuple(TrancheStatus)[state.status],
        state.since,
        tranche,
        start,
        rules.ruling_period,
        rules.default_performer_bps,
    )
    return found and Default(Status(found.outcome.number), found.due_at, found.performer_bps)
