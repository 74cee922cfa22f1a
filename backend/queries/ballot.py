"""The state of a proposal, worked out from what is known of it and the chain's clock.

Twin of `MarketGovernor.state`. Votes are in units, times in unix seconds of the chain.
"""

from __future__ import annotations

from dataclasses import dataclass

BPS = 10_000

# In the order of `IGovernor.ProposalState`.
STATES = (
    "pending",
    "active",
    "canceled",
    "defeated",
    "succeeded",
    "queued",
    "expired",
    "executed",
)


@dataclass(frozen=True, slots=True)
class Ballot:
    """`quorum` is what for and abstain must reach together, None before the snapshot;
    `approval_bps` the share of for and against that for must exceed."""

    snapshot: int
    deadline: int
    eta: int | None
    grace: int
    votes_for: int
    votes_against: int
    votes_abstain: int
    quorum: int | None
    approval_bps: int
    executed: bool
    canceled: bool

    def reached_quorum(self) -> bool:
        return self.quorum is not None and self.quorum <= self.votes_for + self.votes_abstain

    def succeeded(self) -> bool:
        return self.votes_for * BPS > (self.votes_for + self.votes_against) * self.approval_bps

    @property
    def expiry_base(self) -> int:
        """The time from which a proposal that succeeded may wait for `grace` seconds."""
        return self.deadline if self.eta is None else self.eta

    def state(self, now: int) -> str:
        """As the contract would say in a block of this time."""
        if self.executed or self.canceled:
            return "executed" if self.executed else "canceled"
        if now <= self.snapshot:
            return "pending"
        if now <= self.deadline:
            return "active"
        if not (self.reached_quorum() and self.succeeded()):
            return "defeated"
        if now > self.expiry_base + self.grace:
            return "expired"
        return "succeeded" if self.eta is None else "queued"
