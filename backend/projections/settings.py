"""The numbers of the governor and the timelock that members can change."""

from __future__ import annotations

from backend.db.rows import Rows
from backend.db.tables import governance_settings
from backend.events import Event
from backend.events.governor import (
    GuardianDismissed,
    LateQuorumVoteExtensionSet,
    ProposalThresholdSet,
    TimelockChange,
    VotingDelaySet,
    VotingPeriodSet,
)
from backend.events.timelock import MinDelayChange
from backend.projections.registry import origin, projects

GOVERNOR, TIMELOCK = "MarketGovernor", "MarketTimelock"


@projects(VotingDelaySet)
def voting_delay_set(event: VotingDelaySet, rows: Rows) -> None:
    _set(event, rows, GOVERNOR, "votingDelay", event.old_voting_delay, event.new_voting_delay)


@projects(VotingPeriodSet)
def voting_period_set(event: VotingPeriodSet, rows: Rows) -> None:
    _set(event, rows, GOVERNOR, "votingPeriod", event.old_voting_period, event.new_voting_period)


@projects(ProposalThresholdSet)
def proposal_threshold_set(event: ProposalThresholdSet, rows: Rows) -> None:
    old, new = event.old_proposal_threshold, event.new_proposal_threshold
    _set(event, rows, GOVERNOR, "proposalThresholdPoints", old, new)


@projects(LateQuorumVoteExtensionSet)
def late_quorum_vote_extension_set(event: LateQuorumVoteExtensionSet, rows: Rows) -> None:
    old, new = event.old_vote_extension, event.new_vote_extension
    _set(event, rows, GOVERNOR, "lateQuorumVoteExtension", old, new)


@projects(GuardianDismissed)
def guardian_dismissed(event: GuardianDismissed, rows: Rows) -> None:
    _set(event, rows, GOVERNOR, "guardianDismissed", 0, 1)


@projects(TimelockChange)
def timelock_change(event: TimelockChange, rows: Rows) -> None:
    """Told once, at deployment: an address as a number."""
    old, new = int(event.old_timelock, 16), int(event.new_timelock, 16)
    _set(event, rows, GOVERNOR, "timelock", old, new)


@projects(MinDelayChange)
def min_delay_change(event: MinDelayChange, rows: Rows) -> None:
    _set(event, rows, TIMELOCK, "getMinDelay", event.old_duration, event.new_duration)


def _set(event: Event, rows: Rows, contract: str, name: str, old: int, new: int) -> None:
    rows.add(
        governance_settings,
        contract=contract,
        name=name,
        value=new,
        old_value=old,
        **origin(event),
    )
