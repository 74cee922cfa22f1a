"""What the MarketGovernor tells. Times are unix seconds, votes units, thresholds points."""

from __future__ import annotations

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCreated(Event):
    """`description` as it was told, in UTF-8 or not; `calldatas` are 0x hex."""

    proposal_id: int
    proposer: str
    targets: tuple[str, ...]
    values: tuple[int, ...]
    signatures: tuple[bytes, ...]
    calldatas: tuple[str, ...]
    vote_start: int
    vote_end: int
    description: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalQueued(Event):
    proposal_id: int
    eta_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalExecuted(Event):
    proposal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCanceled(Event):
    proposal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalExtended(Event):
    proposal_id: int
    extended_deadline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast(Event):
    """`support`: 0 against, 1 for, 2 abstain."""

    voter: str
    proposal_id: int
    support: int
    weight: int
    reason: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCastWithParams(Event):
    """`support` 255: `params` has the parts against, for and abstain, 128 bits each."""

    voter: str
    proposal_id: int
    support: int
    weight: int
    reason: bytes
    params: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingDelaySet(Event):
    old_voting_delay: int
    new_voting_delay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingPeriodSet(Event):
    old_voting_period: int
    new_voting_period: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalThresholdSet(Event):
    old_proposal_threshold: int
    new_proposal_threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateQuorumVoteExtensionSet(Event):
    old_vote_extension: int
    new_vote_extension: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelockChange(Event):
    old_timelock: str
    new_timelock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianDismissed(Event):
    guardian: str
